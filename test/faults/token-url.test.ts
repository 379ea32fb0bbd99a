import { expect } from '@open-wc/testing';
import type { ChektConnectErrorCode } from '../../src/index.js';
import type { Answer } from '../wire/wire.js';
import { catalogue } from './catalogue.js';
import { connected, success, unavailable, type Ending, type Row } from './row.js';
import { words } from './words.js';

/** Service mode: the page's own service describes the authorization, and the page holds no token. */
const service: Row['host'] = ({ wire }) => ({
  getAccessToken: undefined,
  tokenUrl: `${wire.sameOriginBaseUrl}/token`,
  apiBaseUrl: wire.sameOriginBaseUrl,
});
/** Browser mode: the same endpoint hands out the token. */
const browser: Row['host'] = ({ wire }) => ({
  getAccessToken: undefined,
  tokenUrl: `${wire.sameOriginBaseUrl}/token`,
});

const token = (answer: Answer): Answer => ({ ...answer, path: '/token' });
const put: Answer = { ...success, method: 'PUT' };

/**
 * The request to token-url follows the contract and contains no token. Without `sign_in_id` it precedes each
 * PUT.
 */
const askedAsSpecified: Row['also'] = async ({ wire, puts }) => {
  const asked = (await wire.requests()).filter(({ method }) => method === 'GET');
  expect(asked).to.have.length(1 + (await puts()).length);
  for (const { path, headers } of asked) {
    expect(path).to.equal('/token?reason=initial&external_dealer_id=adc-67890');
    expect(headers).to.include({ accept: 'application/json', 'cache-control': 'no-cache' });
  }
};

function answered(name: string, answer: Answer, ends: Ending, more: Partial<Row> = {}): Row {
  return {
    name,
    host: service,
    answers: [token(answer), put],
    asks: [],
    ends,
    also: askedAsSpecified,
    ...more,
  };
}

const refused: readonly (readonly [string, Answer, ChektConnectErrorCode, Partial<Ending>?])[] = [
  [
    '401: the session of the platform has ended',
    { status: 401 },
    'unauthorized',
    { apiCode: 'login_required' },
  ],
  ['403', { status: 403 }, 'forbidden'],
  ['404', { status: 404 }, 'configuration'],
  ['429 is not repeated', { status: 429, headers: { 'Retry-After': '1' } }, 'rate-limited'],
  ['500 is not repeated', { status: 500 }, 'server'],
  ['503 is not repeated', { status: 503 }, 'server'],
  ['HTML', { body: '<title>Sign in</title>', headers: { 'Content-Type': 'text/html' } }, 'invalid-response'],
  ['nothing', { status: 200 }, 'invalid-response'],
  ['null', { json: null }, 'invalid-response'],
  ['a list', { json: [] }, 'invalid-response'],
  ['a text', { json: 'token' }, 'invalid-response'],
  ['302 to a login page on the same origin', { status: 302, redirect: 'same-origin' }, 'invalid-response'],
  ['302 to a login page on another origin', { status: 302, redirect: 'other-origin' }, 'invalid-response'],
  ['reset', { fault: { kind: 'reset', at: 'after-request-recorded' } }, 'network'],
  ['50 MB', { json: {}, fault: { kind: 'huge', megabytes: 50 } }, 'invalid-response'],
];

const elsewhere: readonly (readonly [string, (base: string) => string])[] = [
  ['on another origin', (base) => base],
  ['on another origin, by //', (base) => base.replace('http:', '')],
  ['on another origin, by a backslash', (base) => base.replace('http://', '/\\')],
];

catalogue('token-url', [
  answered(
    '200 without a token, in service mode',
    { json: { name: 'Dana Reyes', expires_in: 3600 } },
    connected,
  ),
  answered('200 with an empty object, in service mode', { json: {} }, connected),
  answered('204: the dealer has not authorized', { status: 204 }, { event: 'none', state: 'unauthorized' }),
  answered(
    'access_denied: the person did not allow it',
    { status: 400, json: { error: 'access_denied' } },
    {
      event: 'chekt-error',
      state: 'unauthorized',
      code: 'forbidden',
      apiCode: 'access_denied',
      outcome: 'not-applied',
    },
    { also: ({ text }) => expect(text()).to.contain(words('error.forbidden.access_denied')) },
  ),
  ...refused.map(([name, answer, code, more]) => answered(name, answer, unavailable(code, more))),
  answered('a stall', { json: {}, fault: { kind: 'stall', at: 'before-headers' } }, unavailable('timeout'), {
    speed: 50,
  }),
  answered(
    'a stall after the headers',
    { json: {}, fault: { kind: 'stall', at: 'after-headers' } },
    unavailable('timeout'),
    {
      speed: 50,
    },
  ),
  answered('no token, in browser mode', { json: { name: 'Dana' } }, unavailable('configuration'), {
    host: browser,
  }),
  {
    name: 'hands over a token in browser mode',
    host: () => ({ getAccessToken: async () => null }),
    act: async ({ element, wire, token: canary, until, type, press }) => {
      await element.ready;
      await wire.script([token({ json: { access_token: canary(1), name: canary(1) } }), put]);
      Object.assign(element, { getAccessToken: undefined, tokenUrl: `${wire.sameOriginBaseUrl}/token` });
      await until('the authorization', () => element.state === 'authorized');
      await type('Acme Security');
      await press('connect-button');
    },
    asks: [],
    ends: connected,
    also: async ({ puts, token: canary }) =>
      expect((await puts())[0]?.headers['authorization']).to.equal(`Bearer ${canary(1)}`),
  },
  ...elsewhere.map(([name, url]): Row => ({
    name: `${name}: never asked`,
    host: (given) => ({ ...browser(given), tokenUrl: url(`${given.wire.baseUrl}/token`) }),
    asks: [],
    told: 1,
    ends: { event: 'chekt-error', state: 'unconfigured', code: 'configuration', outcome: 'not-applied' },
    also: async ({ wire, witness }) => {
      expect(await wire.requests()).to.deep.equal([]);
      expect(String(witness.console[0]?.values[0])).to.contain('token-url');
    },
  })),
  {
    name: 'a token in service mode is not used',
    answers: [put],
    host: (given) => ({ ...service(given), tokenUrl: undefined, getAccessToken: async () => given.token(1) }),
    asks: [],
    ends: connected,
  },
  {
    name: 'its own query is kept, beside the reason',
    answers: [token({ json: {} }), put],
    host: (given) => ({
      ...service(given),
      tokenUrl: `${given.wire.sameOriginBaseUrl}/token?run=a%20b&reason=x`,
    }),
    asks: [],
    ends: connected,
    also: async ({ wire }) =>
      expect((await wire.requests())[0]!.path).to.equal(
        '/token?run=a+b&reason=initial&external_dealer_id=adc-67890',
      ),
  },
]);
