import type { Commit, Committed } from '../commit.js';
import { takeoverOf } from '../takeover.js';
import { applyChange } from './change.js';
import { lockCommits } from './commit-lock.js';
import type { Sql } from './database.js';
import { type OperationRow, toSettled } from './rows.js';
import { appendAudit, appendHook } from './events.js';

export async function commitTo(sql: Sql, commit: Commit): Promise<Committed> {
  const { now, operation, retireGrant } = commit;
  await lockCommits(sql);
  let sequence: number | undefined;
  if (operation) {
    const [row] = await sql<OperationRow>`
      select * from chekt.operations where key = ${operation.key} for update`;
    if (!row) return { status: 'no-operation' };
    const settled = toSettled(row);
    if (settled) return { status: 'settled', operation: settled };
    sequence = Number(row.sequence);
  }

  const change = commit.change
    ? await applyChange(sql, commit.change, { now, sequence })
    : ({ status: 'changed', ended: null, taken: [] } as const);
  if (change.status !== 'changed') return { status: change.status };

  if (operation) {
    await sql`
      update chekt.operations
         set outcome = ${operation.outcome}, answer = ${operation.answer}, settled_at = ${now}, holder = null
       where key = ${operation.key}`;
  }
  if (retireGrant !== undefined) {
    await sql`
      update chekt.grants set retired_at = ${now}, due_at = ${now}
       where sign_in_id = ${retireGrant} and retired_at is null`;
  }
  const takeovers = change.taken.map((binding) => takeoverOf(binding, commit));
  for (const entry of [...commit.audit, ...takeovers.map(({ audit }) => audit)]) {
    await appendAudit(sql, entry);
  }
  for (const entry of [...commit.outbox, ...takeovers.flatMap(({ outbox }) => outbox)]) {
    await appendHook(sql, entry, now);
  }
  return { status: 'committed', ended: change.ended, taken: change.taken };
}
