import { DAY } from '../lifetimes.js';
import type { KnownSignIn, SignIns } from '../store.js';
import type { Connection } from './connection.js';
import type { Int } from './rows.js';

interface SignInRow {
  session: string;
  actor: string;
  account: string;
  return_to: string;
  sealed: string;
  created_at: Int;
  expires_at: Int;
}

export function postgresSignIns({ sql }: Connection): SignIns {
  return {
    async beginSignIn(signIn) {
      const {
        stateHash,
        session,
        actor,
        account,
        returnTo,
        sealed,
        createdAt,
        expiresAt,
        most = null,
      } = signIn;
      const begun = await sql<{ state_hash: string }>`
        with begun as (
          insert into chekt.sign_ins (state_hash, session, actor, account, return_to, sealed, created_at, expires_at)
          select ${stateHash}, ${session}, ${actor}, ${account}, ${returnTo}, ${sealed}, ${createdAt}::bigint,
                 ${expiresAt}::bigint
           where ${most}::int is null
              or ${most}::int > (select count(*) from chekt.sign_ins
                                  where session = ${session} and expires_at > ${createdAt}::bigint)
          returning state_hash
        ), forgotten as (
          delete from chekt.sign_in_failures
           where session = ${session} and actor = ${actor} and account = ${account} and exists (select from begun)
        )
        select state_hash from begun`;
      return begun.length > 0;
    },

    async findSignIn({ stateHash, now }) {
      const [row] = await sql<Omit<KnownSignIn, 'returnTo'> & { return_to: string }>`
        select session, actor, account, return_to,
               case when expires_at > ${now}::bigint then 'pending' else 'expired' end as status
          from chekt.sign_ins
         where state_hash = ${stateHash} and expires_at > ${now - DAY}::bigint
        union all
        select session, actor, account, return_to, 'completed'
          from chekt.callbacks
         where state_hash = ${stateHash} and completed_at > ${now - DAY}::bigint`;
      if (!row) return null;
      const { status, session, actor, account, return_to: returnTo } = row;
      return { status, session, actor, account, returnTo };
    },

    async takeSignIn({ stateHash, session, now }) {
      const [row] = await sql<SignInRow>`
        with taken as (
          delete from chekt.sign_ins
           where state_hash = ${stateHash} and session = ${session} and expires_at > ${now}
          returning *
        ), remembered as (
          insert into chekt.callbacks (state_hash, session, actor, account, return_to, completed_at)
          select state_hash, session, actor, account, return_to, ${now}::bigint from taken
        )
        select * from taken`;
      if (!row) return null;
      const { actor, account, sealed, return_to: returnTo } = row;
      const times = { createdAt: Number(row.created_at), expiresAt: Number(row.expires_at) };
      return { stateHash, session, actor, account, returnTo, sealed, ...times };
    },

    async knowsSession({ session, actor, now }) {
      const found = await sql`
        select 1 from chekt.sign_ins
         where session = ${session} and actor = ${actor} and expires_at > ${now}::bigint
        union all
        select 1 from chekt.callbacks
         where session = ${session} and actor = ${actor} and completed_at > ${now - DAY}::bigint
        union all
        select 1 from chekt.grants
         where session = ${session} and actor = ${actor} and retired_at is null
           and expires_at > ${now}::bigint and idle_at > ${now}::bigint
        union all
        select 1 from chekt.handouts
         where session = ${session} and actor = ${actor} and expires_at > ${now}::bigint
        limit 1`;
      return found.length > 0;
    },

    async failSignIn({ session, actor, account, error, expiresAt }) {
      await sql`
        insert into chekt.sign_in_failures (session, actor, account, error, expires_at)
        values (${session}, ${actor}, ${account}, ${error}, ${expiresAt})
        on conflict (session, actor, account) do update
          set error = excluded.error, expires_at = excluded.expires_at`;
    },
  };
}
