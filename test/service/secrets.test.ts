import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Store } from '../../src/service/index.js';
import { memoryStore } from '../../src/service/store/memory.js';
import { ACCOUNT, DANA, MIRA, startWorld, TOM, until, type World } from './world.js';

/** Records every value that is passed to the store, as it would be in a table. */
function recording(store: Store, written: string[]): Store {
  return new Proxy(store, {
    get: (target, name: keyof Store) => {
      const value = target[name];
      if (typeof value !== 'function') return value;
      return (request: unknown) => {
        if (request !== undefined) written.push(JSON.stringify(request));
        return (value as (request: unknown) => unknown).call(target, request);
      };
    },
  });
}

describe('secrets', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  it('are in no table, log line or error: no token, code, state, verifier, session id, key or client secret', async () => {
    const written: string[] = [];
    const secrets = new Set<string>();
    const sent = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const response = await sent(input, init);
      const url = String(input instanceof Request ? input.url : input);
      if (/oauth\/token/.test(url)) {
        const body = (await response
          .clone()
          .json()
          .catch(() => ({}))) as Record<string, unknown>;
        for (const name of ['access_token', 'refresh_token', 'id_token']) {
          if (typeof body[name] === 'string') secrets.add(body[name]);
        }
        const form = new URLSearchParams(String(init?.body ?? ''));
        for (const name of ['code', 'code_verifier', 'client_secret', 'client_assertion', 'refresh_token']) {
          const value = form.get(name);
          if (value && value !== 'chekt-connect-check') secrets.add(value);
        }
      }
      return response;
    };
    try {
      let now = Date.now();
      const platform = await world.platform({ clock: () => now, store: recording(memoryStore(), written) });
      const person = platform.person({ sessionId: 'the-session-id-of-the-login' });
      secrets.add('the-session-id-of-the-login');
      for (const { key } of platform.options.encryptionKeys) secrets.add(key);

      const authorize = await person.authorize();
      secrets.add(authorize.searchParams.get('state') ?? '');
      secrets.add(authorize.searchParams.get('nonce') ?? '');
      await person.follow(authorize, DANA);
      await person.get('/browser-token');
      await person.token('reason=rejected');
      await platform.fault(
        { on: 'connect', kind: 'reset-after' },
        { on: 'connect', kind: 'status', status: 401 },
      );
      const key = crypto.randomUUID();
      for (let attempt = 0; attempt < 3; attempt++) await person.connect({ key });
      await person.signIn(TOM);
      await person.connect();
      await person.signIn(MIRA, { deny: true });
      await person.token();
      await person.disconnect(12345);
      await platform.fault({
        on: 'token',
        kind: 'status',
        status: 400,
        code: 'invalid_request',
        shape: 'oauth',
      });
      await person.signIn(DANA);
      await platform.fault({ on: 'revoke', kind: 'status', status: 503, times: null });
      await person.signIn(MIRA, { reason: 'switch' });
      await platform.chekt.check();
      now += 25 * 60 * 60_000;
      await platform.chekt.runDue();
      await until(async () => (await platform.calls(/revoke/)).length > 0);

      assert.ok(secrets.size > 15, `${secrets.size}`);
      const seen = [...written, ...platform.log.map((line) => JSON.stringify(line))];
      assert.ok(seen.some((text) => text.includes(ACCOUNT)) && platform.log.length > 3);
      for (const secret of secrets) {
        assert.ok(!seen.some((text) => text.includes(secret)), `${secret.slice(0, 6)}… was written`);
      }
      const logged = platform.log.map((line) => JSON.stringify(line)).join('\n');
      assert.doesNotMatch(logged, /Dana|Mira|acme\.example|code=|state=|Bearer|eyJ/);
    } finally {
      globalThis.fetch = sent;
    }
  });
});
