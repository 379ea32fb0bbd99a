import type { Sql } from './database.js';

/**
 * Commits come one after the other, over all processes: so the order of audit rows and events is that of the commits, and which
 * of two accounts has a dealer is decided by one that sees what the other did. CHeKT allows fewer calls than this lock does.
 */
export async function lockCommits(sql: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('chekt.commit', 0))`;
}
