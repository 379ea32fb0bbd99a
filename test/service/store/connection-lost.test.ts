import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { transact } from '../../../src/service/store/postgres/database.js';
import { postgresStore } from '../../../src/service/store/postgres.js';
import { connect, createDatabase } from '../support/postgres.js';

/** PostgreSQL stops or starts anew: pg tells it by an event, and an 'error' that nobody hears ends the process. */
describe('a connection that PostgreSQL ends', () => {
  let pool: pg.Pool;
  let admin: pg.Client;
  const lines: object[] = [];
  const log = (fields: object) => void lines.push(fields);

  before(async () => {
    const url = await createDatabase();
    pool = connect(url, 1);
    admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await postgresStore(pool, { logger: { warn: log } }).migrate();
  });
  after(async () => {
    await pool.end();
    await admin.end();
  });

  const endOthers = () =>
    admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  const removed = () => new Promise<void>((resolve) => pool.once('remove', () => resolve()));

  it('is logged if it was idle, and the next statement opens a new one', async () => {
    const gone = removed();
    await endOthers();
    await gone;
    assert.deepEqual(lines, [{ error: 'error', errorCode: '57P01' }]);
    await postgresStore(pool).checkReady();
    assert.equal(pool.listenerCount('error'), 1, 'of however many stores on one pool');
  });

  it('fails the transaction that it was in, and nothing else', async () => {
    const broken = transact(pool, async (connection) => {
      const gone = new Promise((resolve) => setTimeout(resolve, 300));
      await endOthers();
      await gone;
      await connection.query('select 1');
    });
    await assert.rejects(broken);
    await postgresStore(pool).checkReady();
  });

  it('leaves a listener of the partner alone', () => {
    const own = new pg.Pool();
    own.on('error', () => undefined);
    postgresStore(own);
    assert.equal(own.listenerCount('error'), 1);
  });
});
