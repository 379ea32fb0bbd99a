import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { CustomFetchOptions } from 'openid-client';
import { createPlatform, Sessions } from '../../demo/platform/index.js';
import { createSandbox, type Sandbox } from '../../demo/sandbox/index.js';
import { Browser } from './browser.js';
import { ACCOUNT, DANA, MIRA, follow } from './support.js';

/** The sandbox takes callbacks of this host; nothing listens there, the requests are made in the process. */
const origin = 'http://localhost:5173';

/**
 * A platform whose requests to the authorization server can be held, so that something can happen meanwhile.
 */
describe('what happens meanwhile', () => {
  let sandbox: Sandbox;
  beforeEach(async () => void (sandbox = await createSandbox({ platformOrigins: [origin] })));
  afterEach(() => sandbox.close());

  function start() {
    const revoked: string[] = [];
    const at: { answered?: (token: Record<string, string>) => Promise<void>; asked?: () => Promise<void> } =
      {};
    const options = {
      origin,
      basePath: '/chekt',
      platformName: 'Northwind Cloud',
      modes: ['service', 'browser'] as const,
      platformScope: 'read:dealer',
      dealerScope: 'openid profile email offline_access read:dealer update:dealer',
      issuer: sandbox.origin,
      audience: 'https://api.chekt.com/partner',
      apiBaseUrl: sandbox.origin,
      clientId: 'northwind-platform',
      clientSecret: 'northwind-sample-secret',
      upstreamTimeout: 3000,
      fetch: async (url: string, init: CustomFetchOptions) => {
        const form = new URLSearchParams(String(init.body));
        if (url.endsWith('/revoke')) revoked.push(form.get('token') ?? '');
        if (form.get('grant_type') === 'client_credentials') await at.asked?.();
        const response = await fetch(url, init as RequestInit);
        const forDealer = /^(authorization_code|refresh_token)$/.test(form.get('grant_type') ?? '');
        if (forDealer) await at.answered?.(await response.clone().json());
        return response;
      },
    };
    const sessions = new Sessions(options);
    const app = createPlatform({ ...options, sessions });
    app.get('/login', (c) => c.text(sessions.start(c, ACCOUNT).externalDealerId));
    app.get('/logout', (c) => c.text(String(sessions.end(c))));
    return { at, revoked, person: () => new Person((url, init) => app.request(url, init)) };
  }

  async function until(condition: () => boolean, what: string): Promise<void> {
    for (const deadline = Date.now() + 5000; !condition(); await setImmediate()) {
      assert.ok(Date.now() < deadline, what);
    }
  }

  it('does not bring back a session that ended while the code was exchanged', async () => {
    const { at, revoked, person } = start();
    const dana = person();
    await dana.get('/chekt/login');
    const callback = await dana.signIn(DANA);
    let fresh: Record<string, string> = {};
    at.answered = async (token) => {
      fresh = token;
      await dana.get('/chekt/logout');
    };
    const cookie = dana.cookie;
    const answer = await dana.get(callback);
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /session here ended/);
    assert.deepEqual(answer.headers.getSetCookie(), []);
    await until(() => revoked.length === 2, 'the tokens are not given back');
    assert.deepEqual(revoked.toSorted(), [fresh.access_token, fresh.refresh_token].toSorted());
    dana.cookie = cookie;
    assert.equal((await dana.get('/chekt/token')).status, 401);
  });

  it('revokes the sign-in when its session ends', async () => {
    const { at, revoked, person } = start();
    const dana = person();
    await dana.get('/chekt/login');
    let held: Record<string, string> = {};
    at.answered = async (token) => void (held = token);
    await dana.get(await dana.signIn(DANA));
    await dana.get('/chekt/logout');
    await until(() => revoked.length === 2, 'the tokens are not given back');
    assert.deepEqual(revoked.toSorted(), [held.access_token, held.refresh_token].toSorted());
  });

  it('revokes the sign-in when its session has been idle for too long', async () => {
    const { revoked, person } = start();
    const dana = person();
    await dana.get('/chekt/login');
    await dana.get(await dana.signIn(DANA));
    mock.timers.enable({ apis: ['Date'], now: Date.now() + 8 * 60 * 60 * 1000 + 1 });
    try {
      await person().get('/chekt/login'); // whoever comes next
    } finally {
      mock.timers.reset();
    }
    await until(() => revoked.length === 2, 'the tokens are not given back');
  });

  it('revokes refreshed tokens if the session ended during the refresh', async () => {
    const { at, revoked, person } = start();
    const dana = person();
    await dana.get('/chekt/login');
    await dana.get(await dana.signIn(DANA));
    let fresh: Record<string, string> = {};
    at.answered = async (token) => {
      fresh = token;
      await dana.get('/chekt/logout');
    };
    assert.equal((await dana.get('/chekt/token?reason=rejected&external_dealer_id=adc-67890')).status, 204);
    await until(() => revoked.length === 4, 'not all tokens are given back');
    assert.ok(revoked.includes(fresh.access_token ?? '') && revoked.includes(fresh.refresh_token ?? ''));
  });

  it('keeps a new sign-in that completed while CHeKT was asked about the previous one', async () => {
    const { at, revoked, person } = start();
    const tab = person();
    await tab.get('/chekt/login');
    await tab.get(await tab.signIn(DANA));
    const { access_token } = await (await tab.get('/chekt/browser-token')).json();
    const second = tab.another();
    const callback = await second.signIn(MIRA);
    at.asked = async () => void (await second.get(callback));
    assert.equal((await tab.connect()).status, 200);
    assert.ok(revoked.includes(access_token));
    assert.equal((await (await second.get('/chekt/token')).json()).name, 'Mira Lindqvist');
    assert.equal((await (await second.get('/chekt/session')).json()).binding.connectedBy, 'Dana Reyes');
  });

  it('revokes a sign-in that another tab refreshed while CHeKT was asked', async () => {
    const { at, revoked, person } = start();
    const tab = person();
    await tab.get('/chekt/login');
    const held: (string | undefined)[] = [];
    at.answered = async (token) => void held.push(token.access_token, token.refresh_token);
    await tab.get(await tab.signIn(DANA));
    at.asked = async () => {
      at.asked = undefined;
      assert.equal(
        (await tab.another().get('/chekt/token?reason=rejected&external_dealer_id=adc-67890')).status,
        200,
      );
    };
    assert.equal((await tab.connect()).status, 200);
    assert.equal(new Set(held).size, 4);
    assert.equal((await tab.get('/chekt/token')).status, 204);
    assert.equal((await tab.get('/chekt/browser-token')).status, 204);
    await until(() => revoked.length === 4, 'not all tokens are given back');
    assert.deepEqual(revoked.toSorted(), held.toSorted());
  });

  it('accepts two tabs that return from the sign-in together, and the last one counts', async () => {
    const { at, revoked, person } = start();
    const first = person();
    await first.get('/chekt/login');
    const second = first.another();
    const before = first.another();
    const callbacks = [await first.signIn(DANA), await second.signIn(MIRA)] as const;
    at.answered = async () => {
      at.answered = undefined;
      assert.equal((await second.get(callbacks[1])).status, 302);
    };
    assert.equal((await first.get(callbacks[0])).status, 302);
    assert.equal((await (await first.get('/chekt/token')).json()).name, 'Dana Reyes');
    await until(() => revoked.length === 2, 'the tokens of the other tab are not given back');
    for (const old of [before, second]) assert.equal((await old.get('/chekt/token')).status, 401);
  });

  it('does not let a tab return into a session that another tab has signed out of', async () => {
    const { at, revoked, person } = start();
    const first = person();
    await first.get('/chekt/login');
    const second = first.another();
    const callbacks = [await first.signIn(DANA), await second.signIn(MIRA)] as const;
    at.answered = async () => {
      at.answered = undefined;
      await second.get(callbacks[1]);
      await second.get('/chekt/logout');
    };
    const answer = await first.get(callbacks[0]);
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.headers.getSetCookie(), []);
    await until(() => revoked.length === 4, 'not all tokens are given back');
  });
});

