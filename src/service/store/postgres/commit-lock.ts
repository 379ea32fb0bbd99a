import { erasureSubject } from '../subjects.js';
import type { Sql } from './database.js';
import type { OperationRow } from './rows.js';

/**
 * Serializes commits across all processes. So audit rows and events are numbered in commit order, and when
 * two accounts connect the same dealer, the second commit sees the first. CHeKT's rate limits are lower than
 * what this lock lets through.
 */
export async function lockCommits(sql: Sql): Promise<void> {
  await sql`select chekt.lock_commits()`;
}

/** The operation, under the lock: in a statement of its own, which sees what was committed while this waited for the lock. */
export async function lockOperation(sql: Sql, key: string): Promise<OperationRow | undefined> {
  await lockCommits(sql);
  const [row] = await sql<OperationRow>`select * from chekt.operations where key = ${key} for update`;
  return row;
}

/** Whether the people of the operation's account were erased since it began. */
export async function isErasedSince(sql: Sql, { account, sequence }: OperationRow): Promise<boolean> {
  const rows = await sql`
    select from chekt.newest where subject = ${erasureSubject(account)} and sequence > ${sequence}::bigint`;
  return rows.length > 0;
}
