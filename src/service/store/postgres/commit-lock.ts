import type { Sql } from './database.js';

/**
 * Serializes commits across all processes. So audit rows and events are numbered in commit order, and when
 * two accounts connect the same dealer, the second commit sees the first. CHeKT's rate limits are lower than
 * what this lock lets through.
 */
export async function lockCommits(sql: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('chekt.commit', 0))`;
}
