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

/** `is_erased`: the people of its account were erased since it began. */
type LockedRow = OperationRow & { readonly is_erased: boolean };

/** The operation, under the lock: in a statement of its own, which sees what was committed while this waited for the lock. */
export async function lockOperation(sql: Sql, key: string): Promise<LockedRow | undefined> {
  await lockCommits(sql);
  const [row] = await sql<LockedRow>`
    select o.*,
           exists (
             select from chekt.newest n
              where n.subject = '["erased",' || to_json(o.account)::text || ']' and n.sequence > o.sequence
           ) as is_erased
      from chekt.operations o where o.key = ${key} for update`;
  return row;
}
