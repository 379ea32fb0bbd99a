import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PGlite } from '@electric-sql/pglite';
import { createChektService } from '../../src/service/index.js';
import { storeOver } from '../../src/service/store/memory/store.js';
import { Tables } from '../../src/service/store/memory/tables.js';
import type { Store } from '../../src/service/store/store.js';
import { Chekt } from './schedules/model/chekt.js';
import { Issuer } from './schedules/model/issuer.js';
import { Visitor } from './schedules/model/visitor.js';
import { answering } from './schedules/model/answering.js';
import { modelOptions } from './schedules/platform.js';
import { emptyStores } from './support/empty-store.js';

/** 10,000 in `npm run soak`. */
const SESSIONS = Number(process.env['SESSIONS'] ?? 300);
/** Compared with as many again and more: the first sessions also warm up compiled code and caches. */
const FEW = Math.ceil(SESSIONS / 2);
const HOUR = 60 * 60_000;
const SWITCHES = {
  keys: 'remembered',
  unboundDealer: 'not-connected',
  sameId: 'ok',
  otherId: 'replace',
  idTaken: 'replace',
} as const;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** One process of the service, in a time of its own. */
class Life {
  #now = Date.parse('2026-11-02T00:00:00Z');
  #sessions = 0;
  readonly #service;

  constructor(store: Store) {
    const clock = () => this.#now;
    const retention = { audit: 1, operations: 1 };
    this.#service = createChektService({ ...modelOptions(store), clock, retention });
  }

  /** 24 hours with so many sessions, and then three days in which nobody comes. */
  async day(sessions: number, count: () => Promise<number> | number) {
    const issuer = new Issuer(() => this.#now);
    const restore = answering(issuer, new Chekt(SWITCHES));
    try {
      for (let index = 0; index < sessions; index += 1) {
        await this.#visit(issuer);
        this.#now += (24 * HOUR) / sessions;
        // every quarter of an hour
        if (index % Math.ceil(sessions / 96) === 0) await this.#service.runDue();
      }
      await this.#service.stop();
      const full = await count();
      this.#now += 73 * HOUR;
      for (let run = 0; run < 3; run += 1, this.#now += 25 * HOUR) await this.#service.runDue();
      await this.#service.stop();
      return { full, left: await count() };
    } finally {
      restore();
    }
  }

  /** One third only looks, one begins a sign-in and leaves it, one goes all the way. Ten accounts have them in turn. */
  async #visit(issuer: Issuer): Promise<void> {
    const index = (this.#sessions += 1);
    const visitor = new Visitor(this.#service, index, `adc-${index % 10}`);
    await visitor.send('GET', `/session?external_dealer_id=${visitor.account}`);
    if (index % 3 === 0) return;
    if (index % 3 === 1) return void (await visitor.authorize());
    const admin = { sub: `admin-${index}`, name: `Admin ${index}`, dealerId: 1 + (index % 10) };
    const answer = await visitor.connect(await visitor.signIn(issuer, admin));
    const text = await answer.text();
    assert.equal(answer.status, 200, `session ${index}: ${answer.status} ${text}`);
  }
}

describe('after many sessions and 24 hours', () => {
  it(`rows and heap are flat: ${SESSIONS} sessions leave what ${FEW} do`, async () => {
    const tables = new Tables();
    const maps = Object.values(tables).filter((table) => table instanceof Map);
    const rows = () => maps.reduce((sum, table) => sum + table.size, 0);
    const life = new Life(storeOver(tables, { allowHttps: false }));
    const kilobytes = async () => {
      // What a finalizer lets go of is only gone in the next round.
      for (let round = 0; round < 4; round += 1) {
        collectGarbage();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return Math.round(process.memoryUsage().heapUsed / 1024);
    };
    const few = { ...(await life.day(FEW, rows)), kilobytes: await kilobytes() };
    const many = { ...(await life.day(SESSIONS, rows)), kilobytes: await kilobytes() };
    console.log(`${SESSIONS} sessions: ${JSON.stringify({ few, many })}`);
    assert.ok(many.full > SESSIONS / 5, `${many.full}`); // there was something to clean up
    assert.ok(many.left <= few.left, `${many.left} rows are left, ${few.left} after ${FEW} sessions`);
    assert.ok(many.kilobytes - few.kilobytes < 2_048, `${many.kilobytes - few.kilobytes} kB more`);
  });

  describe('in PostgreSQL (PGlite)', () => {
    const database = new PGlite();
    after(() => database.close());

    it('no table keeps rows of sessions that are over', async () => {
      const rows = async () => {
        const { rows: tables } = await database.query<{ name: string }>(
          `select table_name as name from information_schema.tables
            where table_schema = 'chekt' and table_name <> 'schema_version'`,
        );
        const counts = tables.map(({ name }) => `(select count(*) from chekt."${name}")`);
        const counted = await database.query<{ sum: number }>(`select (${counts.join(' + ')})::int as sum`);
        return counted.rows[0]!.sum;
      };
      const life = new Life(await emptyStores(database)());
      const few = await life.day(30, rows);
      const many = await life.day(120, rows);
      assert.ok(many.full > few.full, JSON.stringify({ few, many }));
      assert.ok(many.left <= few.left, JSON.stringify({ few, many }));
    });
  });
});
