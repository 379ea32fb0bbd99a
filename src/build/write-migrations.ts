import { mkdirSync, writeFileSync } from 'node:fs';
import { postgresMigrations } from '../service/store/postgres.js';

/** The versions of the schema as files, for a partner's own migration tool. */
export function writeMigrations(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const { version, sql } of postgresMigrations) {
    writeFileSync(`${folder}/${String(version).padStart(3, '0')}.sql`, sql.trimStart());
  }
}
