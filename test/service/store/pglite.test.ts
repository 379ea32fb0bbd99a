import { after, describe, it } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { storeTests } from '../../../src/service/store/store-tests.js';
import { emptyStores } from '../support/empty-store.js';

describe('the PostgreSQL store on PGlite', () => {
  const database = new PGlite();
  after(() => database.close());
  storeTests(emptyStores(database), { test: it });
});
