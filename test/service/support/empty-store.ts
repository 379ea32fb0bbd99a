import { type Database, type PostgresStore, postgresStore } from '../../../src/service/store/postgres.js';

/** Empties the same tables for each test, which is much faster than recreating them. */
export function emptyStores(database: Database): () => Promise<PostgresStore> {
  const store = postgresStore(database);
  const migrated = () => (first ??= store.migrate());
  let first: Promise<void> | undefined;
  return async () => {
    await migrated();
    const { rows } = await database.query(
      `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables
         from pg_tables where schemaname = 'chekt' and tablename <> 'schema_version'`,
    );
    const [{ tables }] = rows as [{ tables: string }];
    await database.query(`truncate ${tables}`);
    return store;
  };
}
