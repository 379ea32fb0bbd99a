import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import type { PostgresStore } from '../../../src/service/store/postgres.js';
import { storeTests } from '../../../src/service/store/store-tests.js';
import { emptyStores } from '../support/empty-store.js';
import { createDatabase } from '../support/postgres.js';

/**
 * brianc/node-pg-types #118, ts-safeql/safeql #184: platforms have pg read a bigint as they like, and a jsonb not at all. The tests
 * over HTTP have it as it comes.
 */
const types = {
  getTypeParser: ((type: number, format?: 'text') => {
    if (type === pg.types.builtins.INT8) return BigInt;
    return type === pg.types.builtins.JSONB ? String : pg.types.getTypeParser(type, format);
  }) as typeof pg.types.getTypeParser,
};

describe('the PostgreSQL store on a real PostgreSQL, over eight connections', () => {
  let pool: pg.Pool;
  let emptyStore: () => Promise<PostgresStore>;
  before(async () => {
    pool = new pg.Pool({ connectionString: await createDatabase(), max: 8, types });
    emptyStore = emptyStores(pool);
  });
  after(() => pool.end());
  storeTests(() => emptyStore(), { test: it });
});
