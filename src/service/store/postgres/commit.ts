import type { Commit, Committed } from '../commit-types.js';
import { newPseudonym, Pseudonyms } from '../pseudonyms.js';
import { accountSubject, dealerSubject, erasureSubject } from '../subjects.js';
import { takeoverOf } from '../takeover.js';
import { applyChange, rowOf } from './binding-changes.js';
import { isErasedSince, lockCommits, lockOperation } from './commit-lock.js';
import type { Connection } from './connection.js';
import { jsonb, type Sql } from './database.js';
import { toSettled } from './rows.js';

export async function commitTo({ sql, transaction }: Connection, commit: Commit): Promise<Committed> {
  if (await commitAtOnce(sql, commit)) return { status: 'committed', ended: null, taken: [] };
  return transaction((steps) => commitInSteps(steps, commit));
}

/** Commits the usual end of a connect in one call. @returns false, with nothing written, if the commit needs the steps */
async function commitAtOnce(sql: Sql, commit: Commit): Promise<boolean> {
  const { now, operation, change, retireGrant = null, audit, outbox } = commit;
  if (!operation || change?.kind !== 'put' || change.confirmed || change.replaces !== undefined) return false;
  const { key, outcome, answer } = operation;
  const { binding, apiOrigin } = change.binding;
  const { externalDealerId: account, dealerId } = binding;
  const [row] = await sql<{ committed: boolean }>`
    select chekt.commit_connect(
             ${now}, ${key}, ${outcome}, ${answer}, ${retireGrant}, ${jsonb(audit)}, ${jsonb(outbox)},
             jsonb_populate_record(null::chekt.bindings, ${jsonb(rowOf(change.binding))}),
             ${accountSubject(account)}, ${dealerSubject(apiOrigin, dealerId)}, ${erasureSubject(account)}
           ) as committed`;
  return row?.committed === true;
}

async function commitInSteps(sql: Sql, asked: Commit): Promise<Committed> {
  const { now, operation, retireGrant } = asked;
  let commit = asked;
  let sequence: number | undefined;
  if (!operation) await lockCommits(sql);
  else {
    const row = await lockOperation(sql, operation.key);
    if (!row) return { status: 'no-operation' };
    const settled = toSettled(row);
    if (settled) return { status: 'settled', operation: settled };
    sequence = Number(row.sequence);
    if (await isErasedSince(sql, row)) commit = new Pseudonyms(newPseudonym).commit(asked);
  }

  const change = commit.change
    ? await applyChange(sql, commit.change, { now, sequence })
    : ({ status: 'changed', ended: null, taken: [] } as const);
  if (change.status !== 'changed') return { status: change.status };

  const takeovers = change.taken.map((binding) => takeoverOf(binding, commit));
  const audit = [...commit.audit, ...takeovers.map((takeover) => takeover.audit)];
  const outbox = [...commit.outbox, ...takeovers.flatMap((takeover) => takeover.outbox)];
  const { key = null, outcome = null, answer = null } = operation ?? {};
  await sql`
    select chekt.write_result(
             ${now}, ${key}, ${outcome}, ${answer}, ${retireGrant ?? null}, ${jsonb(audit)}, ${jsonb(outbox)}
           )`;
  return { status: 'committed', ended: change.ended, taken: change.taken };
}
