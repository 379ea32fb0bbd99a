import { memoryStore } from '../../../src/service/store/memory.js';
import { postgresStore, type Database } from '../../../src/service/store/postgres.js';
import type { Store } from '../../../src/service/index.js';

/** One store for each run. */
export interface Stores {
  /** The run's store; empty for a new run. */
  open(run: string): Promise<Store>;
  /** Replaces the run's store by an empty one. */
  renew(run: string): Promise<Store>;
  close(): Promise<void>;
}

export function memoryStores(): Stores {
  return { open: async () => memoryStore(), renew: async () => memoryStore(), close: async () => {} };
}

/**
 * In the PostgreSQL at `url`, or else in PGlite, a PostgreSQL inside this process; one schema for each run. PGlite takes seconds to
 * start, so the first request waits for it instead of the start of the demo.
 */
export function databaseStores(url?: string): Stores {
  const opening = url ? pool(url) : embedded();
  opening.catch(() => {}); // reported to whoever opens a store
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

/** A run's name has only letters, digits and hyphens, so no two runs share a schema. */
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
