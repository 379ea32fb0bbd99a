import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { createSandbox, type Sandbox } from '../../../demo/sandbox/index.js';
import { Person } from '../../service/person.js';
import { createDatabase } from '../../service/support/postgres.js';
import { startProxy } from '../../service/support/proxy.js';
import { ACCOUNT, DANA, until } from '../../service/world.js';
import { keyPairEnv, readmeEnv, startExample } from './server.js';

const folder = 'demo/examples/servers';
const examples = {
  'Express 5, behind express.json() and with a session of its own': { files: ['express.js'], env: readmeEnv },
  'Next.js route handlers': {
    files: ['next/chekt.js', 'next/app/chekt/[...path]/route.js'],
    start: 'next/server.js',
    env: keyPairEnv,
  },
  Hono: { files: ['hono.js'], env: keyPairEnv },
  Fastify: { files: ['fastify.js'], env: keyPairEnv },
};

describe('the example of a server with', () => {
  let sandbox: Sandbox;
  before(async () => void (sandbox = await createSandbox({ platformOrigins: [] })));
  after(() => sandbox.close());

  /** Everything that a page does, in the browser of one person. */
  async function connectAndDisconnect(origin: string): Promise<void> {
    const { controls } = sandbox.describe();
    await fetch(`${controls}/reset`, { method: 'POST', body: '{}' });
    const person = new Person({ origin, options: {} }, {});
    assert.equal((await person.get('/session')).status, 401);
    await person.browser.fetch(`${origin}/login`);
    assert.equal((await person.session()).accountName, 'Acme');
    const back = await person.signIn(DANA);
    assert.equal(back.href, `${origin}/`);
    assert.equal((await person.token()).name, 'Dana Reyes');

    const connect = await person.connect();
    assert.equal(connect.status, 200, await connect.clone().text());
    const { binding, bindingStatus } = await person.session();
    assert.deepEqual([binding.dealerId, bindingStatus], [12345, 'connected']);
    // the service verifies the connect after its answer; a dealer that is disconnected by then would be in its log
    await until(async () => {
      const calls = (await (await fetch(`${controls}/log`)).json()) as { method: string; path: string }[];
      return calls.some(({ method, path }) => method === 'GET' && path.endsWith('/dealers/12345'));
    });
    assert.equal((await person.disconnect(12345)).status, 200);
    assert.equal((await person.session()).bindingStatus, 'none');
    assert.equal((await person.connect({ account: `${ACCOUNT}-other` })).status, 403);
  }

  for (const [name, { files, env, ...how }] of Object.entries(examples)) {
    const [first = ''] = files;
    const start = 'start' in how ? how.start : first;

    it(`${name} is at most 40 lines`, () => {
      const code = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('');
      const lines = code.split('\n').filter((line) => line.trim() !== '' && !/\blogIn\(/.test(line));
      assert.ok(lines.length <= 40, `${lines.length} lines`);
    });

    it(`${name} connects and disconnects a dealer`, async () => {
      const databaseUrl = await createDatabase();
      const server = await startExample({ file: start, databaseUrl, env: await env(sandbox.describe()) });
      try {
        await connectAndDisconnect(server.origin);
        assert.doesNotMatch(server.said(), /^(error|warning|chekt-connect)/m);
      } finally {
        await server.stop();
      }
    });
  }

  it('Express works as two processes behind a balancer that takes them in turn', async () => {
    const ports: number[] = [];
    const proxy = await startProxy(() => ports);
    const options = {
      file: 'express.js',
      databaseUrl: await createDatabase(),
      env: await readmeEnv(sandbox.describe()),
      origin: proxy.origin,
    };
    const servers = await Promise.all([startExample(options), startExample(options)]);
    ports.push(...servers.map(({ port }) => port));
    try {
      await connectAndDisconnect(proxy.origin);
      for (const { said } of servers) assert.doesNotMatch(said(), /^(error|warning|chekt-connect)/m);
    } finally {
      await Promise.all(servers.map(({ stop }) => stop()));
      await proxy.close();
    }
  });
});
