import type { Commit, Committed } from '../commit-types.js';
import { newPseudonym, Pseudonyms } from '../pseudonyms.js';
import { takeoverOf } from '../takeover.js';
import { applyChange } from './binding-changes.js';
import { lockCommits, lockOperation } from './commit-lock.js';
import { jsonb, type Sql } from './database.js';
import { toSettled } from './rows.js';

export async function commitTo(sql: Sql, asked: Commit): Promise<Committed> {
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
    if (row.is_erased) commit = new Pseudonyms(newPseudonym).commit(asked);
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
    with settled as (
      update chekt.operations
         set outcome = ${outcome}, answer = ${answer}, settled_at = ${now}, holder = null
       where key = ${key}
    ), retired as (
      update chekt.grants set retired_at = ${now}, due_at = ${now}
       where sign_in_id = ${retireGrant ?? null} and retired_at is null
    ), audited as (
      insert into chekt.audit
        (at, action, actor, person, external_dealer_id, dealer_id, company_name, trace_id, request_id, code, api_code,
         outcome)
      select at, action, nullif(actor, 'null'), nullif(person, 'null'), "externalDealerId", "dealerId",
             "companyName", "traceId", "requestId", code, "apiCode", outcome
        from jsonb_to_recordset(${jsonb(audit)}::jsonb) as entry (
               at bigint, action text, actor jsonb, person jsonb, "externalDealerId" text, "dealerId" bigint,
               "companyName" text, "traceId" text, "requestId" text, code text, "apiCode" text, outcome text
             )
    )
    insert into chekt.outbox (type, occurred_at, external_dealer_id, binding, trace_id, actor, due_at)
    select type, "occurredAt", "externalDealerId", nullif(binding, 'null'), "traceId", nullif(actor, 'null'),
           ${now}::bigint
      from jsonb_to_recordset(${jsonb(outbox)}::jsonb) as entry (
             type text, "occurredAt" bigint, "externalDealerId" text, binding jsonb, "traceId" text, actor jsonb
           )`;
  return { status: 'committed', ended: change.ended, taken: change.taken };
}
