import { pageOf } from '../page-of.js';
import { Pseudonyms } from '../pseudonyms.js';
import { erasureSubject } from '../subjects.js';
import type { AuditEntry, Events } from '../store.js';
import { noteRemoval } from './binding-changes.js';
import { lockCommits } from './commit-lock.js';
import type { Connection } from './connection.js';
import { jsonb, type Sql } from './database.js';
import {
  type AuditTableRow,
  type BindingRow,
  type HookRow,
  type ReportRow,
  toAudit,
  toBinding,
  toHook,
  toReport,
} from './rows.js';

const jsonOf = (value: object | null) => (value === null ? null : jsonb(value));

async function appendAudit(sql: Sql, entry: AuditEntry): Promise<void> {
  const { at, action, actor, person, externalDealerId, dealerId, companyName } = entry;
  const { traceId, requestId, code, apiCode, outcome } = entry;
  await sql`
    insert into chekt.audit
      (at, action, actor, person, external_dealer_id, dealer_id, company_name, trace_id, request_id, code, api_code,
       outcome)
    values
      (${at}, ${action}, ${jsonOf(actor)}::jsonb, ${jsonOf(person)}::jsonb, ${externalDealerId}, ${dealerId},
       ${companyName}, ${traceId}, ${requestId}, ${code}, ${apiCode}, ${outcome})`;
}

export function postgresEvents({ sql, transaction }: Connection): Events {
  return {
    async takeOutbox({ now, leaseMs, limit, accounts }) {
      const rows = accounts
        ? await sql<HookRow>`
            with first as materialized (
              select (select id from chekt.outbox o
                       where o.external_dealer_id = account and o.dead_at is null
                       order by id limit 1)
                from jsonb_array_elements_text(${jsonb(accounts)}::jsonb) as account
            ), due as materialized (
              select id from chekt.outbox
               where id in (select id from first) and dead_at is null and due_at <= ${now}
               order by id
               limit ${limit} for update skip locked
            )
            update chekt.outbox set due_at = ${now + leaseMs}, attempts = attempts + 1
             where id in (select id from due)
            returning *`
        : await sql<HookRow>`
            with due as materialized (
              select id from chekt.outbox o
               where dead_at is null and due_at <= ${now}
                 and not exists (
                   select from chekt.outbox earlier
                    where earlier.external_dealer_id = o.external_dealer_id and earlier.id < o.id
                      and earlier.dead_at is null
                 )
               order by id
               limit ${limit} for update skip locked
            )
            update chekt.outbox set due_at = ${now + leaseMs}, attempts = attempts + 1
             where id in (select id from due)
            returning *`;
      return rows.map(toHook).sort((a, b) => Number(a.id) - Number(b.id));
    },

    async settleOutbox({ events, result, now }) {
      const deliveries = jsonb(events);
      if (result === 'done') {
        await sql`
          delete from chekt.outbox o
           using jsonb_to_recordset(${deliveries}::jsonb) as delivery (id bigint, attempts integer)
           where o.id = delivery.id and o.attempts = delivery.attempts and o.dead_at is null`;
      } else if (result === 'dead') {
        await sql`
          update chekt.outbox o set dead_at = ${now}
            from jsonb_to_recordset(${deliveries}::jsonb) as delivery (id bigint, attempts integer)
           where o.id = delivery.id and o.attempts = delivery.attempts and o.dead_at is null`;
      } else {
        await sql`
          update chekt.outbox o set due_at = ${result.retryAt}
            from jsonb_to_recordset(${deliveries}::jsonb) as delivery (id bigint, attempts integer)
           where o.id = delivery.id and o.attempts = delivery.attempts and o.dead_at is null`;
      }
    },

    async listAudit({ from = null, to = null, account = null, after = '0', limit }) {
      const rows = await sql<AuditTableRow>`
        select * from chekt.audit
         where id > ${after}::bigint
           and (${from}::bigint is null or at >= ${from}::bigint)
           and (${to}::bigint is null or at < ${to}::bigint)
           and (${account}::text is null or external_dealer_id = ${account}::text)
         order by id
         limit ${limit + 1}`;
      return pageOf(rows.map(toAudit), limit, ({ id }) => id);
    },

    erasePeople: ({ account, pseudonym, forgotten, audit }) =>
      transaction(async (sql) => {
        await lockCommits(sql);
        await sql`
          insert into chekt.newest (subject, sequence) values (${erasureSubject(account)}, nextval('chekt.sequence'))
          on conflict (subject) do update set sequence = excluded.sequence`;
        await sql`
          update chekt.audit set outcome = ${forgotten}
           where external_dealer_id = ${account} and action = 'binding.forgotten'`;
        await eraseIn(sql, account, new Pseudonyms(pseudonym));
        await noteRemoval(sql, account);
        await appendAudit(sql, audit);
      }),
  };
}

async function eraseIn(sql: Sql, account: string, names: Pseudonyms): Promise<void> {
  const rows = await sql<AuditTableRow>`
    select * from chekt.audit
     where external_dealer_id = ${account} and (actor is not null or person is not null)
     order by id`;
  for (const { id, actor, person } of rows.map(toAudit)) {
    await sql`
      update chekt.audit
         set actor = ${jsonOf(actor && names.actor(actor))}::jsonb,
             person = ${jsonOf(person && names.person(person))}::jsonb
       where id = ${id}`;
  }
  const hooks = await sql<HookRow>`
    select * from chekt.outbox where external_dealer_id = ${account} order by id for update`;
  for (const { id, actor, binding } of hooks.map(toHook)) {
    await sql`
      update chekt.outbox
         set actor = ${jsonOf(actor && names.actor(actor))}::jsonb,
             binding = ${jsonOf(binding && names.binding(binding))}::jsonb
       where id = ${id}`;
  }
  const reports = await sql<ReportRow>`select * from chekt.reports where account = ${account} for update`;
  for (const { dealerId, reportedBy } of reports.map(toReport)) {
    const erased = names.actor(reportedBy);
    await sql`
      update chekt.reports set reported_by = ${jsonOf(erased)}::jsonb, actor = ${erased.id}
       where account = ${account} and dealer_id = ${dealerId}`;
  }
  const [row] = await sql<BindingRow>`select * from chekt.bindings where account = ${account}`;
  if (row) {
    const binding = names.binding(toBinding(row).binding);
    await sql`
      update chekt.bindings set binding = ${jsonOf(binding)}::jsonb where account = ${account}`;
  }
}
