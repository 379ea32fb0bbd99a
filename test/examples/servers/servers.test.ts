import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { createSandbox, type Sandbox } from '../../../demo/sandbox/index.js';
import { Person } from '../../service/person.js';
import { createDatabase } from '../../service/support/postgres.js';
import { ACCOUNT, DANA } from '../../service/world.js';
import { startExample } from './server.js';

const folder = 'demo/examples/servers';
const examples = {
  'Express 5, behind express.json() and with a session of its own': ['express/server.js'],
  'Next.js route handlers': ['next/chekt.js', 'next/app/chekt/[...path]/route.js'],
  Hono: ['hono/server.js'],
  Fastify: ['fastify/server.js'],
};

describe('the example of a server with', () => {
  let sandbox: Sandbox;
  before(async () => void (sandbox = await createSandbox({ platformOrigins: [] })));
  after(() => sandbox.close());

  for (const [name, files] of Object.entries(examples)) {
    it(`${name} connects and disconnects a dealer, and is at most 40 lines`, async () => {
      const code = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('');
      const lines = code.split('\n').filter((line) => line.trim() !== '' && !/login'|\blogIn\(/.test(line));
      assert.ok(lines.length <= 40, `${lines.length} lines`);

      await fetch(`${sandbox.describe().controls}/reset`, { method: 'POST', body: '{}' });
      const start = files[0]?.startsWith('next/')
        ? '../../../test/examples/servers/next-server.js'
        : files[0];
      const server = await startExample(start ?? '', sandbox.describe(), await createDatabase());
      try {
        const person = new Person({ origin: server.origin, options: {} }, {});
        assert.equal((await person.get('/session')).status, 401);
        await person.browser.fetch(`${server.origin}/login`);
        assert.equal((await person.session()).accountName, 'Acme, Springfield');
        const back = await person.signIn(DANA);
        assert.equal(back.href, `${server.origin}/`);
        assert.equal((await person.token()).name, 'Dana Reyes');

        const connect = await person.connect();
        assert.equal(connect.status, 200, await connect.clone().text());
        const { binding, bindingStatus } = await person.session();
        assert.deepEqual([binding.dealerId, bindingStatus], [12345, 'connected']);
        assert.equal((await person.disconnect(12345)).status, 200);
        assert.equal((await person.session()).bindingStatus, 'none');
        assert.equal((await person.connect({ account: `${ACCOUNT}-other` })).status, 403);
        assert.equal(server.said(), '');
      } finally {
        await server.stop();
      }
    });
  }
});
