import { SIGNING_IN } from '../lifetimes.js';
import type { Grants } from '../store.js';
import type { Connection } from './connection.js';
import { jsonb } from './database.js';
import { type GrantRow, type Int, toGrant } from './rows.js';

/** Milliseconds. `idle_at` moves with use, but in steps of this size, to save writes. */
export const IDLE_STEP = 60_000;

interface FailureRow {
  error: string;
  expires_at: Int;
}

interface HandoutRow {
  sign_in_id: string;
  dealer_id: Int | null;
  expires_at: Int;
}

export function postgresGrants({ sql, transaction }: Connection): Grants {
  return {
    startGrant: (grant) =>
      transaction(async (sql) => {
        const { signInId, session, actor, account, sealed, createdAt, expiresAt, idleAt, stateHash } = grant;
        const owner = JSON.stringify([session, actor, account]);
        // Two sign-ins of one owner may complete at the same time. The lock makes the second replace the
        // first.
        await sql`select pg_advisory_xact_lock(hashtextextended(${owner}, 0))`;
        // A write and not just a lock: `endSession` waits for it and then sees the grant, whatever the isolation.
        const isOpen =
          stateHash === undefined ||
          (
            await sql`
              update chekt.callbacks set completed_at = completed_at where state_hash = ${stateHash}
              returning state_hash`
          ).length > 0;
        const retiredAt = isOpen ? null : createdAt;
        if (isOpen) {
          await sql`
          update chekt.grants set retired_at = ${createdAt}, due_at = ${createdAt}
           where session = ${session} and actor = ${actor} and account = ${account} and retired_at is null`;
          await sql`
            delete from chekt.sign_in_failures
             where session = ${session} and actor = ${actor} and account = ${account}`;
        }
        const [row] = await sql<GrantRow>`
          insert into chekt.grants
            (sign_in_id, session, actor, account, sealed, created_at, expires_at, idle_at, retired_at, due_at)
          values
            (${signInId}, ${session}, ${actor}, ${account}, ${sealed}, ${createdAt}, ${expiresAt}, ${idleAt},
             ${retiredAt}, ${retiredAt ?? 0})
          returning *`;
        return toGrant(row!);
      }),

    async findAuthorization({ owner, now, idleAt }) {
      const { session, actor, account } = owner;
      const [row] = await sql<GrantRow>`
        select * from chekt.grants
         where session = ${session} and actor = ${actor} and account = ${account}
           and retired_at is null and expires_at > ${now} and idle_at > ${now}`;
      if (row) {
        const grant = toGrant(row);
        if (idleAt === undefined || idleAt < grant.idleAt + IDLE_STEP) return { status: 'granted', grant };
        await sql`
          update chekt.grants set idle_at = greatest(idle_at, ${idleAt}::bigint)
           where sign_in_id = ${grant.signInId}`;
        return { status: 'granted', grant: { ...grant, idleAt } };
      }
      const [failure] = await sql<FailureRow>`
        select * from chekt.sign_in_failures
         where session = ${session} and actor = ${actor} and account = ${account} and expires_at > ${now}`;
      if (!failure) return { status: 'none' };
      const { error, expires_at: expiresAt } = failure;
      return { status: 'failed', failure: { ...owner, error, expiresAt: Number(expiresAt) } };
    },

    async findGrant({ signInId }) {
      const [row] = await sql<GrantRow>`select * from chekt.grants where sign_in_id = ${signInId}`;
      return row ? toGrant(row) : null;
    },

    async writeGrant({ signInId, ifVersion, sealed }) {
      const [row] = await sql<GrantRow>`
        update chekt.grants set sealed = ${sealed}, version = version + 1
         where sign_in_id = ${signInId} and version = ${ifVersion}
        returning *`;
      return row ? toGrant(row) : null;
    },

    async retireGrant({ signInId, now }) {
      const rows = await sql`
        update chekt.grants set retired_at = ${now}, due_at = ${now}
         where sign_in_id = ${signInId} and retired_at is null
        returning sign_in_id`;
      return rows.length > 0;
    },

    endSession: ({ session, now }) =>
      transaction(async (sql) => {
        // Each in a statement of its own, which sees what the one before has waited for: a pending sign-in becomes a callback, and
        // that a grant.
        await sql`delete from chekt.sign_ins where session = ${session}`;
        await sql`delete from chekt.callbacks where session = ${session}`;
        await sql`
          update chekt.grants set retired_at = ${now}, due_at = ${now}
           where session = ${session} and retired_at is null`;
        await sql`delete from chekt.sign_in_failures where session = ${session}`;
        await sql`delete from chekt.handouts where session = ${session}`;
      }),

    async takeRevocations({ now, leaseMs, limit }) {
      const rows = await sql<GrantRow>`
        with retired as materialized (
          select sign_in_id from chekt.grants g
           where retired_at is not null and due_at <= ${now}::bigint
             and not exists (
               select from chekt.operations o where o.sign_in_id = g.sign_in_id and o.outcome is null
             )
           order by due_at
           limit ${limit}::int for update skip locked
        ), aged as materialized (
          select sign_in_id from chekt.grants g
           where retired_at is null and least(expires_at, idle_at) <= ${now}::bigint
             and not exists (
               select from chekt.operations o where o.sign_in_id = g.sign_in_id and o.outcome is null
             )
           order by least(expires_at, idle_at)
           limit ${limit}::int for update skip locked
        )
        update chekt.grants set retired_at = coalesce(retired_at, ${now}::bigint), due_at = ${now + leaseMs}::bigint
         where sign_in_id in (
                 select sign_in_id
                   from (select sign_in_id from retired union all select sign_in_id from aged) as due
                  limit ${limit}::int
               )
        returning *`;
      return rows.map(toGrant);
    },

    async findSuccessors({ signInIds, now }) {
      const rows = await sql<GrantRow & { retired: string }>`
        select old.sign_in_id as retired, g.*
          from chekt.grants old
          left join chekt.grants g
            on g.session = old.session and g.actor = old.actor and g.account = old.account and g.sign_in_id <> old.sign_in_id
           and g.retired_at is null and g.expires_at > ${now}::bigint and g.idle_at > ${now}::bigint
         where old.sign_in_id in (select jsonb_array_elements_text(${jsonb(signInIds)}::jsonb))
           and (
             g.sign_in_id is not null
             or exists (
               select from chekt.sign_ins s
                where s.session = old.session and s.actor = old.actor and s.account = old.account
                  and s.expires_at > ${now}::bigint
             )
             or exists (
               select from chekt.callbacks c
                where c.session = old.session and c.actor = old.actor and c.account = old.account
                  and c.completed_at > ${now - SIGNING_IN}::bigint and c.completed_at > old.retired_at
             )
           )`;
      return rows.map((row) => ({ of: row.retired, grant: row.sign_in_id ? toGrant(row) : null }));
    },

    async dropGrants({ grants }) {
      await sql`
        delete from chekt.grants g
         using jsonb_to_recordset(${jsonb(grants)}::jsonb) as done ("signInId" text, version int)
         where g.retired_at is not null and g.sign_in_id = done."signInId" and g.version = done.version`;
    },

    async recordHandout({ signInId, session, actor, account, dealerId, expiresAt }) {
      await sql`
        insert into chekt.handouts (sign_in_id, session, actor, account, dealer_id, expires_at)
        values (${signInId}, ${session}, ${actor}, ${account}, ${dealerId}, ${expiresAt})
        on conflict (sign_in_id) do update
          set dealer_id = excluded.dealer_id, expires_at = excluded.expires_at`;
    },

    async findHandouts({ owner: { session, actor, account }, now }) {
      const rows = await sql<HandoutRow>`
        select * from chekt.handouts
         where session = ${session} and actor = ${actor} and account = ${account} and expires_at > ${now}`;
      return rows.map((row) => ({
        signInId: row.sign_in_id,
        session,
        actor,
        account,
        dealerId: row.dealer_id === null ? null : Number(row.dealer_id),
        expiresAt: Number(row.expires_at),
      }));
    },
  };
}
