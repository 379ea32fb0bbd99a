import type { Sql } from './database.js';
import type { OperationRow } from './rows.js';

/**
 * Commits come one after the other, over all processes: so the order of audit rows and events is that of the commits, and which
 * of two accounts has a dealer is decided by one that sees what the other did. CHeKT allows fewer calls than this lock does.
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
