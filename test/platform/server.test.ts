import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { startDemo } from '../../demo/server.js';
import { DANA, startWorld } from './support.js';

describe('the demo server', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  it('serves platform and sandbox on two sites', () => {
    assert.match(world.demo.platformOrigin, /^http:\/\/localhost:\d+$/);
    assert.match(world.demo.sandboxOrigin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(world.demo.url, `${world.demo.platformOrigin}/`);
  });

  it('puts the strict policy on every answer', async () => {
    for (const path of ['/', '/dist/chekt-connect.js', '/chekt/session']) {
      const { headers } = await fetch(world.demo.platformOrigin + path);
      const policy = headers.get('Content-Security-Policy') ?? '';
      assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;/);
      assert.ok(policy.includes(`connect-src 'self' ${world.demo.sandboxOrigin};`));
      assert.match(policy, /require-trusted-types-for 'script'; trusted-types chekt-connect$/);
      assert.equal(headers.get('X-Content-Type-Options'), 'nosniff');
      const referrer = path.startsWith('/chekt/') ? 'no-referrer' : 'strict-origin-when-cross-origin';
      assert.equal(headers.get('Referrer-Policy'), referrer);
    }
  });

  it('keeps runs apart: session, sign-in and record', async () => {
    const one = world.visit();
    const two = world.visit();
    for (const [key, cookie] of one.browser.cookies) two.browser.cookies.set(key, cookie);
    await one.signIn(DANA);
    await one.connect();
    assert.equal((await one.session()).bindingStatus, 'connected');
    assert.equal((await two.session()).bindingStatus, 'none');
    assert.deepEqual(await two.sandbox('GET', '/bindings'), []);
    assert.equal((await two.disconnect(12345)).status, 403);
    assert.equal((await one.session()).bindingStatus, 'connected');
  });

  it('knows no run by a bad name, and serves nothing outside of the build', async () => {
    const paths = [
      '/runs/UPPER/chekt/session',
      `/runs/${'a'.repeat(41)}/chekt/session`,
      '/runs//chekt/session',
    ];
    for (const path of [...paths, '/dist/..%2fpackage.json', '/package.json', '/dist/%2e%2e/package.json']) {
      assert.equal((await fetch(world.demo.platformOrigin + path)).status, 404, path);
    }
  });

  it('says which port is taken', async () => {
    for (const [key, host] of [
      ['platformPort', 'localhost'],
      ['sandboxPort', '127.0.0.1'],
    ] as const) {
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(0, host, resolve));
      const { port } = other.address() as AddressInfo;
      await assert.rejects(startDemo({ platformPort: 0, sandboxPort: 0, [key]: port }), {
        message: `Port ${port} is taken. Choose others with PLATFORM_PORT and SANDBOX_PORT.`,
      });
      other.close();
    }
  });
});
