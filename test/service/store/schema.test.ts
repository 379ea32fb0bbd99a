import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type pg from 'pg';
import {
  postgresMigrations,
  postgresStore,
  type TransactionalDatabase,
} from '../../../src/service/store/postgres.js';
import { begun, connect as bind } from '../../../src/service/store/store-tests/samples.js';
import { connect, createDatabase } from '../support/postgres.js';

const latest = postgresMigrations.at(-1)!.version;

describe('the schema in PostgreSQL', () => {
  let url: string;
  let pool: pg.Pool;
  before(async () => {
    url = await createDatabase();
    pool = connect(url);
  });
  after(() => pool.end());
  beforeEach(() => pool.query('drop schema if exists chekt cascade'));

  it('is required with a message that says what to do if it is missing', async () => {
    const store = postgresStore(pool);
    const expected = { name: 'StoreSchemaError', message: /schema "chekt" .* no tables .*migrate\(\)/ };
    await assert.rejects(store.checkReady(), expected);
    await assert.rejects(store.findBinding({ account: 'adc-1' }), expected);
    await postgresStore(pool).migrate();
    await store.checkReady();
    assert.equal(await store.findBinding({ account: 'adc-1' }), null);
  });

  it('is created once when many processes start at the same time, and keeps its records', async () => {
    await Promise.all(Array.from({ length: 5 }, () => postgresStore(pool).migrate()));
    const store = postgresStore(pool);
    await bind(store);
    await store.migrate();
    assert.equal((await store.findBinding({ account: 'adc-1' }))?.status, 'connected');
  });

  it('says what the migration needs, if it fails', async () => {
    const role = `guest_${process.pid}`;
    await pool.query(`create role ${role} login`);
    const asGuest = new URL(url);
    asGuest.username = role;
    const guest = connect(asGuest.href);
    await assert.rejects(postgresStore(guest).migrate(), (error: Error) => {
      assert.equal(error.name, 'StoreSchemaError');
      assert.match(error.message, /schema "chekt" could not be made \(42501\)\. .* allowed to create/);
      assert.match(String(error.cause), /permission denied/);
      return true;
    });
    await guest.end();
    await pool.query(`drop role ${role}`);
  });

  it('can be created by another tool from the published SQL', async () => {
    await pool.query('create schema chekt');
    for (const { sql } of postgresMigrations) await pool.query(sql);
    await postgresStore(pool).checkReady();
  });

  it('is refused if it is older than this version, or too new for it', async () => {
    const store = postgresStore(pool);
    await store.migrate();
    await pool.query('delete from chekt.schema_version where version < $1', [latest]);
    await pool.query('update chekt.schema_version set version = $1', [latest - 1]);
    const older = `has version ${latest - 1}, and this chekt-connect needs ${latest}: run .*migrate\\(\\)`;
    await assert.rejects(store.checkReady(), new RegExp(older));
    const [newer, oldestReader] = [latest + 2, latest + 1];
    const update = 'update chekt.schema_version set version = $1, oldest_reader = $2';
    await pool.query(update, [newer, oldestReader]);
    const tooNew = `has version ${newer}, .* cannot read: update chekt-connect`;
    await assert.rejects(store.checkReady(), new RegExp(tooNew));
  });

  // IQSS/dataverse #8278, OpenSIPS/opensips-cp #93
  it('is refused in a database that cannot spell every name', async () => {
    await pool.query("create database latin1 encoding 'LATIN1' locale 'C' template template0");
    const latin = connect(Object.assign(new URL(url), { pathname: '/latin1' }).href);
    try {
      await assert.rejects(postgresStore(latin).migrate(), /encoded in LATIN1, and names need UTF8/);
    } finally {
      await latin.end();
      await pool.query('drop database latin1');
    }
  });

  it('is accepted if it is newer and only has additions', async () => {
    const store = postgresStore(pool);
    await store.migrate();
    const insert = 'insert into chekt.schema_version (version, oldest_reader) values ($1, $2)';
    await pool.query(insert, [latest + 1, latest]);
    await pool.query("alter table chekt.bindings add column later text default 'x'");
    await store.checkReady();
    await bind(store);
    assert.equal((await store.findBinding({ account: 'adc-1' }))?.binding.dealerId, 12345);
  });

  it('can have another name, and two can be in one database', async () => {
    const [one, two] = [postgresStore(pool, { schema: 'user' }), postgresStore(pool, { schema: 'two' })];
    await one.migrate();
    await two.migrate();
    await bind(one);
    await begun(two);
    assert.equal((await one.findBinding({ account: 'adc-1' }))?.status, 'connected');
    assert.equal(await two.findBinding({ account: 'adc-1' }), null);
    assert.throws(() => postgresStore(pool, { schema: 'x"; drop table y' }), /not a valid schema name/);
  });

  it('needs no more than query() and transaction()', async () => {
    const database: TransactionalDatabase = {
      query: (text, values) => pool.query(text, values),
      async transaction(work) {
        const client = await pool.connect();
        try {
          await client.query('begin');
          const result = await work(client);
          await client.query('commit');
          return result;
        } finally {
          client.release();
        }
      },
    };
    const store = postgresStore(database);
    await store.migrate();
    assert.equal((await bind(store)).status, 'committed');
  });

  it('leaves no session state to a pooler', async () => {
    const single = connect(url, 1);
    const store = postgresStore(single);
    await store.migrate();
    const held = `select count(*)::int as locks from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`;
    const settings = `select current_setting('search_path') as path, current_setting('transaction_isolation') as level`;
    const before = (await single.query(settings)).rows;
    await begun(store);
    await bind(store);
    assert.deepEqual((await single.query(held)).rows, [{ locks: 0 }]);
    assert.deepEqual((await single.query('select name from pg_prepared_statements')).rows, []);
    assert.deepEqual((await single.query(settings)).rows, before);
    await single.end();
  });

  it('is written to correctly if the database has a stricter isolation level', async () => {
    await postgresStore(pool).migrate();
    const strict = connect(`${url}&options=-c%20default_transaction_isolation%3Dserializable`);
    const store = postgresStore(strict);
    const spend = () => store.spend({ bucket: 'b', capacity: 3, perMinute: 1, now: 0 });
    const answers = await Promise.all(Array.from({ length: 4 }, spend));
    assert.equal(answers.filter(({ allowed }) => allowed).length, 3);
    await strict.end();
  });
});
