import { DAY, KEEP_REPORTS } from '../lifetimes.js';
import type { Housekeeping } from '../store.js';
import type { Connection } from './connection.js';
import type { Int } from './rows.js';

export function postgresHousekeeping({ sql }: Connection): Housekeeping {
  return {
    async sweep({ now, auditBefore, operationsBefore, limit }) {
      const deletions = [
        sql`
          with expired as (
            delete from chekt.sign_ins where state_hash in (
              select state_hash from chekt.sign_ins where expires_at < ${now}
               limit ${limit} for update skip locked
            ) returning *
          ), remembered as (
            insert into chekt.callbacks (state_hash, session, actor, account, return_to, completed_at)
            select state_hash, session, actor, account, return_to, expires_at from expired
             where expires_at > ${now - DAY}
            on conflict (state_hash) do nothing
          )
          select 1 from expired`,
        sql`
          delete from chekt.callbacks where state_hash in (
            select state_hash from chekt.callbacks where completed_at < ${now - DAY}
             limit ${limit} for update skip locked
          ) returning 1`,
        sql`
          delete from chekt.sign_in_failures where (session, actor, account) in (
            select session, actor, account from chekt.sign_in_failures where expires_at < ${now}
             limit ${limit} for update skip locked
          ) returning 1`,
        sql`
          delete from chekt.handouts where sign_in_id in (
            select sign_in_id from chekt.handouts where expires_at < ${now}
             limit ${limit} for update skip locked
          ) returning 1`,
        sql`
          delete from chekt.leases where name in (
            select name from chekt.leases where leased_until < ${now - DAY}
             limit ${limit} for update skip locked
          ) returning 1`,
        sql`
          delete from chekt.operations where key in (
            select key from chekt.operations where outcome is not null and settled_at < ${operationsBefore}
             limit ${limit} for update skip locked
          ) returning 1`,
        sql`
          delete from chekt.reports where (account, dealer_id) in (
            select account, dealer_id from chekt.reports where created_at < ${now - KEEP_REPORTS}
             limit ${limit} for update skip locked
          ) returning 1`,
        sql`
          delete from chekt.outbox where id in (
            select id from chekt.outbox where dead_at < ${auditBefore}
             limit ${limit} for update skip locked
          ) returning 1`,
        sql`
          delete from chekt.audit where id in (
            select id from chekt.audit where at < ${auditBefore}
             limit ${limit} for update skip locked
          ) returning 1`,
        sql`
          delete from chekt.buckets where name in (
            select name from chekt.buckets where greatest(filled_at, blocked_until) < ${now - DAY}
             limit ${limit} for update skip locked
          ) returning 1`,
        sql`
          delete from chekt.platform_tokens where name in (
            select name from chekt.platform_tokens where expires_at < ${now}
             limit ${limit} for update skip locked
          ) returning 1`,
      ];
      const deleted = await Promise.all(deletions);
      await sql`
        insert into chekt.housekeeping as h (task, ran_at) values ('sweep', ${now})
        on conflict (task) do update set ran_at = greatest(h.ran_at, excluded.ran_at)`;
      return deleted.some((rows) => rows.length === limit);
    },

    async inspect() {
      const keys = await sql<{ key_id: string; records: Int }>`
        select split_part(sealed, ':', 1) as key_id, count(*) as records
          from (
            select sealed from chekt.sign_ins
            union all select sealed from chekt.grants
            union all select sealed from chekt.operations
            union all select answer from chekt.operations where answer is not null
            union all select sealed from chekt.platform_tokens
          ) as all_records
         group by key_id
         order by key_id`;
      const [row] = await sql<{ unsettled: Int; dead: Int; oldest: Int | null; swept: Int | null }>`
        select (select count(*) from chekt.operations where outcome is null) as unsettled,
               (select count(*) from chekt.outbox where dead_at is not null) as dead,
               (select min(occurred_at) from chekt.outbox where dead_at is null) as oldest,
               (select ran_at from chekt.housekeeping where task = 'sweep') as swept`;
      const { unsettled = 0, dead = 0, oldest = null, swept = null } = row ?? {};
      return {
        sealedByKey: Object.fromEntries(keys.map(({ key_id: id, records }) => [id, Number(records)])),
        unsettledOperations: Number(unsettled),
        deadHooks: Number(dead),
        oldestHook: oldest === null ? null : Number(oldest),
        sweptAt: swept === null ? null : Number(swept),
      };
    },
  };
}
