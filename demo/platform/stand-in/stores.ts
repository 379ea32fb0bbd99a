import { memoryStore } from '../../../src/service/store/memory.js';
import { postgresStore, type Database } from '../../../src/service/store/postgres.js';
import type { Store } from '../../../src/service/index.js';

/** Where the records of each run are. */
export interface Stores {
  /** What the run has, or nothing yet. */
  open(run: string): Promise<Store>;
  /** An empty one, in the place of what the run had. */
  renew(run: string): Promise<Store>;
  close(): Promise<void>;
}

export function memoryStores(): Stores {
  return { open: async () => memoryStore(), renew: async () => memoryStore(), close: async () => {} };
}

/**
 * In PostgreSQL where `url` says one, else in PGlite, a PostgreSQL inside this process. A schema for each run. PGlite takes seconds
 * to start, for which the first page waits instead of the whole demo.
 */
export function databaseStores(url?: string): Stores {
  const opening = url ? pool(url) : embedded();
  opening.catch(() => {}); // said by whoever asks for a store
  const open = async (run: string) => {
    const { database } = await opening;
    const store = postgresStore(database, { schema: schemaOf(run) });
    await store.migrate();
    return store;
  };
  return {
    open,
    renew: async (run) => {
      const { database } = await opening;
      await database.query(`drop schema if exists ${schemaOf(run)} cascade`);
      return open(run);
    },
    close: async () => (await opening).close(),
  };
}

/** A run is letters, digits and hyphens, so that no two have one schema. */
function schemaOf(run: string): string {
  return run === 'default' ? 'chekt' : `chekt_${run.replaceAll('-', '_')}`;
}

interface Opened {
  readonly database: Database;
  close(): Promise<void>;
}

async function pool(connectionString: string): Promise<Opened> {
  const { Pool } = await import('pg');
  const database = new Pool({ connectionString });
  return { database, close: () => database.end() };
}

async function embedded(): Promise<Opened> {
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create();
  return { database, close: () => database.close() };
}
