import { after, before, describe, it } from 'node:test';
import type pg from 'pg';
import type { PostgresStore } from '../../../src/service/store/postgres.js';
import { storeTests } from '../../../src/service/store/store-tests.js';
import { emptyStores } from '../support/empty-store.js';
import { connect, createDatabase } from '../support/postgres.js';

describe('the PostgreSQL store on a real PostgreSQL, over eight connections', () => {
  let pool: pg.Pool;
  let emptyStore: () => Promise<PostgresStore>;
  before(async () => {
    pool = connect(await createDatabase());
    emptyStore = emptyStores(pool);
  });
  after(() => pool.end());
  storeTests(() => emptyStore(), { test: it });
});
