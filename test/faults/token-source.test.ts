import { expect } from '@open-wc/testing';
import type { ChektConnectErrorCode } from '../../src/index.js';
import { catalogue } from './catalogue.js';
import { jwt } from './jwt.js';
import { connected, failed, unavailable, type Given, type Row } from './row.js';
import { words } from './words.js';

const now = () => Math.floor(Date.now() / 1000);

/** A host that always returns this value, untyped like a host in plain JavaScript. */
const giving =
  (give: (given: Given) => unknown): Row['host'] =>
  (given) => ({
    getAccessToken: (({ reason }: { reason: string }) => {
      given.asks.push(reason);
      return give(given);
    }) as never,
  });

const refused: readonly (readonly [string, (given: Given) => unknown])[] = [
  ['undefined', () => undefined],
  ['a number', () => 42],
  ['true', () => true],
  ['an empty string', () => ''],
  ['only spaces', () => '   '],
  ['a token with a line break', ({ token }) => `${token(1)}\n`],
  ['a token with a line break and a header', ({ token }) => `${token(1)}\r\nX-Evil: 1`],
  ['a token with a space', ({ token }) => `Bearer ${token(1)}`],
  ['a token with a quote', ({ token }) => `"${token(1)}"`],
  ['a token with letters beyond ASCII', ({ token }) => `${token(1)}é`],
  ['a token of more than 8 kB', ({ token }) => token(1) + 'x'.repeat(8192)],
  ['an empty object', () => ({})],
  ['an object with a number for a token', () => ({ access_token: 5 })],
  ['a list', ({ token }) => [token(1)]],
  ['a token of another kind', ({ token }) => ({ access_token: token(1), token_type: 'DPoP' })],
  [
    'an object whose fields throw',
    () => ({
      get access_token() {
        throw new Error('no');
      },
    }),
  ],
];

const failing: readonly (readonly [string, (given: Given) => unknown, ChektConnectErrorCode])[] = [
  ['rejects, and quotes the token', ({ token }) => Promise.reject(new Error(`no: ${token(1)}`)), 'network'],
  ['rejects with the token itself', ({ token }) => Promise.reject(token(1)), 'network'],
  ['rejects with nothing', () => Promise.reject(undefined), 'network'],
  [
    'throws, and quotes the token',
    ({ token }) => {
      throw new Error(`no: ${token(1)}`);
    },
    'network',
  ],
  ['never settles', () => new Promise(() => {}), 'timeout'],
  ['gives a thenable that never settles', () => ({ then() {} }), 'timeout'],
];

/** A host whose first token is about to expire, and whose second token follows. */
function expiring(name: string, first: (given: Given) => unknown, more: Partial<Row> = {}): Row {
  return {
    name,
    host: (given) => ({
      getAccessToken: (async ({ reason }: { reason: string }) =>
        given.asks.push(reason) === 1 ? first(given) : given.token(2)) as never,
    }),
    ends: connected,
    asks: ['initial', 'expired'],
    also: async ({ puts, token }) =>
      expect((await puts())[0]!.headers['authorization']).to.equal(`Bearer ${token(2)}`),
    ...more,
  };
}

catalogue('getAccessToken', [
  ...refused.map(([name, give]): Row => ({
    name: `gives ${name}`,
    host: giving(give),
    ends: unavailable(name.includes('throw') ? 'network' : 'configuration'),
  })),
  ...failing.map(([name, give, code]): Row => ({
    name,
    host: giving(give),
    speed: code === 'timeout' ? 50 : 10,
    ends: unavailable(code),
    also: async ({ press, part, until, asks, element, text }) => {
      expect(text()).to.contain(words('title.signInCheckFailed')).and.to.contain(words('tryAgain'));
      expect(part('authorize-button'), 'a sign-in nobody asked for').to.equal(null);
      // "Try again" asks again
      element.shadowRoot!.querySelector<HTMLElement>('button')!.click();
      await until('the next question', () => asks.length === 2);
      await until('its end', () => element.state === 'unavailable');
      asks.pop();
      await press('base');
    },
  })),
  {
    name: 'gives null: the dealer has not authorized',
    host: giving(() => null),
    ends: { event: 'none', state: 'unauthorized' },
    also: ({ events, part }) => {
      expect(events.find(({ type }) => type === 'chekt-authorization-required')?.detail).to.deep.equal({
        reason: 'missing',
      });
      expect(part('authorize-button')!.innerText).to.equal(words('signIn'));
    },
  },
  {
    name: 'gives a token response as it came from the wire',
    host: giving(({ token }) => ({
      access_token: token(1),
      token_type: 'bearer',
      expires_in: '3600',
      scope: 7,
      refresh_token: token(9),
      unknown: { deep: token(8) },
    })),
    ends: connected,
  },
  {
    name: 'puts the token into what is shown',
    host: giving(({ token }) => ({
      access_token: token(1),
      name: token(1),
      email: `dana ${token(1)}`,
      company_name: token(1),
      dealer_id: token(1),
      scope: token(1),
    })),
    ends: connected,
  },
  {
    name: 'gives a JWT that is broken',
    host: giving(({ token }) => `${token(1)}.%%%`.replace(/%/g, '_')),
    ends: connected,
  },
  expiring('gives an expired JWT first', ({ token }) => jwt(token(1), { exp: now() - 60 })),
  expiring('gives a JWT that expires in 10 seconds', ({ token }) => jwt(token(1), { exp: now() + 10 })),
  expiring('gives expires_in: 0', ({ token }) => ({ access_token: token(1), expires_in: 0 })),
  expiring('gives expires_in: -1', ({ token }) => ({ access_token: token(1), expires_in: -1 })),
  // manfredsteyer/angular-oauth2-oidc #1135, DuendeArchive/identity-model-oidc-client-js #1254
  {
    name: 'gives only expired tokens: the second is sent anyway, because clocks differ',
    host: giving(({ token, asks }) => ({ access_token: token(asks.length), expires_in: -60 })),
    ends: connected,
    asks: ['initial', 'expired'],
  },
  {
    name: 'gives an expired token, then null: sign in again, nothing was sent',
    host: giving(({ token, asks }) => (asks.length === 1 ? { access_token: token(1), expires_in: 1 } : null)),
    ends: { ...failed('unauthorized', 'not-applied'), state: 'unauthorized' },
    requests: 0,
    asks: ['initial', 'expired'],
    also: ({ events }) =>
      expect(events.find(({ type }) => type === 'chekt-authorization-required')?.detail).to.deep.equal({
        reason: 'expired',
      }),
  },
  {
    name: 'gives an expired token, then fails: nothing was sent',
    host: giving(({ token, asks }) => {
      if (asks.length === 1) return { access_token: token(1), expires_in: 1 };
      throw new Error(token(2));
    }),
    ends: failed('network', 'not-applied'),
    requests: 0,
    asks: ['initial', 'expired'],
  },
  {
    name: 'gives an expired token, then never answers: nothing was sent',
    speed: 33,
    host: giving(({ token, asks }) =>
      asks.length === 1 ? { access_token: token(1), expires_in: 1 } : new Promise(() => {}),
    ),
    ends: failed('timeout', 'not-applied'),
    requests: 0,
    asks: ['initial', 'expired'],
  },
  {
    name: 'gives a token with a line break only after a 401',
    answers: [{ status: 401 }],
    host: giving(({ token, asks }) => (asks.length === 1 ? token(1) : `${token(2)}\r\nX: 1`)),
    ends: failed('configuration', 'not-applied'),
    asks: ['initial', 'rejected'],
  },
]);
