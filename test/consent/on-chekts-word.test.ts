import { expect } from '@open-wc/testing';
import type { Binding } from '../../src/index.js';
import {
  ACCOUNT,
  answers,
  connects,
  dana,
  failure,
  mira,
  modes,
  page,
  part,
  putsOf,
  read,
  signIn,
  Source,
} from './support.js';

const binding: Binding = {
  dealerId: 12345,
  externalDealerId: ACCOUNT,
  companyName: 'Acme Security Systems, Inc.',
};
const connected = (...puts: Parameters<typeof page>[2]) =>
  page('browser', new Source(signIn('browser', dana)), puts, { binding });

describe('disconnected', () => {
  for (const code of ['dealer_not_connected', 'connection_not_found', 'binding_not_found'])
    it(`is shown after a 404 ${code}`, async () => {
      const { element, ends } = await connected(answers(404, code));
      await element.disconnect();
      expect(ends()).to.deep.equal(['chekt-disconnected']);
      expect(element.binding).to.equal(null);
    });

  for (const code of [
    'route_not_found',
    'not_found',
    'dealer_not_found',
    'device_not_found',
    'DEALER_NOT_CONNECTED',
    'x.dealer_not_connected',
  ])
    it(`is not shown after a 404 ${code}`, async () => {
      const { element, ends } = await connected(answers(404, code));
      const error = await failure(element.disconnect());
      expect([error.code, error.apiCode, error.status]).to.deep.equal(['not-found', code, 404]);
      expect(ends()).to.deep.equal(['chekt-error']);
      expect(element.state).to.equal('connected');
      expect(element.binding).to.deep.equal(binding);
      expect(await read(element)).not.to.contain('is disconnected');
    });

  it('is not shown after a flat 404 with such a code', async () => {
    const { element } = await connected({
      method: 'PUT',
      status: 404,
      json: { error: 'dealer_not_connected' },
    });
    expect((await failure(element.disconnect())).code).to.equal('not-found');
    expect(element.state).to.equal('connected');
  });

  it('is requested for the displayed account, whatever characters its id has', async () => {
    const odd = 'a&b=c/#é 1';
    const { element, wire } = await page('browser', new Source(null), [{ method: 'PUT', status: 204 }], {
      externalDealerId: odd,
      binding: { ...binding, externalDealerId: odd },
    });
    await element.disconnect();
    const url = new URL((await putsOf(wire))[0]!.path, location.origin);
    expect(url.pathname).to.equal('/partner/v1/dealers/12345/disconnect');
    expect([...url.searchParams]).to.deep.equal([['external_dealer_id', odd]]);
  });
});

describe('403 other_account', () => {
  for (const [shape, json] of [
    ['in an envelope', { error: { code: 'other_account', message: 'For developers.' } }],
    ['flat', { error: 'other_account' }],
  ] as const) {
    it(`leaves a disconnect connected and says why, ${shape}`, async () => {
      const { element } = await connected({ method: 'PUT', status: 403, json });
      const error = await failure(element.disconnect());
      expect([error.code, error.apiCode, error.outcome]).to.deep.equal([
        'forbidden',
        'other_account',
        'not-applied',
      ]);
      expect(element.state).to.equal('connected');
      expect(await read(element)).to.contain("You're signed in to Northwind Cloud with another account");
    });

    it(`stops a connect, says why and offers to ask again, ${shape}`, async () => {
      const source = new Source(signIn('service', dana));
      const { element } = await page('service', source, [{ method: 'PUT', status: 403, json }]);
      const error = await failure(element.connect('Acme'));
      expect([error.code, error.apiCode, error.outcome]).to.deep.equal([
        'forbidden',
        'other_account',
        'not-applied',
      ]);
      expect(element.state).to.equal('unavailable');
      expect(await read(element)).to.contain("You're signed in to Northwind Cloud with another account");
      const asked = source.asks.length;
      part(element, 'retry-button')!.click();
      await read(element);
      expect(source.asks.length).to.equal(asked + 1);
      expect(element.state).to.equal('authorized');
    });
  }
});

describe('connected', () => {
  for (const mode of modes) {
    it(`is not shown if the answer has another account than the request, in ${mode} mode`, async () => {
      const put = connects();
      const other = { ...put, json: { ...(put.json as object), external_dealer_id: 'adc-11111' } };
      const { element, ends } = await page(mode, new Source(signIn(mode, dana)), [other]);
      const error = await failure(element.connect('Acme'));
      expect([error.code, error.outcome]).to.deep.equal(['invalid-response', 'unknown']);
      expect(ends()).to.deep.equal(['chekt-error']);
      expect(element.binding).to.equal(undefined);
    });

    it(`is shown with a remark, not an error, if it is another dealer than the sign-in’s, in ${mode} mode`, async () => {
      const { element, ends } = await page(mode, new Source(signIn(mode, dana)), [connects(mira)]);
      await element.connect('Acme');
      expect(ends()).to.deep.equal(['chekt-connected']);
      expect(element.error).to.equal(null);
      expect(await read(element)).to.contain('You signed in for CHeKT dealer 12345, but 23456 is connected.');
      expect(part(element, 'disconnect-button')).not.to.equal(null);
    });
  }

  it('is shown without a remark if it is the sign-in’s dealer, or the sign-in names none', async () => {
    for (const person of [dana, { ...dana, dealer_id: undefined }, { ...dana, dealer_id: '12345' }]) {
      const { element } = await page('browser', new Source(signIn('browser', person)), [connects()]);
      await element.connect('Acme');
      expect(await read(element)).not.to.contain('You signed in for CHeKT dealer');
    }
  });
});
