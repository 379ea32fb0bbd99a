import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  askSource,
  type GetAccessToken,
  type SourceAnswer,
  type TokenRequest,
} from '../../../src/authorization/token-provider.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';

let clock: NodeClock;
const withClock = () => {
  beforeEach(() => (clock = nodeClock()));
  afterEach(() => clock.restore());
};

const asked = {
  reason: 'initial' as TokenRequest['reason'],
  externalDealerId: 'adc-67890',
  timeout: 1_000,
  signal: new AbortController().signal,
};
const noFetch: typeof fetch = () => Promise.reject(new Error('Nothing is fetched.'));
const tokenUrl = new URL('https://platform.example/chekt/token?tenant=7');

const askEndpoint = (respond: typeof fetch) =>
  clock.until(askSource({ ...asked, source: tokenUrl, fetch: respond }));
const askFunction = (source: GetAccessToken) => clock.until(askSource({ ...asked, source, fetch: noFetch }));

/** The type of an answer, with the codes that decide its message. */
const meaning = (answer: SourceAnswer): string => {
  if (answer.type !== 'failed') return answer.type;
  const { code, apiCode } = answer.error;
  return apiCode === undefined ? `failed: ${code}` : `failed: ${code}, ${apiCode}`;
};

// auth0/auth0-react #163: getAccessTokenSilently rejects with these if nobody is signed in
const signedOut = [
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
  'invalid_grant',
  'missing_refresh_token',
];
const envelope = (code: string) => ({ error: { code, message: 'For logs.' } });

describe('token-url', () => {
  withClock();

  it('is requested with reason and account, keeps its own query, and is marked as a request of a script', async () => {
    let sent: { url: URL; init: RequestInit } | undefined;
    await askEndpoint((url, init) => {
      sent = { url: new URL(String(url)), init: init! };
      return Promise.resolve(Response.json({}));
    });
    const { url, init } = sent!;
    assert.equal(url.pathname, '/chekt/token');
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      tenant: '7',
      reason: 'initial',
      external_dealer_id: 'adc-67890',
    });
    const headers = new Headers(init.headers);
    assert.equal(headers.get('X-Requested-With'), 'XMLHttpRequest');
    assert.deepEqual([init.method, init.cache, init.credentials], [undefined, 'no-store', 'same-origin']);
  });

  type Row = readonly [status: number, body: unknown, meaning: string];
  const rows: readonly Row[] = [
    [200, { access_token: 'token-1' }, 'authorized'],
    [200, {}, 'authorized'],
    [200, { access_token: 'token-1', external_dealer_id: 'adc-67890' }, 'authorized'],
    [204, undefined, 'unauthorized'],
    ...[400, 403, 500].flatMap((status) =>
      signedOut.flatMap((error): Row[] => [
        [status, { error }, 'unauthorized'],
        [status, envelope(error), 'unauthorized'],
      ]),
    ),
    [403, { error: 'access_denied' }, 'failed: forbidden, access_denied'],
    [400, envelope('access_denied'), 'failed: forbidden, access_denied'],
    [401, undefined, 'failed: unauthorized, login_required'],
    [401, { error: 'access_denied' }, 'failed: unauthorized, login_required'],
    [401, envelope('other_account'), 'failed: unauthorized, login_required'],
    [403, { error: 'other_account' }, 'failed: forbidden, other_account'],
    [409, envelope('other_account'), 'failed: forbidden, other_account'],
    [200, { access_token: 'token-1', external_dealer_id: 'adc-1' }, 'failed: forbidden, other_account'],
    [404, undefined, 'failed: configuration'],
    [404, envelope('route_not_found'), 'failed: configuration'],
    [403, undefined, 'failed: forbidden'],
    [400, { error: 'invalid_request' }, 'failed: invalid-request'],
    [429, undefined, 'failed: rate-limited'],
    [500, { error: 'server_error' }, 'failed: server'],
    [503, '<h1>Busy</h1>', 'failed: server'],
    [200, undefined, 'failed: invalid-response'],
    // Dolibarr/dolibarr PR #40560, HubSpot/Singularity PR #944
    [200, '<h1>Sign in</h1>', 'failed: invalid-response'],
    [200, ['token-1'], 'failed: invalid-response'],
    [200, { error: 'server_error' }, 'failed: invalid-response'],
    [201, { access_token: 'token-1' }, 'failed: invalid-response'],
    [302, undefined, 'failed: invalid-response'],
  ];
  for (const [status, body, expected] of rows) {
    it(`${status} ${JSON.stringify(body) ?? 'without a body'}: ${expected}`, async () => {
      const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
      const answer = await askEndpoint(() => Promise.resolve(new Response(text, { status })));
      assert.equal(meaning(answer), expected);
    });
  }

  it('that does not answer is a network error', async () => {
    assert.equal(meaning(await askEndpoint(noFetch)), 'failed: network');
  });

  it('that does not answer in time is a timeout', async () => {
    assert.equal(meaning(await askEndpoint(() => new Promise(() => {}))), 'failed: timeout');
  });
});

