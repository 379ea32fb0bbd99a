import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { runFast } from '../support/clock.js';
import { createWire } from '../wire/wire.js';
import { binding, hearConsole, settled, success, until, untilState } from './acting.js';
import { embed, next, recordEvents, textOf } from './fixture.js';

const source = async () => 'secret-token-1';

/** Makes the page look as if it were still loading. */
function loading() {
  Object.defineProperty(document, 'readyState', { value: 'interactive', configurable: true });
  return { load: () => dispatchEvent(new Event('load')) };
}

/** Milliseconds after load within which a missing option may still be set. */
const grace = 1_000;

/** Waits until the element must have reported a missing option: this timer is set after the element's, so it fires later. */
async function graceIsOver(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2 * grace));
}

describe('unconfigured', () => {
  runFast(4);
  const told = hearConsole();
  afterEach(() => {
    Reflect.deleteProperty(document, 'readyState');
  });

  const incomplete: readonly (readonly [string, Partial<ChektConnectElement>, RegExp])[] = [
    ['no source', {}, /token-url.*getAccessToken/],
    [
      'no external-dealer-id',
      { externalDealerId: undefined, getAccessToken: source },
      /^Set external-dealer-id/,
    ],
    [
      'an external-dealer-id of spaces',
      { externalDealerId: ' ', getAccessToken: source },
      /^Set external-dealer-id/,
    ],
    ['binding = null and no source', { binding: null }, /token-url.*getAccessToken/],
  ];
  for (const [name, properties, message] of incomplete)
    it(`is not reported at first, and then once, some time after \`load\`: ${name}`, async () => {
      const { element, names } = embed(properties);
      await element.updateComplete;
      expect(element.state).to.equal('unconfigured');
      expect([element.error, told, names()]).to.deep.equal([null, [], []]);
      await next(element, 'chekt-error');
      expect(element.state).to.equal('unconfigured');
      expect(element.error!.code).to.equal('configuration');
      expect(element.error!.message).to.match(message);
      expect(told).to.deep.equal([`<chekt-connect> ${element.error!.message}`]);
      expect(names()).to.deep.equal(['chekt-error', 'chekt-ready']);
      element.companyName = 'Acme';
      await settled(element);
      element.parentElement!.append(element);
      await settled(element);
      await graceIsOver();
      expect(names(), 'once').to.deep.equal(['chekt-error', 'chekt-ready']);
      expect(told).to.have.length(1);
      expect(textOf(element)).to.match(/Contact Northwind Cloud/);
    });

  it('is not reported while the page loads, however long that takes', async () => {
    const { load } = loading();
    const { element, names } = embed();
    await graceIsOver();
    expect(names()).to.deep.equal([]);
    load();
    await next(element, 'chekt-error');
    expect(told).to.have.length(1);
  });

  it('is not reported if the source is set in time', async () => {
    const { load } = loading();
    const { element, names } = embed();
    await element.updateComplete;
    load();
    element.getAccessToken = source;
    await untilState(element, 'authorized');
    await graceIsOver();
    expect(told).to.deep.equal([]);
    expect(names()).not.to.include('chekt-error');
  });

  it('is not reported if the element is removed before', async () => {
    const { element, names } = embed();
    await element.updateComplete;
    element.remove();
    await graceIsOver();
    expect([names(), told]).to.deep.equal([[], []]);
  });

  it('is replaced by the report of a wrong option', async () => {
    const { element } = embed({ externalDealerId: undefined, getAccessToken: source });
    await element.updateComplete;
    Object.assign(element, { externalDealerId: 'adc-67890', apiBaseUrl: 'ftp://x' });
    await next(element, 'chekt-error');
    await graceIsOver();
    expect(told).to.have.length(1);
    expect(element.error!.message).to.match(/^api-base-url/);
  });

  it('is the state again when the source is removed', async () => {
    const { element } = embed({ getAccessToken: source });
    await element.ready;
    Object.assign(element, { getAccessToken: undefined });
    await untilState(element, 'unconfigured');
    expect(element.authorization).to.equal(null);
    await until(element, () => element.error !== null);
    expect(told).to.have.length(1);
  });

  it('is not entered without a source if a binding is set', async () => {
    const { element } = embed({ binding });
    await element.ready;
    await graceIsOver();
    expect(element.state).to.equal('connected');
    expect(told).to.deep.equal([]);
  });
});

