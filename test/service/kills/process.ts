/** One process of a platform that kills itself, `kill -9`, at the step that a request names: between any two statements or calls. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import { createChektService, type HookEvent } from '../../../src/service/index.js';
import { toNodeHandler } from '../../../src/service/node.js';
import { postgresStore, type Database, type Queryable } from '../../../src/service/store/postgres.js';
import { MODEL, modelOptions } from '../schedules/platform.js';
import { connect } from '../support/postgres.js';
import { CLOCK_AHEAD, KILL_AFTER, type KillableSettings } from './settings.js';

const { databaseUrl, surroundings } = JSON.parse(process.env['KILLABLE'] ?? '') as KillableSettings;
let left = Infinity;
let ahead = 0;

function step(): void {
  if (left-- <= 0) process.kill(process.pid, 'SIGKILL');
}

async function stepping<Result>(work: () => Promise<Result>): Promise<Result> {
  step();
  const result = await work();
  step();
  return result;
}

function killable(pool: pg.Pool): Database {
  const asking = (connection: Queryable): Queryable => ({
    query: (text, values) => stepping(() => connection.query(text, values)),
  });
  return {
    ...asking(pool),
    connect: async () => {
      const client = await pool.connect();
      return { ...asking(client), release: (destroy) => client.release(destroy) };
    },
  };
}

const real = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = String(input instanceof Request ? input.url : input);
  return stepping(() => real(url.replace(MODEL, surroundings), init));
};
const hear = (event: HookEvent) =>
  real(`${surroundings}/hook`, { method: 'POST', body: JSON.stringify(event) }).then(() => undefined);

const chekt = createChektService({
  ...modelOptions(postgresStore(killable(connect(databaseUrl, 4)))),
  on: { connected: hear, disconnected: hear, lost: hear, unreachable: hear, failed: hear },
  clock: () => Date.now() + ahead,
});
const handle = toNodeHandler(chekt);
const server = createServer((request, response) => {
  left = Number(request.headers[KILL_AFTER] ?? left);
  ahead = Number(request.headers[CLOCK_AHEAD] ?? ahead);
  if (request.url === '/run-due') void chekt.runDue().then(() => response.end('done'));
  else if (request.url === '/reconcile') {
    void chekt.reconcile({ requestsPerMinute: 6_000 }).then(() => response.end('done'));
  } else void handle(request, response);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`);
});
