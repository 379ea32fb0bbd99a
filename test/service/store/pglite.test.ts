import { after, describe, it } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { postgresStore } from '../../../src/service/store/postgres.js';
import { storeTests } from '../../../src/service/store/store-tests.js';

describe('the PostgreSQL store on PGlite', () => {
  const database = new PGlite();
  after(() => database.close());

  let created = 0;
  storeTests(
    async () => {
      const store = postgresStore(database, { schema: `store_${(created += 1)}` });
      await store.migrate();
      return store;
    },
    { test: it },
  );
});