describe('a wrong option of the host', () => {
  const told = hearConsole();

  it('is reported once, however often it is read, and again when it comes back', async () => {
    const { element, names } = embed({ getAccessToken: source, timeout: -1 });
    await element.ready;
    element.companyName = 'Acme';
    await element.updateComplete;
    element.requestUpdate();
    await element.updateComplete;
    expect(told).to.have.length(1);
    Object.assign(element, { timeout: undefined });
    await untilState(element, 'authorized');
    expect(element.error).to.equal(null);
    element.timeout = -1;
    await untilState(element, 'unconfigured');
    expect(told).to.have.length(2);
    expect(names().filter((name) => name === 'chekt-error')).to.have.length(2);
  });

  for (const [name, value] of [
    ['timeout', 'abc'],
    ['service-url', 'chekt'],
    ['api-base-url', 'https://elsewhere.example'],
    ['token-url', 'https://elsewhere.example/token'],
  ] as const)
    it(`leaves the others as they are, so that people read the host's texts: ${name}`, async () => {
      const { element } = embed({
        accountName: 'Acme, Springfield',
        platformScope: 'read:sites',
        headingLevel: 3,
        messages: { 'title.configuration': 'Momenteel niet beschikbaar', 'resource.sites': 'uw locaties' },
        getAccessToken: source,
      });
      element.setAttribute(name, value);
      await element.ready;
      await element.updateComplete;
      expect(element.error!.message).to.match(new RegExp(`^${name} must be`));
      expect(textOf(element))
        .to.contain('Momenteel niet beschikbaar')
        .and.contain('uw locaties')
        .and.contain('Acme, Springfield');
      const heading = element.shadowRoot!.querySelector('[part~=heading]');
      expect(heading!.getAttribute('aria-level')).to.equal('3');
    });

  it('is left out together with every other wrong one', async () => {
    const messages = { 'title.configuration': 'Momenteel niet beschikbaar' };
    const { element } = embed({ timeout: -1, tokenUrl: 'no path', formerBinding: 5 as never, messages });
    await element.ready;
    await element.updateComplete;
    expect(textOf(element)).to.contain('Momenteel niet beschikbaar').and.contain('Northwind Cloud');
  });

  it('is reported without its value, which may contain a secret', async () => {
    const { element } = embed({ apiBaseUrl: 'https://dana:pass-word@api.example', getAccessToken: source });
    await element.ready;
    expect(element.error!.message).to.match(/^api-base-url/);
    expect(told.join() + JSON.stringify(element)).not.to.contain('pass-word');
  });
});

describe('a 404 of the service: a missing proxy, or another basePath', () => {
  const told = hearConsole();

  it('is reported on the console, with what was requested and what to look at', async () => {
    const fetch = async () => new Response('Cannot GET /chekt/session', { status: 404 });
    const { element } = embed({ externalDealerId: undefined, serviceUrl: '/chekt', fetch });
    await element.ready;
    expect([element.state, element.error!.code]).to.deep.equal(['unavailable', 'configuration']);
    expect(told).to.deep.equal([
      '<chekt-connect> {service-url}/session answered 404. Is a proxy or basePath missing?',
    ]);
  });

  it('is reported for token-url, too', async () => {
    const { element } = embed({
      tokenUrl: '/chekt/token',
      fetch: async () => new Response('', { status: 404 }),
    });
    await element.ready;
    expect(told).to.deep.equal(['<chekt-connect> token-url answered 404. Is a proxy or basePath missing?']);
  });
});

describe('a token in an attribute', () => {
  const told = hearConsole();

  for (const name of ['access-token', 'accesstoken', 'accessToken', 'ACCESS-TOKEN', 'access_token'])
    it(`is removed with a console error, and never used: ${name}`, async () => {
      const wire = await createWire([success]);
      const { element } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: source });
      element.setAttribute(name, 'canary-token-7');
      expect(element.getAttributeNames()).to.deep.equal([]);
      expect(told).to.have.length(1);
      expect(told[0]).to.contain(name.toLowerCase()).and.not.to.contain('canary');
      await element.ready;
      await element.connect('Acme');
      const [request] = await wire.requests();
      expect(request!.headers['authorization']).to.equal('Bearer secret-token-1');
      expect(JSON.stringify(element)).not.to.contain('canary');
    });

  it('is removed from the markup during the upgrade', () => {
    const place = document.createElement('div');
    place.innerHTML =
      '<chekt-connect external-dealer-id="adc-67890" access-token="canary-token-7"></chekt-connect>';
    document.body.append(place);
    expect(place.innerHTML).not.to.contain('canary');
    expect(told).to.have.length(1);
    place.remove();
  });

  it('is reported by an event whose error can also be read later', () => {
    const { element, events } = embed({ getAccessToken: source });
    let error: unknown;
    element.addEventListener('chekt-error', () => (error = element.error));
    element.setAttribute('access-token', 'canary-token-7');
    expect(error).to.equal(events.at(-1)?.detail.error);
  });
});

describe('a property that is set before the upgrade', () => {
  it('is applied and deleted from the element, for every property', async () => {
    // an element in a document without a registry is not upgraded until it is adopted
    const early = document.implementation
      .createHTMLDocument()
      .createElement('chekt-connect') as ChektConnectElement;
    const properties = {
      externalDealerId: 'adc-67890',
      platformName: 'Northwind Cloud',
      platformScope: 'read:sites',
      companyName: 'Acme',
      apiBaseUrl: '/chekt',
      tokenUrl: '/chekt/token',
      authorizeUrl: '/chekt/authorize',
      disconnectBaseUrl: '/chekt',
      timeout: 1000,
      disabled: true,
      getAccessToken: source,
      binding,
      messages: { connect: 'Go' },
      fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
    };
    Object.assign(early, properties);
    const events = recordEvents(early);
    document.body.append(early);
    await early.ready;
    for (const [name, value] of Object.entries(properties)) {
      expect(Object.hasOwn(early, name), `own ${name}`).to.equal(false);
      expect(early[name as keyof typeof properties], name).to.equal(value);
    }
    expect(early.state).to.equal('connected');
    expect(events.map(({ type }) => type)).to.deep.equal(['chekt-state-change', 'chekt-ready']);
    early.remove();
  });
});
