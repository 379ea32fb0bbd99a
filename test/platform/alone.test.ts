import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createPlatform, Sessions, type PlatformOptions } from '../../demo/platform/index.js';
import { createSandbox, type Sandbox } from '../../demo/sandbox/index.js';

const origin = 'https://app.northwind.example';

/** What a partner has: the platform on https with its own login, and nothing of the demo. */
describe('the platform by itself', () => {
  let sandbox: Sandbox;
  before(async () => void (sandbox = await createSandbox({ platformOrigins: [origin] })));
  after(() => sandbox.close());

  function start(at: Partial<PlatformOptions> = {}) {
    const options = {
      origin,
      basePath: '/integrations/chekt',
      platformName: 'Northwind Cloud',
      modes: ['service', 'browser'] as const,
      platformScope: 'read:dealer',
      dealerScope: 'openid profile email offline_access',
      issuer: sandbox.origin,
      audience: 'https://api.chekt.com/partner',
      apiBaseUrl: sandbox.origin,
      clientId: 'northwind-platform',
      clientSecret: 'northwind-sample-secret',
      upstreamTimeout: 300,
      ...at,
    };
    const sessions = new Sessions(options);
    const app = createPlatform({ ...options, sessions });
    app.get('/login', (c) => {
      sessions.start(c, 'adc-67890');
      return c.text('Welcome');
    });
    const send = (path: string, init: RequestInit = {}) =>
      app.request(`${origin}/integrations/chekt${path}`, init);
    const logIn = async () => (await send('/login')).headers.getSetCookie().at(-1) ?? '';
    /** A call for which the platform has to ask CHeKT. */
    const report = async () => {
      const headers = { Cookie: (await logIn()).split(';')[0] ?? '', Origin: origin };
      return send('/partner/v1/dealers/12345/disconnect', { method: 'PUT', headers });
    };
    return { send, logIn, report };
  }

  it('has nobody signed in at first', async () => {
    const { send } = start();
    for (const path of ['/session', '/token', '/browser-token', '/authorize']) {
      assert.equal((await send(path)).status, 401, path);
    }
  });

  it('has the routes of its modes only', async () => {
    const statuses = async (...modes: PlatformOptions['modes']) => {
      const { send } = start({ modes });
      const headers = { Origin: origin };
      return [
        (await send('/token')).status,
        (await send('/partner/v1/dealers/connect', { method: 'PUT', headers })).status,
        (await send('/browser-token')).status,
        (await send('/bindings', { method: 'POST', headers })).status,
      ];
    };
    assert.deepEqual(await statuses('service'), [401, 401, 404, 404]);
    assert.deepEqual(await statuses('browser'), [404, 404, 401, 401]);
  });

  it('uses a __Host- cookie on https', async () => {
    const { logIn, send } = start();
    const line = await logIn();
    assert.match(line, /^__Host-platform_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const session = await send('/session', { headers: { Cookie: line.split(';')[0] ?? '' } });
    assert.equal((await session.json()).externalDealerId, 'adc-67890');
    const unprefixed = { Cookie: (line.split(';')[0] ?? '').replace('__Host-', '') };
    assert.equal((await send('/session', { headers: unprefixed })).status, 401);
  });

  it('waits for CHeKT only as long as configured', async () => {
    const { report } = start();
    for (const kind of ['stall', 'stall-body']) {
      await fetch(`${sandbox.origin}/sandbox/runs/default/faults`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ faults: [{ on: 'dealer', kind }] }),
      });
      assert.equal((await report()).status, 502, kind);
    }
    assert.equal((await report()).status, 403); // CHeKT is back, and knows of no such connection
  });

  it('starts while CHeKT is down, says so, and works once CHeKT is back', async () => {
    const away = await createSandbox({ platformOrigins: [origin] });
    await away.close();
    const { logIn, send, report } = start({ issuer: away.origin, apiBaseUrl: away.origin });
    const headers = { Cookie: (await logIn()).split(';')[0] ?? '' };
    assert.equal((await send('/session', { headers })).status, 200);
    assert.equal((await send('/authorize', { headers })).status, 502);
    assert.equal((await report()).status, 502);
    const back = await createSandbox({ port: Number(new URL(away.origin).port), platformOrigins: [origin] });
    try {
      assert.equal((await send('/authorize', { headers })).status, 302);
      assert.equal((await report()).status, 403);
    } finally {
      await back.close();
    }
  });
});
