import { retrying, type Database, type Sql, sqlOn, transact } from './database.js';
import { checkSchema } from './schema.js';

/** Gives access to the database once the schema has been found to be the right one. */
export class Connection {
  readonly #database: Database;
  readonly #schema: string;
  #ready: Promise<void> | undefined;

  constructor(database: Database, schema: string) {
    this.#database = database;
    this.#schema = schema;
  }

  /** Runs one statement in its own transaction. */
  readonly sql: Sql = async (text, ...values) => {
    await this.#checked();
    return retrying(() => sqlOn(this.#database, this.#schema)(text, ...values));
  };

  /**
   * Runs several statements in a transaction. The work may run again after a deadlock, so it must have no
   * other effects.
   */
  readonly transaction = async <Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> => {
    await this.#checked();
    return retrying(() => transact(this.#database, (connection) => work(sqlOn(connection, this.#schema))));
  };

  /** Checks the schema again, even if it was right before. */
  async check(): Promise<void> {
    this.#ready = undefined;
    await this.#checked();
  }

  async #checked(): Promise<void> {
    this.#ready ??= checkSchema(this.#database, this.#schema);
    const asked = this.#ready;
    try {
      await asked;
    } catch (error) {
      // Not cached after a failure, because the problem may be fixed while this process runs.
      if (this.#ready === asked) this.#ready = undefined;
      throw error;
    }
  }
}