describe('getAccessToken', () => {
  withClock();

  it('is called with the reason, the account and a signal', async () => {
    let request: TokenRequest | undefined;
    await askFunction((given) => {
      request = given;
      return Promise.resolve(null);
    });
    const { signal, ...rest } = request!;
    assert.deepEqual(rest, { reason: 'initial', externalDealerId: 'adc-67890' });
    assert.equal(signal.aborted, false);
  });

  const returned: readonly (readonly [unknown, string])[] = [
    ['token-1', 'authorized'],
    [{ access_token: 'token-1', token_type: 'Bearer' }, 'authorized'],
    [{ access_token: 'token-1', errorCode: '0' }, 'authorized'],
    [{}, 'authorized'],
    [null, 'unauthorized'],
    [{ access_token: 'token-1', external_dealer_id: 'adc-1' }, 'failed: forbidden, other_account'],
    [undefined, 'failed: configuration'],
    [5, 'failed: configuration'],
    [true, 'failed: configuration'],
    [['token-1'], 'failed: configuration'],
  ];
  for (const [value, expected] of returned) {
    it(`that returns ${JSON.stringify(value)}: ${expected}`, async () => {
      assert.equal(meaning(await askFunction(() => Promise.resolve(value as never))), expected);
    });
  }

  const rejected: readonly (readonly [what: string, reason: unknown, string])[] = [
    ...signedOut.flatMap(
      (error) =>
        [
          [`an error of an OAuth client, ${error}`, Object.assign(new Error('x'), { error }), 'unauthorized'],
          [`CHeKT’s envelope, ${error}`, envelope(error), 'unauthorized'],
          // okta/okta-auth-js #1518, AzureAD/microsoft-authentication-library-for-js #733
          [`MSAL’s and Okta’s errorCode, ${error}`, { name: 'AuthError', errorCode: error }, 'unauthorized'],
        ] as const,
    ),
    ['access_denied', { error: 'access_denied' }, 'failed: forbidden, access_denied'],
    ['other_account', { error: 'other_account' }, 'failed: forbidden, other_account'],
    ['other_account in the envelope', envelope('other_account'), 'failed: forbidden, other_account'],
    ['any other OAuth error', { error: 'server_error' }, 'failed: network'],
    ['an error', new Error('Failed to fetch'), 'failed: network'],
    ['another errorCode', { errorCode: 'timed_out' }, 'failed: network'],
    ['nothing', undefined, 'failed: network'],
    // keycloak/keycloak #13852: so does updateToken() of keycloak-js, whatever has happened
    ['true', true, 'failed: network'],
    ['an AbortError of its own', new DOMException('x', 'AbortError'), 'failed: network'],
    ['a TimeoutError of its own', new DOMException('x', 'TimeoutError'), 'failed: network'],
    [
      'an object whose getter throws',
      Object.defineProperty({}, 'error', {
        get: () => {
          throw new Error('token-1');
        },
      }),
      'failed: network',
    ],
  ];
  for (const [what, reason, expected] of rejected) {
    it(`that is rejected with ${what}: ${expected}`, async () => {
      assert.equal(meaning(await askFunction(() => Promise.reject(reason as Error))), expected);
    });
  }

  it('that throws synchronously is treated like one that rejects', async () => {
    const answer = await askFunction(() => {
      throw Object.assign(new Error('x'), { error: 'login_required' });
    });
    assert.equal(meaning(answer), 'unauthorized');
  });

  it('that does not settle is a timeout, and its signal is aborted', async () => {
    let signal: AbortSignal | undefined;
    const answer = await askFunction((request) => {
      signal = request.signal;
      return new Promise(() => {});
    });
    assert.equal(meaning(answer), 'failed: timeout');
    assert.equal((signal!.reason as Error).name, 'TimeoutError');
  });

  it('may quote the token in its error, so the error is not passed on', async () => {
    const answer = await askFunction(() => Promise.reject(new Error('Bad header: Bearer token-1')));
    assert.ok(answer.type === 'failed');
    assert.doesNotMatch(`${answer.error.stack} ${JSON.stringify(answer.error)}`, /token-1/);
    assert.equal(answer.error.cause, undefined);
  });

  it('that is a revoked proxy is treated like one that rejects', async () => {
    const { proxy, revoke } = Proxy.revocable<GetAccessToken>(() => Promise.resolve(null), {});
    revoke();
    assert.equal(meaning(await askFunction(proxy)), 'failed: network');
  });

  it('is abandoned as soon as the signal is aborted, with the reason of the signal', async () => {
    const controller = new AbortController();
    const source = () => new Promise<never>(() => {});
    const promise = askSource({ ...asked, source, fetch: noFetch, signal: controller.signal });
    controller.abort(new Error('Nobody waits.'));
    await assert.rejects(promise, /Nobody waits/);
  });
});
