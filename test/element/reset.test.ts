import { expect } from '@open-wc/testing';
import { runFast } from '../support/clock.js';
import { binding, failure, hearConsole, part, settled, success, type, untilState } from './acting.js';
import { page, textOf } from './fixture.js';

describe('reset()', () => {
  runFast(4);
  const told = hearConsole();

  it('drops the error and the authorization, asks again, and keeps the typed name', async () => {
    const { element } = await page([{ status: 403 }]);
    await type(element, 'Acme ');
    await failure(element.connect());
    element.reset();
    expect(element.state).to.equal('authorizing');
    expect(element.error).to.equal(null);
    expect(element.authorization).to.equal(null);
    await untilState(element, 'authorized');
    await element.updateComplete;
    expect(part<HTMLInputElement>(element, 'form-control-input')!.value).to.equal('Acme ');
  });

  for (const signedIn of [true, false])
    it(`keeps the text about a disconnect, with ${signedIn ? 'another' : 'no'} sign-in after it`, async () => {
      let asks = 0;
      const { element, wire } = await page([success], {
        getAccessToken: async () => (++asks === 1 || signedIn ? 'secret-token-1' : null),
      });
      await element.connect('Acme');
      await wire.script([{ status: 204 }]);
      await element.disconnect();
      await element.updateComplete;
      expect(textOf(element)).to.contain('is disconnected from');
      element.reset();
      await untilState(element, signedIn ? 'authorized' : 'unauthorized');
      await element.updateComplete;
      expect(textOf(element)).to.contain('is disconnected from');
      expect(part(element, 'status')!.textContent).to.contain('is disconnected from');
    });

  it('keeps the binding and the remark about its name', async () => {
    const { element } = await page([success]);
    await element.connect('Another name');
    element.reset();
    await element.updateComplete;
    expect(element.state).to.equal('connected');
    expect(textOf(element)).to.contain('Another name');
  });

  it('asks with the reason `initial`, and no longer uses the dropped token', async () => {
    const reasons: string[] = [];
    const { element, wire } = await page([success], {
      getAccessToken: async ({ reason }) => `secret-token-${reasons.push(reason)}`,
    });
    element.reset();
    await untilState(element, 'authorized');
    await element.connect('Acme');
    expect(reasons).to.deep.equal(['initial', 'initial']);
    expect((await wire.requests())[0]!.headers['authorization']).to.equal('Bearer secret-token-2');
  });

  it('is ignored while an operation runs, even while the host holds it', async () => {
    const { element, wire } = await page([{ ...success, hold: true }]);
    const held = Promise.withResolvers<void>();
    element.addEventListener('chekt-before-connect', (event) => {
      event.waitUntil(held.promise);
      element.reset();
    });
    const running = element.connect('Acme');
    element.reset();
    expect(element.state).to.equal('connecting');
    held.resolve();
    await wire.waitForRequests(1);
    element.reset();
    expect(element.state).to.equal('connecting');
    await wire.release();
    expect((await running).dealerId).to.equal(12345);
  });

  it('keeps a binding, and then requests no token', async () => {
    let asks = 0;
    const { element } = await page([{ status: 403 }], {
      binding,
      getAccessToken: async () => `secret-token-${(asks += 1)}`,
    });
    await failure(element.disconnect());
    element.reset();
    await settled(element);
    expect(element.state).to.equal('connected');
    expect(element.error).to.equal(null);
    expect(asks).to.equal(0);
  });

  it('does not hide a remaining configuration error', async () => {
    const { element, names } = await page([success], { authorizeUrl: 'ftp://x' });
    element.reset();
    await settled(element);
    expect(element.state).to.equal('unconfigured');
    expect(element.error?.code).to.equal('configuration');
    expect(told).to.have.length(2);
    expect(names().filter((name) => name === 'chekt-error')).to.have.length(2);
  });
});
