import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { recordEvents } from '../element/fixture.js';
import { createWire } from '../wire/wire.js';
import { catalogue } from './catalogue.js';
import { binding, connected, dealer, success, type Row } from './row.js';
import type { Scene } from './scene.js';
import { words } from './words.js';

const misconfigured: Row['ends'] = {
  event: 'chekt-error',
  state: 'unconfigured',
  code: 'configuration',
  outcome: 'not-applied',
};

/** Expects one console message that names the attribute, and a general sentence for the person. */
const names =
  (attribute: string): Row['also'] =>
  async ({ witness, text, wire, element }) => {
    const [{ method, values } = { method: '', values: [] }] = witness.console;
    expect(method).to.equal('error');
    expect(values).to.have.length(1);
    expect(String(values[0]))
      .to.match(/^<chekt-connect> /)
      .and.to.contain(attribute);
    expect(text()).to.contain(words('error.configuration'));
    expect(await wire.requests()).to.deep.equal([]);
    expect(element.diagnostics().lastError).to.include({ code: 'configuration' });
  };

const never = [
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:https://api.chekt.com/1',
  'file:///etc/passwd',
  'ftp://api.chekt.com',
  'http://api.chekt.com',
  'http://192.168.0.7',
  'http://localhost.evil.example',
  'https://user:password@api.chekt.com',
  'https://api.chekt.com/#fragment',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '///evil.example',
  'api.chekt.com',
  'chekt',
  './chekt',
  'https://',
  '',
];

const attributes = ['api-base-url', 'authorize-url', 'disconnect-base-url', 'token-url'] as const;
const onlyBases = ['/chekt?tenant=1', 'https://api.chekt.com/?a=b'];
const onlyOwn = ['https://api.chekt.com', 'http://127.0.0.1:1'];

const badUrls = attributes.flatMap((attribute) => [
  ...never.map((url) => [attribute, url] as const),
  ...(attribute.includes('base') ? onlyBases.map((url) => [attribute, url] as const) : []),
  ...(/disconnect|token/.test(attribute) ? onlyOwn.map((url) => [attribute, url] as const) : []),
]);

const property = (attribute: string) =>
  attribute.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const mistakes: readonly (readonly [string, string, (scene: Scene) => Partial<ChektConnectElement>])[] = [
  ['a binding of another id', 'binding', () => ({ binding: { ...binding, externalDealerId: 'adc-11111' } })],
  ['a binding without a dealer id', 'binding', () => ({ binding: { ...binding, dealerId: 0 } })],
  ['a binding that is a text', 'binding', () => ({ binding: 'yes' as never })],
  ['a getAccessToken that is a text', 'getAccessToken', () => ({ getAccessToken: 'text' as never })],
  ['a timeout of 0', 'timeout', () => ({ timeout: 0 })],
  ['a timeout that is no number', 'timeout', () => ({ timeout: NaN })],
  ['a timeout beyond all timers', 'timeout', () => ({ timeout: 1e12 })],
];

