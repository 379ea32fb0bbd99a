import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type pg from 'pg';
import { postgresMigrations, postgresStore } from '../../../src/service/store/postgres.js';
import type { Intent, Store } from '../../../src/service/store/store.js';
import {
  audit,
  begin,
  begun,
  binding,
  connect as bind,
  drain,
  grant,
  hook,
  NOW,
  signIn,
} from '../../../src/service/store/store-tests/samples.js';
import { emptyStores } from '../support/empty-store.js';
import { connect, createDatabase } from '../support/postgres.js';

/** By the package, and by a partner's own migration tool. */
const migrations = {
  'migrate()': (pool: pg.Pool) => postgresStore(pool).migrate(),
  'the published SQL files': async (pool: pg.Pool) => {
    await pool.query('create schema chekt');
    for (const { sql } of postgresMigrations) await pool.query(sql);
  },
} as const;

for (const [how, migrate] of Object.entries(migrations)) test(how, migrate);

/** Two pools of one connection each, like those of two processes: they share only the database. */
function test(how: string, migrate: (pool: pg.Pool) => Promise<void>): void {
  describe(`two processes on one PostgreSQL, migrated by ${how}`, () => {
    let pools: pg.Pool[];
    let stores: readonly [Store, Store];
    let empty: () => Promise<unknown>;

    before(async () => {
      const url = await createDatabase();
      pools = [connect(url, 1), connect(url, 1)];
      await migrate(pools[0]!);
      empty = emptyStores(pools[0]!);
      stores = [postgresStore(pools[0]!), postgresStore(pools[1]!)];
    });
    after(() => Promise.all(pools.map((pool) => pool.end())));
    beforeEach(() => empty());

    /** Runs the act in both processes at the same time. */
    const both = <Result>(act: (store: Store, process: string) => Promise<Result>) =>
      Promise.all(stores.map((store, index) => act(store, `process-${index}`)));

    /** Repeats a race many times, because it is lost only sometimes. */
    const often = async (race: (round: number) => Promise<void>) => {
      for (let round = 0; round < 25; round += 1) await race(round);
    };

    it('refresh a grant once: one gets the lease', () =>
      often(async (round) => {
        const request = { name: `refresh:${round}`, ttlMs: 10_000, now: NOW };
        const leases = await both((store, holder) => store.lease({ ...request, holder }));
        assert.deepEqual(leases.toSorted(), [false, true]);
      }));

    it('write a grant once over the same version, whoever holds the lease', () =>
      often(async (round) => {
        const signInId = `sign-in-${round}`;
        await stores[0].startGrant(grant({ signInId }));
        const written = await both((store, process) =>
          store.writeGrant({ signInId, ifVersion: 1, sealed: `k1:${process}` }),
        );
        const won = written.filter((found) => found !== null);
        assert.equal(won.length, 1);
        assert.deepEqual(await stores[1].findGrant({ signInId }), won[0]);
      }));

    it('keep one grant of an owner when two of its sign-ins complete at the same time', () =>
      often(async (round) => {
        const account = `adc-${round}`;
        await both((store, process) => store.startGrant(grant({ account, signInId: `${process}-${round}` })));
        const retired = await stores[0].takeRevocations({ now: NOW, leaseMs: 1, limit: 10 });
        assert.equal(retired.length, 1);
        await stores[0].dropGrants({ grants: retired });
      }));

    it('leave no grant in use when its session ends at the same time', () =>
      often(async (round) => {
        const [stateHash, session, account] = [`state-${round}`, `session-${round}`, `adc-${round}`];
        await stores[0].beginSignIn(signIn({ stateHash, session, account }));
        await stores[0].takeSignIn({ stateHash, session, now: NOW });
        const signInId = `ended-${round}`;
        await Promise.all([
          stores[0].startGrant(grant({ session, account, signInId, stateHash })),
          stores[1].endSession({ session, now: NOW }),
        ]);
        assert.equal((await stores[0].findGrant({ signInId }))?.retired, true);
      }));

    it('begin an operation once, and again once after a crash', () =>
      often(async (round) => {
        const key = `key-${round}`;
        const statuses = async (now: number) =>
          (await both((store, holder) => begin(store, { key }, { holder, now }))).map(({ status }) => status);
        assert.deepEqual((await statuses(NOW)).toSorted(), ['new', 'running']);
        assert.deepEqual((await statuses(NOW + 30_000)).toSorted(), ['new', 'running']);
      }));

    it('bind a key to the sign-in that came first', () =>
      often(async (round) => {
        const bound = (signInId: string): Partial<Intent> => ({ key: `key-${round}`, signInId });
        const [first, second] = await both((store, process) => begin(store, bound(process)));
        assert.deepEqual([first?.status, second?.status].toSorted(), ['conflict', 'new']);
      }));

    it('settle an operation once', () =>
      often(async (round) => {
        const key = `key-${round}`;
        await begun(stores[0], { key });
        const operation = { key, outcome: 'applied', answer: null } as const;
        const event = hook('adc-1', { traceId: key });
        const committed = await both((store) =>
          store.commit({ now: NOW, operation, audit: [], outbox: [event] }),
        );
        assert.deepEqual(committed.map(({ status }) => status).toSorted(), ['committed', 'settled']);
        assert.equal((await drain(stores[0])).length, 1);
      }));

    it('deliver the events of an account in order, each once', async () => {
      const traces = Array.from({ length: 20 }, (_, index) => `${index}`);
      for (const traceId of traces) {
        await stores[0].commit({ now: NOW, audit: [], outbox: [hook('adc-1', { traceId })] });
      }
      const told: (string | null)[] = [];
      const work = async (store: Store) => {
        while (told.length < traces.length) {
          for (const { id, attempts, traceId } of await store.takeOutbox({
            now: NOW,
            leaseMs: 60_000,
            limit: 5,
          })) {
            told.push(traceId);
            // Simulates a slow hook, during which the other process looks for work.
            await new Promise((resolve) => setTimeout(resolve, 2));
            await store.settleOutbox({ events: [{ id, attempts }], result: 'done', now: NOW });
          }
        }
      };
      await Promise.all(stores.map(work));
      assert.deepEqual(told, traces);
    });

    it('leave a dealer with one account, and notify the other', () =>
      often(async (round) => {
        const dealerId = round + 1;
        const accounts = [`a-${round}`, `b-${round}`];
        const committed = await both((store, process) =>
          bind(store, accounts[process === 'process-0' ? 0 : 1], dealerId),
        );
        assert.deepEqual(
          committed.map(({ status }) => status),
          ['committed', 'committed'],
        );
        const taken = committed.flatMap((result) => (result.status === 'committed' ? result.taken : []));
        assert.equal(taken.length, 1);
        const loser = taken[0]!.binding.externalDealerId;
        for (const account of accounts) {
          const found = await stores[1].findBinding({ account });
          assert.equal(found === null, account === loser);
        }
        const told = (await drain(stores[1])).filter(({ type }) => type === 'lost');
        assert.deepEqual(
          told.map(({ externalDealerId }) => externalDealerId),
          [loser],
        );
      }));

    it('keep no person who was erased while a commit waited for the lock', async () => {
      for (const [dealerId, confirmed, level] of [
        [1, false, 'read committed'],
        [2, true, 'read committed'],
        [3, false, 'repeatable read'],
      ] as const) {
        await pools[0]!.query(`set default_transaction_isolation = '${level}'`);
        const key = `erased-${confirmed}-${level}`;
        const account = `adc-${key}`;
        await begun(stores[0], { key, account });
        // An erasure in its last moment: it has the lock, and has not committed.
        const client = await pools[1]!.connect();
        await client.query('begin');
        await client.query('select chekt.lock_commits()');
        const committing = stores[0].commit({
          now: NOW,
          operation: { key, outcome: 'applied', answer: null },
          change: { kind: 'put', binding: binding(account, dealerId), confirmed },
          audit: [audit(account)],
          outbox: [],
        });
        const waits = `select from pg_locks where locktype = 'advisory' and not granted`;
        while ((await client.query(waits)).rowCount === 0)
          await new Promise((resolve) => setTimeout(resolve, 5));
        await client.query(`insert into chekt.newest values ($1, nextval('chekt.sequence'))`, [
          JSON.stringify(['erased', account]),
        ]);
        await client.query('commit');
        client.release();
        assert.equal((await committing).status, 'committed');
        const { items } = await stores[0].listAudit({ account, limit: 9 });
        assert.equal(items.length, 1);
        assert.match(items[0]!.actor!.id, /^person-/);
        assert.equal(items[0]!.person!.name, null);
      }
      await pools[0]!.query('reset default_transaction_isolation');
    });

    it('take different events, revocations and operations', async () => {
      for (let index = 0; index < 20; index += 1) {
        await stores[0].startGrant(grant({ signInId: `sign-in-${index}` }));
        await begun(stores[0], { key: `key-${index}`, signInId: 'another', account: `adc-${index}` });
      }
      const later = { now: NOW + 60_000, leaseMs: 60_000, limit: 4 };
      const grants = (await both((store) => store.takeRevocations(later))).flat();
      assert.equal(new Set(grants.map(({ signInId }) => signInId)).size, grants.length);
      const operations = (await both((store, holder) => store.takeOperations({ ...later, holder }))).flat();
      assert.equal(new Set(operations.map(({ key }) => key)).size, operations.length);
      assert.equal(operations.length, 8);
    });
  });
}
