import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it } from 'node:test';
import { Exchange } from '../../demo/sandbox/exchange/exchange.js';
import { Runs } from '../../demo/sandbox/store/runs.js';

it('answers 500 to a bug of the sandbox, and writes it to the console', async (t) => {
  const run = new Runs(Date.now).get();
  assert.ok(run);
  const written = t.mock.method(console, 'error', () => undefined);
  const bug = new TypeError('a bug');
  const server = createServer((request, response) => {
    void Exchange.begin(run, 'dealer', request, response).answer(() => Promise.reject(bug));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  assert.equal(answer.status, 500);
  assert.match(await answer.text(), /The sandbox has a bug\. See its console\./);
  assert.deepEqual(
    written.mock.calls.map(({ arguments: [error] }) => error),
    [bug],
  );
  server.closeAllConnections();
  server.close();
});