catalogue('embed', [
  ...badUrls.map(([attribute, url]): Row => ({
    name: `${attribute}="${url}"`,
    host: () => ({ [property(attribute)]: url }),
    told: 1,
    ends: misconfigured,
    also: names(attribute),
  })),
  ...mistakes.map(([name, attribute, properties]): Row => ({
    name,
    host: (given) => properties(given as Scene),
    told: 1,
    ends: misconfigured,
    also: names(attribute),
  })),
  {
    name: 'no external-dealer-id: reported some time after the page has loaded',
    speed: 100,
    host: () => ({ externalDealerId: undefined }),
    told: 1,
    ends: misconfigured,
    also: names('external-dealer-id'),
  },
  {
    name: 'no source: unconfigured silently, then reported once',
    speed: 100,
    host: () => ({ getAccessToken: undefined }),
    told: 1,
    ends: misconfigured,
    also: names('token-url'),
  },
  {
    name: 'a fetch that is no function',
    host: () => ({ fetch: {} as never }),
    act: ({ element }) => element.ready,
    asks: [],
    told: 1,
    ends: { event: 'chekt-error', state: 'unconfigured', code: 'configuration', outcome: 'not-applied' },
  },
  {
    name: 'an external-dealer-id that is a number is taken as text',
    answers: [{ json: { ...dealer, external_dealer_id: '67890' } }],
    host: () => ({ externalDealerId: 67890 as never }),
    ends: connected,
  },
  {
    name: 'a corrected mistake: the error is gone, and the element connects',
    host: () => ({ apiBaseUrl: 'nowhere' }),
    act: async ({ element, wire, until, type, press }) => {
      await element.ready;
      expect(element.error?.code).to.equal('configuration');
      element.apiBaseUrl = wire.baseUrl;
      await until('the authorization', () => element.state === 'authorized');
      expect(element.error).to.equal(null);
      await type('Acme');
      await press('connect-button');
    },
    told: 1,
    endings: 2,
    ends: connected,
  },
  ...['access-token', 'accesstoken', 'accessToken'].map((attribute): Row => ({
    name: `a token in the attribute ${attribute}`,
    act: async ({ element, token, type, press }) => {
      element.setAttribute(attribute, token(1));
      expect(element.hasAttribute(attribute)).to.equal(false);
      await element.ready;
      await type('Acme');
      await press('connect-button');
    },
    told: 1,
    endings: 2,
    ends: connected,
    also: ({ witness, endings }) => {
      expect(String(witness.console[0]?.values[0])).to.contain(attribute.toLowerCase());
      expect(endings()[0]?.detail.error.code).to.equal('configuration');
    },
  })),
  {
    name: '<base href> to another origin: paths stay on the page’s own',
    host: ({ wire }) => {
      // only before the element is on the page, because the tests' own calls to the wire use paths as well
      document.head.appendChild(document.createElement('base')).href = `${wire.otherBaseUrl}/`;
      return { apiBaseUrl: wire.sameOriginBaseUrl, authorizeUrl: '/sign-in' };
    },
    act: async ({ element, type, press, until }) => {
      try {
        await element.ready;
        const links = element.shadowRoot!.querySelectorAll('a');
        for (const { origin } of links) expect(origin).to.equal(location.origin);
        await type('Acme');
        await press('connect-button');
        await until('the end', () => element.state === 'connected');
      } finally {
        document.querySelector('base')?.remove();
      }
    },
    asks: ['initial', 'initial'],
    ends: connected,
    also: async ({ puts }) => expect((await puts())[0]?.origin).to.equal(location.origin),
  },
  ...['', '/', '//', '/v2', '/v2/'].map((path): Row => ({
    name: `api-base-url that ends with "${path}"`,
    host: ({ wire }) => ({ apiBaseUrl: wire.baseUrl + path }),
    ends: connected,
    also: async ({ puts }) =>
      expect((await puts())[0]?.path).to.equal(`${path.replace(/\/+$/, '')}/partner/v1/dealers/connect`),
  })),
  {
    name: 'properties set before the script has run: taken over, and deleted from the element',
    act: async ({ wire, token, element: other }) => {
      const early = document.implementation
        .createHTMLDocument()
        .createElement('chekt-connect') as ChektConnectElement;
      Object.assign(early, {
        externalDealerId: 'adc-67890',
        apiBaseUrl: wire.baseUrl,
        getAccessToken: async () => token(1),
        companyName: 'Acme',
      });
      const events = recordEvents(early);
      other.ownerDocument.body.append(early);
      await early.ready;
      const own = Object.keys(early).filter((name) => !name.startsWith('_'));
      expect(own.filter((name) => /token|dealer|url|company/i.test(name))).to.deep.equal([]);
      await early.connect();
      expect(events.at(-1)?.type).to.equal('chekt-connected');
      early.remove();
    },
    requests: 1,
    asks: ['initial'],
    keys: 1,
    ends: { event: 'none', state: 'authorized' },
  },
  {
    name: 'two elements with two tokens and two APIs: nothing is shared',
    act: async ({ element, token, type, press, until }) => {
      const wire = await createWire([{ json: { ...dealer, external_dealer_id: 'adc-11111' } }], {
        ownPort: true,
      });
      const second = document.createElement('chekt-connect');
      Object.assign(second, {
        externalDealerId: 'adc-11111',
        apiBaseUrl: wire.baseUrl,
        getAccessToken: async () => token(7),
      });
      element.after(second);
      await Promise.all([element.ready, second.ready]);
      await type('Acme');
      await press('connect-button');
      const theirs = await second.connect('Harbor');
      await until('the end', () => element.state === 'connected');
      expect(theirs.externalDealerId).to.equal('adc-11111');
      const [request] = (await wire.requests()).filter(({ method }) => method === 'PUT');
      expect(request?.headers['authorization']).to.equal(`Bearer ${token(7)}`);
      second.remove();
      await wire.close();
    },
    ends: connected,
    also: async ({ puts, token }) =>
      expect((await puts()).map(({ headers }) => headers['authorization'])).to.deep.equal([
        `Bearer ${token(1)}`,
      ]),
  },
  {
    name: 'a binding from the host: connected, and nobody is asked for a token',
    host: () => ({ binding }),
    asks: [],
    ends: { event: 'none', state: 'connected' },
    also: ({ text }) => expect(text()).to.contain('Acme Security Systems, Inc.'),
  },
  {
    name: 'a binding from the host, with a new function and a new object on each render',
    answers: [success],
    host: () => ({ binding }),
    act: async ({ element, token, asks }) => {
      for (let render = 0; render < 20; render += 1) {
        Object.assign(element, {
          binding: { ...binding },
          getAccessToken: async ({ reason }: { reason: string }) => token(asks.push(reason)),
        });
        await element.updateComplete;
      }
      expect(element.state).to.equal('connected');
    },
    asks: [],
    ends: { event: 'none', state: 'connected' },
  },
]);
