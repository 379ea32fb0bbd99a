import { codeOf, type Database, inSchema, sqlOn, transact } from './database.js';
import { migration001 } from './migrations/001.js';

export interface Migration {
  readonly version: number;
  /** The statements, for a schema called `chekt`. */
  readonly sql: string;
}

/**
 * All versions of the schema, the oldest first. Each only adds to the last, so the previous minor version
 * runs on it.
 */
export const postgresMigrations: readonly Migration[] = [{ version: 1, sql: migration001 }];

const needed = postgresMigrations.at(-1)!.version;

/** Applies the missing migrations in one transaction. Several processes may do so at once. */
export async function migrate(database: Database, schema: string): Promise<void> {
  await transact(database, async (connection) => {
    const sql = sqlOn(connection, schema);
    await sql`select pg_advisory_xact_lock(hashtextextended(${`chekt-connect migrate ${schema}`}, 0))`;
    await connection.query(`create schema if not exists "${schema}"`);
    const [found] = await sql<{ present: boolean }>`
      select to_regclass(${`"${schema}".schema_version`}) is not null as present`;
    const [applied] = found?.present
      ? await sql<{ version: number }>`select max(version) as version from chekt.schema_version`
      : [];
    for (const { version, sql: text } of postgresMigrations) {
      if (version <= (applied?.version ?? 0)) continue;
      for (const statement of statementsOf(text)) await connection.query(inSchema(statement, schema));
    }
  });
}

/** One by one, because a parameterized protocol takes no more. A function's body, between `$$`, is part of its statement. */
function statementsOf(text: string): readonly string[] {
  return (text.match(/(?:\$\$[^]*?\$\$|[^$])+?;\s*$/gm) ?? []).filter((part) => part.trim() !== '');
}

/** Rejects, with a message that says what to do, unless the schema has this version. */
export async function checkSchema(database: Database, schema: string): Promise<void> {
  const sql = sqlOn(database, schema);
  const rows = await sql<{ version: number | null; oldest: number | null; encoding: string }>`
    select max(version) as version, max(oldest_reader) as oldest, current_setting('server_encoding') as encoding
      from chekt.schema_version`.catch((error: unknown) => {
    if (!['42P01', '3F000'].includes(codeOf(error))) throw error;
    return [];
  });
  const { version = null, oldest = null, encoding } = rows[0] ?? {};
  const how = 'run postgresStore(pool).migrate(), or apply the published SQL files with your own tool';
  if (version === null || oldest === null) {
    throw new StoreSchemaError(
      `The schema "${schema}" of the database has no tables of chekt-connect: ${how}.`,
    );
  }
  if (version < needed) {
    throw new StoreSchemaError(
      `The schema "${schema}" of the database has version ${version}, and this chekt-connect needs ${needed}: ${how}.`,
    );
  }
  if (oldest > needed) {
    throw new StoreSchemaError(
      `The schema "${schema}" of the database has version ${version}, which a newer chekt-connect has made and this one ` +
        `(version ${needed}) cannot read: update chekt-connect.`,
    );
  }
  // otherwise the first name that it cannot spell fails, after CHeKT has recorded it
  if (encoding !== 'UTF8') {
    throw new StoreSchemaError(
      `The database is encoded in ${encoding}, and names need UTF8: use another database.`,
    );
  }
}

export class StoreSchemaError extends Error {
  override readonly name = 'StoreSchemaError';
}
