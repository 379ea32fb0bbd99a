import { expect } from '@open-wc/testing';
import type { Binding, ChektConnectElement } from '../../src/index.js';
import { createWire } from '../wire/wire.js';
import { binding, failure, hearConsole, part, settled, success, untilState } from './acting.js';
import { embed, textOf } from './fixture.js';

/** An element, and the reasons for which it has asked for a token. */
async function bound(properties: Partial<ChektConnectElement> = {}) {
  const asks: string[] = [];
  const page = embed({
    getAccessToken: async ({ reason }) => {
      asks.push(reason);
      return 'secret-token-1';
    },
    ...properties,
  });
  await page.element.ready;
  await page.element.updateComplete;
  return { ...page, asks };
}

describe('binding', () => {
  const told = hearConsole();

  it('shows the connection when it is an object, and no token is requested', async () => {
    const { element, asks, names, events } = await bound({ binding });
    expect(element.state).to.equal('connected');
    expect(element.binding).to.equal(binding);
    expect(names()).to.deep.equal(['chekt-state-change', 'chekt-ready']);
    expect(events[0]!.detail).to.deep.equal({ state: 'connected', previousState: 'unconfigured' });
    expect(textOf(element)).to.contain(
      'Acme Security Systems, Inc. is connected to the Northwind Cloud account adc-67890.',
    );
    expect(part(element, 'details')!.textContent).to.contain('12345');
    await settled(element);
    expect(asks).to.deep.equal([]);
  });

  it('makes a source unnecessary when it is an object', async () => {
    const { element } = await bound({ binding, getAccessToken: undefined });
    expect(element.state).to.equal('connected');
    await settled(element);
    expect(told).to.deep.equal([]);
  });

  for (const value of [undefined, null])
    it(`makes the element request the token when it is ${value}`, async () => {
      const { element, asks } = await bound({ binding: value });
      expect(element.state).to.equal('authorized');
      expect(asks).to.deep.equal(['initial']);
      expect(element.binding).to.equal(value);
    });

  it('shows the connection when it is set later, and the known authorization when it is removed', async () => {
    const { element, asks } = await bound();
    element.binding = binding;
    await untilState(element, 'connected');
    element.binding = null;
    await untilState(element, 'authorized');
    expect(asks).to.deep.equal(['initial']);
  });

  it('makes the element request the token when it is removed, if that has not happened before', async () => {
    const { element, asks } = await bound({ binding });
    element.binding = null;
    await untilState(element, 'authorizing');
    await untilState(element, 'authorized');
    expect(asks).to.deep.equal(['initial']);
  });

  it('shows the optional fields that the host sets', async () => {
    const { element } = await bound({
      binding: { ...binding, connectedAt: '2026-01-31T12:00:00Z', connectedBy: 'Dana Reyes' },
    });
    expect(textOf(element)).to.contain('Since January 31, 2026').and.contain('Connected by Dana Reyes');
  });

  const wrong: readonly (readonly [string, unknown])[] = [
    ['another externalDealerId', { ...binding, externalDealerId: 'adc-11111' }],
    ['another case of the same id', { ...binding, externalDealerId: 'ADC-67890' }],
    ['no dealerId', { ...binding, dealerId: undefined }],
    ['a negative dealerId', { ...binding, dealerId: -1 }],
    ['no companyName', { ...binding, companyName: ' ' }],
    [
      'an object with the field names of the Partner API',
      { dealer_id: 1, external_dealer_id: 'adc-67890', company_name: 'Acme' },
    ],
    ['a string', 'adc-67890'],
    ['false', false],
    ['an empty object', {}],
  ];
  for (const [name, value] of wrong)
    it(`is a configuration error, until it is removed, when it is ${name}`, async () => {
      const { element, asks } = await bound({ binding: value as Binding });
      expect(element.state).to.equal('unconfigured');
      expect(element.error).to.include({ code: 'configuration', outcome: 'not-applied' });
      expect(element.error!.message).to.match(/^binding /);
      expect(told).to.have.length(1);
      expect(asks).to.deep.equal([]);
      element.binding = binding;
      await untilState(element, 'connected');
      expect(element.error).to.equal(null);
    });
});

describe('binding, set by the element', () => {
  async function page() {
    const wire = await createWire([success, { status: 204 }]);
    return bound({ apiBaseUrl: wire.baseUrl, disconnectBaseUrl: wire.sameOriginBaseUrl });
  }

  it('is set after connect, before its events, frozen and as CHeKT recorded it', async () => {
    const { element } = await page();
    const seen: (Binding | null | undefined)[] = [];
    for (const name of ['chekt-state-change', 'chekt-connected'])
      element.addEventListener(name, () => {
        if (element.state === 'connected') seen.push(element.binding);
      });
    const result = await element.connect('acme security');
    expect(seen).to.deep.equal([result, result]);
    expect(Object.isFrozen(result)).to.equal(true);
    expect(result).to.deep.equal({
      ...binding,
      companyAddress1: '100 Main Street',
      companyEmail: 'office@acme.example',
      companyPhoneNumber: '+1 555 0100',
      createdAt: '2024-05-01T10:00:00Z',
    });
    expect(result.dealerId).to.be.a('number');
  });

  it('is null after disconnect, before its events, which contain the old one', async () => {
    const { element } = await page();
    const old = await element.connect('Acme');
    const seen: unknown[] = [];
    element.addEventListener('chekt-state-change', () => {
      if (element.state === 'authorized') seen.push(element.binding);
    });
    element.addEventListener('chekt-disconnected', ({ detail }) =>
      seen.push(element.binding, detail.binding),
    );
    await element.disconnect();
    expect(seen).to.deep.equal([null, null, old]);
  });

  it('is kept after a failed disconnect', async () => {
    const wire = await createWire([{ status: 403 }]);
    const { element } = await bound({ binding, disconnectBaseUrl: wire.sameOriginBaseUrl });
    const error = await failure(element.disconnect());
    expect(element.state).to.equal('connected');
    expect(element.error).to.equal(error);
    expect(element.binding).to.equal(binding);
  });
});
