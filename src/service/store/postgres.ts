import { consoleLogger, errorFields, type Logger } from '../log.js';
import { postgresBindings } from './postgres/bindings.js';
import { Connection } from './postgres/connection.js';
import { codeOf, hearLostConnections, type Database } from './postgres/database.js';
import { postgresEvents } from './postgres/events.js';
import { postgresGrants } from './postgres/grants.js';
import { postgresHousekeeping } from './postgres/housekeeping.js';
import { postgresLeases, postgresLimits, postgresPlatformTokens } from './postgres/limits.js';
import { postgresOperations } from './postgres/operations.js';
import { migrate, StoreSchemaError } from './postgres/schema.js';
import { postgresSignIns } from './postgres/sign-ins.js';
import type { Store } from './store.js';

export type { Database, PoolDatabase, Queryable, TransactionalDatabase } from './postgres/database.js';
export { type Migration, postgresMigrations, StoreSchemaError } from './postgres/schema.js';

export interface PostgresStore extends Store {
  /**
   * Creates the schema and its tables, or upgrades them to this version. Every process may call it at every
   * start.
   * @throws {StoreSchemaError} with the driver's error as its `cause`
   */
  migrate(): Promise<void>;
}

/**
 * A store in PostgreSQL 13 or later, for any number of processes.
 *
 * @param database A `pg.Pool`, a PGlite, or anything with `query()` and `transaction()`. A pooler in transaction mode is fine:
 *   no session state is used.
 * @param options.schema The schema of its tables, default `chekt`: lower-case letters, digits and `_`.
 * @param options.logger Hears of lost connections, unless the pool has an `error` listener already. Default: the console.
 */
export function postgresStore(
  database: Database,
  { schema = 'chekt', logger = consoleLogger }: { schema?: string; logger?: Pick<Logger, 'warn'> } = {},
): PostgresStore {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new TypeError(
      `postgresStore: "${schema}" is not a valid schema name. Use lower-case letters, digits and _.`,
    );
  }
  hearLostConnections(database, (error) =>
    logger.warn(
      errorFields(error),
      'An idle connection to PostgreSQL was lost; the next statement opens a new one.',
    ),
  );
  const connection = new Connection(database, schema);
  return {
    kind: 'postgres',
    checkOrigin() {},
    checkReady: () => connection.check(),
    migrate: async () => {
      await migrate(database, schema).catch((error: unknown) => {
        throw new StoreSchemaError(
          `The tables in the schema "${schema}" could not be made (${codeOf(error) || 'no SQLSTATE'}). The database has to be up, ` +
            'and its user has to be allowed to create a schema and tables; or apply the published SQL files with your own tool.',
          { cause: error },
        );
      });
      await connection.check();
    },
    ...postgresSignIns(connection),
    ...postgresGrants(connection),
    ...postgresLeases(connection),
    ...postgresOperations(connection),
    ...postgresBindings(connection),
    ...postgresEvents(connection),
    ...postgresLimits(connection),
    ...postgresPlatformTokens(connection),
    ...postgresHousekeeping(connection),
  };
}