/** A browser at the platform of this file, with its one cookie. */
class Person {
  cookie = '';
  readonly #request: (url: string, init: RequestInit) => Response | Promise<Response>;

  constructor(request: (url: string, init: RequestInit) => Response | Promise<Response>) {
    this.#request = request;
  }

  async get(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, origin).href;
    const response = await this.#request(url, { ...init, headers: { ...init.headers, Cookie: this.cookie } });
    const line = response.headers.getSetCookie().at(-1);
    if (line !== undefined) this.cookie = line.split(';')[0] ?? '';
    return response;
  }

  another(): Person {
    const person = new Person(this.#request);
    person.cookie = this.cookie;
    return person;
  }

  /** To CHeKT and through its pages; returns the callback, not yet opened. */
  async signIn(email: string): Promise<string> {
    const location = (await this.get('/chekt/authorize')).headers.get('Location') ?? '';
    const at = await follow(new Browser(), new URL(location), email, { stopBeforeCallback: true });
    return at.href;
  }

  async connect(): Promise<Response> {
    const { sign_in_id } = await (await this.get('/chekt/token')).json();
    return this.get('/chekt/partner/v1/dealers/connect', {
      method: 'PUT',
      headers: { Origin: origin, 'Idempotency-Key': crypto.randomUUID(), 'Chekt-Sign-In': sign_in_id },
      body: JSON.stringify({ external_dealer_id: ACCOUNT, company_name: 'Acme Security' }),
    });
  }
}
