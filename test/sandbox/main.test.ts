import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { settingsFrom } from '../../demo/sandbox/settings.js';

const FILE = 'demo/sandbox/main.ts';
const root = new URL('../../', import.meta.url);

describe('npm run sandbox', () => {
  const started: ChildProcess[] = [];
  after(() => started.forEach((child) => child.kill('SIGKILL')));

  function start(environment: Record<string, string>) {
    const child = spawn(process.execPath, ['--import', 'tsx', FILE], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const printed = async (pattern: RegExp) => {
      while (!pattern.test(output)) await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
      return output;
    };
    return {
      child,
      printed,
      ended: once(child, 'close').then(([code]) => ({ code: code as number, output })),
    };
  }

  it('is a script of the package', async () => {
    const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
    assert.equal(scripts.sandbox, `tsx ${FILE}`);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`prints its URLs, and stops on ${signal} despite an open connection`, async () => {
      const origins = { PLATFORM_ORIGINS: 'http://localhost:4100, http://localhost:4101' };
      const { child, printed, ended } = start({ SANDBOX_PORT: '0', ...origins });
      const text = await printed(/mira@harbor\.example.*\n/);
      const [origin = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      for (const said of [
        `Partner API   ${origin}\n`,
        `issuer      ${origin}\n`,
        `issuer      ${origin}/m2m/\n`,
        'northwind-sign-in, secret northwind-sign-in-sample-secret',
        'northwind-m2m, key id northwind-key-1, private key in demo/sandbox/sample-data/northwind-m2m.sample-key.pem',
        'dana@acme.example, password try-chekt: dealer admin of Acme Security Systems, Inc. (dealer 12345)',
        `${origin}/sandbox/runs/default`,
      ]) {
        assert.ok(text.includes(said), said);
      }
      const page = { headers: { Origin: 'http://localhost:4101' } };
      const controls = await fetch(`${origin}/sandbox/runs/default/events`, page);
      assert.equal(controls.headers.get('Access-Control-Allow-Origin'), 'http://localhost:4101');
      child.kill(signal);
      assert.equal((await ended).code, 0);
      await controls.body?.cancel().catch(() => undefined);
    });
  }

  it('says which port is in use and how to set a free one', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, output } = await start({ SANDBOX_PORT: String(port) }).ended;
    server.close();
    assert.equal(code, 1);
    assert.equal(output, `Port ${port} is in use. Set SANDBOX_PORT to a free port.\n`);
  });

  it('reads its settings from the environment', () => {
    assert.deepEqual(settingsFrom({}), {
      port: 5174,
      platformOrigins: ['http://localhost:3000', 'http://localhost:5173'],
      redirectUris: [],
    });
    const redirect = 'https://app.northwind.example/api/callback';
    assert.deepEqual(settingsFrom({ SANDBOX_PORT: '8100', PLATFORM_ORIGINS: '', REDIRECT_URIS: redirect }), {
      ...settingsFrom({}),
      port: 8100,
      redirectUris: [redirect],
    });
  });

  for (const [environment, message] of [
    [{ SANDBOX_PORT: 'x' }, /^SANDBOX_PORT is "x"/],
    [{ SANDBOX_PORT: '65536' }, /^SANDBOX_PORT/],
    [
      { PLATFORM_ORIGINS: 'http://localhost:3000/app' },
      /^PLATFORM_ORIGINS has "http:\/\/localhost:3000\/app"/,
    ],
    [{ PLATFORM_ORIGINS: 'localhost' }, /^PLATFORM_ORIGINS/],
    [{ REDIRECT_URIS: '/callback' }, /^REDIRECT_URIS has "\/callback"/],
  ] as const) {
    it(`names the variable that cannot be used: ${JSON.stringify(environment)}`, () => {
      assert.throws(() => settingsFrom(environment), { message });
    });
  }
});
