import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { createChektService } from '../../src/service/index.js';
import { storeOver } from '../../src/service/store/memory.js';
import { Tables } from '../../src/service/store/memory/tables.js';
import type { Store } from '../../src/service/store/store.js';
import { API, Chekt } from './schedules/model/chekt.js';
import { Issuer } from './schedules/model/issuer.js';
import { BASE, ORIGIN, modelOptions } from './schedules/platform.js';
import { emptyStores } from './support/empty-store.js';

const HOUR = 60 * 60_000;
const START = Date.parse('2026-11-02T00:00:00Z');

/** What a store of so many sessions has left behind after 24 hours, once what is due has run. */
async function liveADay(store: Store, sessions: number, count: () => Promise<number> | number) {
  let now = START;
  const issuer = new Issuer(() => now);
  const chekt = new Chekt({
    ...{ keys: 'remembered', unboundDealer: 'not-connected', sameId: 'ok' },
    ...{ otherId: 'replace', idTaken: 'replace' },
  });
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    const body = method === 'GET' ? '' : await request.text();
    return url.startsWith(API)
      ? chekt.answer(
          ...([method, url.slice(API.length), issuer.caller(headers.get('Authorization'))] as const),
          ...([headers.get('Idempotency-Key'), body] as const),
        )
      : issuer.answer(url, new URLSearchParams(body));
  };
  const options = { ...modelOptions(store), clock: () => now, retention: { audit: 1, operations: 1 } };
  const service = createChektService(options);

  /** Each third only looks, begins a sign-in and leaves it, or goes all the way. All use one account in turn. */
  async function visit(index: number): Promise<void> {
    const account = `adc-${index % 10}`;
    const send = (method: string, path: string, headers = {}, body?: string) => {
      const login = { 'X-Login': `u${index}/session-${index}`, Origin: ORIGIN };
      const init = { method, headers: { ...login, ...headers }, ...(body === undefined ? {} : { body }) };
      return service.fetch(new Request(BASE + path, init));
    };
    await send('GET', `/session?external_dealer_id=${account}`);
    if (index % 3 === 0) return;
    const begun = await send('GET', `/authorize?reason=missing&external_dealer_id=${account}`);
    if (index % 3 === 1) return;
    const admin = { sub: `admin-${index}`, name: `Admin ${index}`, dealerId: 1 + (index % 10) };
    const back = issuer.authorize(new URL(begun.headers.get('Location') ?? ''), admin);
    await send('GET', `/callback${back.search}`);
    const token = await send('GET', `/token?reason=initial&external_dealer_id=${account}`);
    const { sign_in_id: signInId } = (await token.json()) as { sign_in_id: string };
    const key = crypto.randomUUID();
    const headers = { 'Idempotency-Key': key, 'Chekt-Sign-In': signInId, 'Content-Type': 'application/json' };
    const body = JSON.stringify({ external_dealer_id: account, company_name: 'Acme Security' });
    const answer = await send('PUT', '/partner/v1/dealers/connect', headers, body);
    assert.ok([200, 429].includes(answer.status), `${answer.status}`);
  }

  try {
    for (let index = 0; index < sessions; index += 1) {
      await visit(index);
      now += (24 * HOUR) / sessions;
      if (index % Math.ceil(sessions / 96) === 0) await service.runDue(); // every quarter of an hour
    }
    await service.stop();
    const full = await count();
    now += 73 * HOUR;
    for (let run = 0; run < 3; run += 1, now += 25 * HOUR) await service.runDue();
    await service.stop();
    return { full, left: await count() };
  } finally {
    globalThis.fetch = realFetch;
  }
}

describe('after many sessions and 24 hours', () => {
  it('the store in memory is flat: 10,000 sessions leave what 100 do', { timeout: 120_000 }, async () => {
    const size = async (sessions: number) => {
      const tables = new Tables();
      const store = storeOver(tables, { allowHttps: false });
      globalThis.gc?.();
      const before = process.memoryUsage().heapUsed;
      const rows = () =>
        Object.values(tables).reduce(
          (sum: number, table) => sum + (table instanceof Map ? table.size : 0),
          0,
        );
      const { full, left } = await liveADay(store, sessions, rows);
      globalThis.gc?.();
      return { full, left, kilobytes: Math.round((process.memoryUsage().heapUsed - before) / 1024) };
    };
    const few = await size(100);
    const many = await size(10_000);
    console.log(`rows: ${JSON.stringify({ few, many })}`);
    assert.ok(many.full > 2_000, `${many.full}`); // there was something to clean up
    assert.ok(many.left <= few.left + 10, `${many.left} rows are left, ${few.left} after 100 sessions`);
  });

  describe('in PostgreSQL (PGlite)', () => {
    const database = new PGlite();
    after(() => database.close());

    it('no table keeps rows of sessions that are over', async () => {
      const empty = emptyStores(database);
      const rows = async () => {
        const { rows } = await database.query<{ table_name: string }>(
          `select table_name from information_schema.tables
            where table_schema = 'chekt' and table_name <> 'schema_version'`,
        );
        let sum = 0;
        for (const { table_name: name } of rows) {
          const counted = await database.query<{ n: number }>(
            `select count(*)::int as n from chekt."${name}"`,
          );
          sum += counted.rows[0]!.n;
        }
        return sum;
      };
      const few = await liveADay(await empty(), 60, rows);
      const many = await liveADay(await empty(), 600, rows);
      assert.ok(many.full > few.full, JSON.stringify({ few, many }));
      assert.ok(many.left <= few.left + 10, JSON.stringify({ few, many }));
    });
  });
});
