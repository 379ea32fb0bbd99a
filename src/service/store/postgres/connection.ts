import { again, type Database, type Sql, sqlOn, transact } from './database.js';
import { checkSchema } from './schema.js';

/** The database as the store uses it: no statement before the schema has been found to be the right one. */
export class Connection {
  readonly #database: Database;
  readonly #schema: string;
  #ready: Promise<void> | undefined;

  constructor(database: Database, schema: string) {
    this.#database = database;
    this.#schema = schema;
  }

  /** One statement, which is its own transaction. */
  readonly sql: Sql = async (text, ...values) => {
    await this.#checked();
    return again(() => sqlOn(this.#database, this.#schema)(text, ...values));
  };

  /** Several statements on one connection. The work may run again after a deadlock, so it does nothing but ask this database. */
  readonly transaction = async <Result>(work: (sql: Sql) => Promise<Result>): Promise<Result> => {
    await this.#checked();
    return again(() => transact(this.#database, (connection) => work(sqlOn(connection, this.#schema))));
  };

  /** Asks again, also where the schema was found right before. */
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
      // What is wrong can be put right while this process runs.
      if (this.#ready === asked) this.#ready = undefined;
      throw error;
    }
  }
}
