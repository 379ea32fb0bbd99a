import { PGlite } from '@electric-sql/pglite';
import { storeOver } from '../../../src/service/store/memory/store.js';
import { Tables } from '../../../src/service/store/memory/tables.js';
import { type Database, postgresStore } from '../../../src/service/store/postgres.js';
import type { Store } from '../../../src/service/store/store.js';
import { connect, createDatabase } from './postgres.js';

export const STORE_KINDS = ['memory', 'pglite', 'postgres'] as const;
export type StoreKind = (typeof STORE_KINDS)[number];

/** The stores of one world: each new one is empty. */
export interface Stores {
  readonly create: () => Promise<Store>;
  /** Everything that all of them hold, as text: each table, each row. */
  readonly dump: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

export async function openStores(kind: StoreKind): Promise<Stores> {
  switch (kind) {
    case 'memory':
      return memoryStores();
    case 'pglite': {
      const database = new PGlite();
      return sqlStores(database, () => database.close());
    }
    case 'postgres': {
      const pool = connect(await createDatabase());
      return sqlStores(pool, () => pool.end());
    }
  }
}

function memoryStores(): Stores {
  const all: Tables[] = [];
  return {
    create: async () => {
      const tables = new Tables();
      all.push(tables);
      return storeOver(tables, { allowHttps: true });
    },
    dump: async () =>
      all.flatMap((tables) =>
        Object.values(tables).flatMap((table) =>
          table instanceof Map ? [...table].map((row) => JSON.stringify(row)) : [],
        ),
      ),
    close: async () => {},
  };
}

/** One database, and a schema for each store: faster than a database for each. */
function sqlStores(database: Database, close: () => Promise<void>): Stores {
  let count = 0;
  return {
    create: async () => {
      const store = postgresStore(database, { schema: `world_${(count += 1)}` });
      await store.migrate();
      return store;
    },
    dump: async () => {
      const { rows: tables } = await database.query(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname like 'world%'`,
      );
      const found: string[] = [];
      for (const { name } of tables as { name: string }[]) {
        const { rows } = await database.query(`select row_to_json(t)::text as row from ${name} t`);
        found.push(...(rows as { row: string }[]).map(({ row }) => row));
      }
      return found;
    },
    close,
  };
}
