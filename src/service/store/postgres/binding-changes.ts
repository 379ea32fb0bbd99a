import type { BindingChange } from '../commit-types.js';
import type { NewBinding, StoredBinding } from '../records.js';
import { accountSubject, dealerSubject, removalSubject } from '../subjects.js';
import { jsonb, type Sql } from './database.js';
import { type BindingRow, type Int, toBinding } from './rows.js';

type Changed =
  | {
      readonly status: 'changed';
      readonly ended: StoredBinding | null;
      readonly taken: readonly StoredBinding[];
    }
  | { readonly status: 'superseded' | 'unchanged' };

/** `sequence` is that of the operation that the commit settles. */
interface Moment {
  readonly now: number;
  readonly sequence: number | undefined;
}

type Change<Kind extends BindingChange['kind']> = Extract<BindingChange, { kind: Kind }>;

export function applyChange(sql: Sql, change: BindingChange, moment: Moment): Promise<Changed> {
  switch (change.kind) {
    case 'put':
      return put(sql, change, moment);
    case 'end':
      return end(sql, change, moment);
    case 'forget':
      return forget(sql, change);
    case 'mark':
      return mark(sql, change, moment);
    case 'report':
      return report(sql, change);
    case 'drop-report':
      return dropReport(sql, change);
  }
}

const done = (ended: StoredBinding | null = null, taken: readonly StoredBinding[] = []): Changed => ({
  status: 'changed',
  ended,
  taken,
});

async function put(
  sql: Sql,
  { binding: made, confirmed, replaces }: Change<'put'>,
  moment: Moment,
): Promise<Changed> {
  const { binding, apiOrigin } = made;
  const { externalDealerId: account, dealerId } = binding;
  if (replaces !== undefined) {
    const [known] = await sql<BindingRow>`select * from chekt.bindings where account = ${account}`;
    if (replaces !== (known ? toBinding(known).sequence : null)) return { status: 'superseded' };
  }
  const subjects = [accountSubject(account), dealerSubject(apiOrigin, dealerId)] as const;
  const sequence = await noteNewest(sql, subjects, confirmed ? undefined : moment.sequence);
  if (sequence === null) return { status: 'superseded' };
  const removed = await sql<BindingRow & { account: string }>`
    select * from chekt.put_binding(
      jsonb_populate_record(null::chekt.bindings, ${jsonb({ ...rowOf(made), sequence })})
    )`;
  const before = removed.find((other) => other.account === account);
  const ended = before && toBinding(before);
  const same = ended?.apiOrigin === apiOrigin && ended.binding.dealerId === dealerId;
  const taken = removed.filter((other) => other.account !== account);
  return done(same ? null : (ended ?? null), taken.map(toBinding));
}

/** The columns of `chekt.bindings`, but for the sequence. */
export function rowOf(made: NewBinding) {
  const { binding, status } = made;
  return {
    account: binding.externalDealerId,
    api_origin: made.apiOrigin,
    client_id: made.clientId,
    dealer_id: binding.dealerId,
    binding,
    status,
    status_at: made.statusAt,
    checked_at: made.checkedAt,
    operation_key: made.operationKey,
    trace_id: made.traceId,
  };
}

async function end(
  sql: Sql,
  { account, dealerId, environment: { apiOrigin }, confirmed }: Change<'end'>,
  moment: Moment,
): Promise<Changed> {
  const subjects = [accountSubject(account), dealerSubject(apiOrigin, dealerId)] as const;
  const sequence = await noteNewest(sql, subjects, confirmed ? undefined : moment.sequence);
  if (sequence === null) return { status: 'superseded' };
  const [ended] = await sql<BindingRow>`
    with reported as (
      delete from chekt.reports where account = ${account} and dealer_id = ${dealerId}
    )
    delete from chekt.bindings
     where account = ${account} and api_origin = ${apiOrigin} and dealer_id = ${dealerId}
    returning *`;
  return done(ended ? toBinding(ended) : null);
}

async function forget(sql: Sql, { account, sequence }: Change<'forget'>): Promise<Changed> {
  const [ended] = await sql<BindingRow>`
    delete from chekt.bindings where account = ${account} and sequence = ${sequence} returning *`;
  if (!ended) return { status: 'unchanged' };
  await sql`delete from chekt.reports where account = ${account}`;
  await noteRemoval(sql, account);
  return done(toBinding(ended));
}

async function mark(
  sql: Sql,
  { account, sequence, status, binding }: Change<'mark'>,
  { now }: Moment,
): Promise<Changed> {
  const [before] = await sql<BindingRow>`
    select * from chekt.bindings b
     where account = ${account} and sequence = ${sequence}
       and not exists (select from chekt.operations o where o.account = b.account and o.outcome is null)`;
  if (!before) return { status: 'unchanged' };
  const said = binding ? jsonb(binding) : null;
  await sql`
    update chekt.bindings
       set binding = coalesce(${said}::jsonb, binding), checked_at = greatest(checked_at, ${now}::bigint),
           status_at = case when status = ${status}::text then status_at else ${now}::bigint end,
           status = ${status}::text
     where account = ${account}`;
  return before.status === status ? { status: 'unchanged' } : done();
}

async function report(sql: Sql, { report: row }: Change<'report'>): Promise<Changed> {
  const { account, dealerId, session, actor, apiOrigin, clientId, traceId, reportedBy, createdAt, dueAt } =
    row;
  await sql`
    insert into chekt.reports
      (account, dealer_id, session, actor, api_origin, client_id, trace_id, reported_by, created_at, due_at)
    values
      (${account}, ${dealerId}, ${session}, ${actor}, ${apiOrigin}, ${clientId}, ${traceId},
       ${jsonb(reportedBy)}::jsonb, ${createdAt}, ${dueAt})
    on conflict (account, dealer_id) do update
      set session = excluded.session, actor = excluded.actor, api_origin = excluded.api_origin,
          client_id = excluded.client_id, trace_id = excluded.trace_id, reported_by = excluded.reported_by,
          created_at = excluded.created_at, due_at = excluded.due_at, attempts = 0`;
  return done();
}

async function dropReport(sql: Sql, { account, dealerId }: Change<'drop-report'>): Promise<Changed> {
  const rows = await sql`
    delete from chekt.reports where account = ${account} and dealer_id = ${dealerId} returning account`;
  return rows.length > 0 ? done() : { status: 'unchanged' };
}

/** Notes that the platform has removed the record or erased its people: what had begun before is not sent again. */
export async function noteRemoval(sql: Sql, account: string): Promise<void> {
  await sql`
    insert into chekt.newest (subject, sequence) values (${removalSubject(account)}, nextval('chekt.sequence'))
    on conflict (subject) do update set sequence = excluded.sequence`;
}

/** Notes the operation, or the confirmation of now, as the newest of its account and dealer. Null: a newer one is known. */
async function noteNewest(
  sql: Sql,
  [ofAccount, ofDealer]: readonly [string, string],
  operation: number | undefined,
): Promise<number | null> {
  const [noted] = await sql<{ sequence: Int | null }>`
    select chekt.note_newest(${ofAccount}, ${ofDealer}, ${operation ?? null}) as sequence`;
  return noted && noted.sequence !== null ? Number(noted.sequence) : null;
}
