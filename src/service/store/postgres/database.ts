/** The only method that a connection needs. */
export interface Queryable {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/**
 * PGlite, or a partner's adapter for another driver. The work runs on one connection and is rolled back if it
 * rejects.
 */
export interface TransactionalDatabase extends Queryable {
  transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>;
}

/** What pg's Pool and its clients tell by events. */
interface Telling {
  on?(event: 'error', listener: (error: Error) => void): unknown;
  off?(event: 'error', listener: (error: Error) => void): unknown;
}

/** pg.Pool. */
export interface PoolDatabase extends Queryable, Telling {
  connect(): Promise<Queryable & Telling & { release(destroy?: boolean): void }>;
  listenerCount?(event: 'error'): number;
}

export type Database = TransactionalDatabase | PoolDatabase;

/**
 * A connection that PostgreSQL ends while it is idle is an event of the pool, and an 'error' that nobody hears ends the process.
 * Where the partner listens, that is enough.
 */
export function hearLostConnections(database: Database, tell: (error: Error) => void): void {
  if (!('connect' in database) || database.listenerCount?.('error')) return;
  database.on?.('error', tell);
}

/**
 * A jsonb parameter. JSON may spell NUL and half of a surrogate pair, which a name that was cut in an emoji has; PostgreSQL refuses both.
 */
export function jsonb(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'string' ? inner.replaceAll('\0', '').toWellFormed() : inner,
  );
}

/** Runs the statement that a template literal holds; each `${value}` becomes a parameter. */
export type Sql = <Row>(text: TemplateStringsArray, ...values: readonly unknown[]) => Promise<Row[]>;

/**
 * Replaces `chekt.` by the configured schema. Qualified names need no `search_path`, and so no session state.
 */
export function inSchema(text: string, schema: string): string {
  return text.replaceAll(/\bchekt\./g, `"${schema}".`);
}

/** By the literal itself: the same one comes with every call. */
const statements = new WeakMap<TemplateStringsArray, Map<string, string>>();

function statementOf(text: TemplateStringsArray, schema: string): string {
  const known = statements.get(text) ?? new Map<string, string>();
  const statement =
    known.get(schema) ??
    inSchema(
      text.reduce((start, rest, index) => `${start}$${index}${rest}`),
      schema,
    );
  statements.set(text, known.set(schema, statement));
  return statement;
}

export function sqlOn(connection: Queryable, schema: string): Sql {
  return async <Row>(text: TemplateStringsArray, ...values: readonly unknown[]) => {
    const { rows } = await connection.query(statementOf(text, schema), [...values]);
    return rows as Row[];
  };
}

/**
 * Runs the work as "read committed", also in a transaction of a partner's adapter: under a stricter level, a commit would not see
 * what was committed while it waited for the lock.
 */
export async function transact<Result>(
  database: Database,
  work: (connection: Queryable) => Promise<Result>,
): Promise<Result> {
  if ('transaction' in database) {
    return database.transaction(async (connection) => {
      await connection.query('set transaction isolation level read committed');
      return work(connection);
    });
  }
  const client = await database.connect();
  let broken = false;
  const lose = () => void (broken = true); // the statement that is under way, or the next one, rejects
  client.on?.('error', lose);
  try {
    await client.query('begin isolation level read committed');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    client.off?.('error', lose);
    client.release(broken);
  }
}

/** A serialization conflict or a deadlock: nothing was written, so the transaction can be retried. */
const RETRYABLE_SQLSTATES = ['40001', '40P01'];

export async function retrying<Result>(run: () => Promise<Result>, tries = 4): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (tries <= 1 || !RETRYABLE_SQLSTATES.includes(codeOf(error))) throw error;
    return retrying(run, tries - 1);
  }
}

/** SQLSTATE. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
