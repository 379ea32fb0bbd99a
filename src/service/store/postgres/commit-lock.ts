import type { Sql } from './database.js';
import type { OperationRow } from './rows.js';

/**
 * Serializes commits across all processes. So audit rows and events are numbered in commit order, and when
 * two accounts connect the same dealer, the second commit sees the first. CHeKT's rate limits are lower than
 * what this lock lets through.
 */
export async function lockCommits(sql: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('chekt.commit', 0))`;
}

/** `is_erased`: the people of its account were erased since it began. */
type LockedRow = OperationRow & { readonly is_erased: boolean };

/**
 * The same lock, and then the operation, in one statement: a row is locked only once it has come out of the join, and is then read
 * anew, so that what was committed while this waited for the lock is seen.
 */
export async function lockOperation(sql: Sql, key: string): Promise<LockedRow | undefined> {
  const [row] = await sql<LockedRow>`
    with locked as materialized (select pg_advisory_xact_lock(hashtextextended('chekt.commit', 0)))
    select o.*,
           exists (
             select from chekt.newest n
              where n.subject = '["erased",' || to_json(o.account)::text || ']' and n.sequence > o.sequence
           ) as is_erased
      from locked, chekt.operations o where o.key = ${key} for update of o`;
  return row;
}
