import type { Intent } from '../records.js';
import type { Begun, Operations } from '../store.js';
import { accountSubject, dealerSubject, removalSubject } from '../subjects.js';
import { commitTo } from './commit.js';
import type { Connection } from './connection.js';
import { jsonb } from './database.js';
import { IDLE_STEP } from './grants.js';
import { type GrantRow, type Int, type OperationRow, toGrant, toOperation, toSettled } from './rows.js';

/** The columns of the grant are null, if there is none. */
interface BegunConnectRow extends GrantRow {
  own_spent: boolean;
  begun: Int | null;
  platform_spent: boolean;
}

export function postgresOperations(connection: Connection): Operations {
  const { sql } = connection;
  return {
    async beginOperation(request) {
      const { intent, holder, leaseMs, forgetBefore, now } = request;
      const { key, kind, account, dealerId, signInId, fingerprint, traceId, sealed } = intent;
      const leasedUntil = now + leaseMs;
      for (;;) {
        const [begun] = await sql<OperationRow>`
          insert into chekt.operations
            (key, kind, account, dealer_id, sign_in_id, fingerprint, trace_id, sealed, created_at, holder, leased_until)
          values
            (${key}, ${kind}, ${account}, ${dealerId}, ${signInId}, ${fingerprint}, ${traceId}, ${sealed}, ${now},
             ${holder}, ${leasedUntil})
          on conflict (key) do nothing
          returning *`;
        if (begun) return { status: 'new', operation: toOperation(begun) };

        const [taken] = await sql<OperationRow>`
          update chekt.operations
             set holder = ${holder}, leased_until = ${leasedUntil}, attempts = attempts + 1
           where key = ${key} and outcome is null and leased_until <= ${now}
             and kind = ${kind} and account = ${account} and fingerprint = ${fingerprint}
             and sign_in_id is not distinct from ${signInId}
          returning *`;
        if (taken) return { status: 'new', operation: toOperation(taken) };

        const [known] = await sql<OperationRow>`select * from chekt.operations where key = ${key}`;
        const status = known && statusOf(known, intent, { forgetBefore, now });
        if (status) return status;
        // It has since been forgotten, released or withdrawn, so the next round can take it.
        await sql`delete from chekt.operations where key = ${key} and settled_at < ${forgetBefore}`;
      }
    },

    async beginConnect({ owner, intent, holder, leaseMs, idleAt, own, platform, now }) {
      const { key, kind, account, dealerId, signInId, fingerprint, traceId, sealed } = intent;
      const made = jsonb({
        key,
        kind,
        account,
        fingerprint,
        sealed,
        holder,
        dealer_id: dealerId,
        sign_in_id: signInId,
        trace_id: traceId,
        created_at: now,
        leased_until: now + leaseMs,
      });
      const [row] = await sql<BegunConnectRow>`
        select (granted).*, own_spent, begun, platform_spent
          from chekt.begin_connect(
                 ${owner.session}, ${owner.actor}, jsonb_populate_record(null::chekt.operations, ${made}),
                 ${idleAt}, ${IDLE_STEP},
                 ${own.bucket}, ${own.capacity}, ${own.perMinute / 60_000}, ${own.calls ?? 1}, ${own.reserve ?? 0},
                 ${platform.bucket}, ${platform.capacity}, ${platform.perMinute / 60_000}, ${platform.calls ?? 1},
                 ${platform.reserve ?? 0}
               )`;
      const { begun = null, own_spent = false, platform_spent = false } = row ?? {};
      return {
        grant: row?.sign_in_id ? toGrant(row) : null,
        isOwnSpent: own_spent,
        operation:
          begun === null ? null : { ...intent, sequence: Number(begun), createdAt: now, attempts: 1 },
        isPlatformSpent: platform_spent,
      };
    },

    async releaseOperation({ key, holder, next }) {
      const rows =
        next === 'withdraw'
          ? await sql`
              delete from chekt.operations
               where key = ${key} and holder = ${holder} and outcome is null
              returning key`
          : await sql`
              update chekt.operations set holder = null, leased_until = 0, retry_at = ${next.retryAt}
               where key = ${key} and holder = ${holder} and outcome is null
              returning key`;
      return rows.length > 0;
    },

    async takeOperations({ holder, leaseMs, now, limit, account = null }) {
      const rows = await sql<OperationRow>`
        with due as materialized (
          select key from chekt.operations
           where outcome is null and leased_until <= ${now}
             and case when ${account}::text is null then retry_at <= ${now} else account = ${account} end
           order by case when ${account}::text is null then sequence else -sequence end
           limit ${limit} for update skip locked
        )
        update chekt.operations set holder = ${holder}, leased_until = ${now + leaseMs}, attempts = attempts + 1
         where key in (select key from due)
        returning *`;
      return rows.map(toOperation).sort((a, b) => a.sequence - b.sequence);
    },

    async findNewer({ account, dealer, sequence }) {
      const ofDealer = dealer && dealerSubject(dealer.apiOrigin, dealer.dealerId);
      const removal = removalSubject(account);
      const rows = await sql<{ subject: string | null; kind: Intent['kind'] | null }>`
        select subject, null as kind from chekt.newest
         where subject in (${removal}::text, ${accountSubject(account)}::text, ${ofDealer}::text)
           and sequence > ${sequence}::bigint
        union all
        select null, kind from chekt.operations
         where account = ${account} and outcome is null and sequence > ${sequence}::bigint`;
      const subjects = rows.map(({ subject }) => subject);
      if (subjects.includes(removal)) return 'removal';
      if (subjects.some((subject) => subject !== null)) return 'result';
      const isOpen = (kind: Intent['kind']) => rows.some((row) => row.kind === kind);
      if (isOpen('connect')) return 'connect';
      return isOpen('disconnect') ? 'disconnect' : null;
    },

    commit: (commit) => commitTo(connection, commit),
  };
}

function statusOf(
  row: OperationRow,
  intent: Intent,
  { forgetBefore, now }: { forgetBefore: number; now: number },
): Begun | null {
  const settled = toSettled(row);
  if (settled && settled.settledAt < forgetBefore) return null;
  const operation = toOperation(row);
  if (operation.signInId !== intent.signInId) return { status: 'conflict', reason: 'sign-in' };
  const { kind, account, fingerprint } = intent;
  if (operation.kind !== kind || operation.account !== account || operation.fingerprint !== fingerprint) {
    return { status: 'conflict', reason: 'request' };
  }
  if (settled) return { status: 'answered', operation: settled };
  const leasedUntil = Number(row.leased_until);
  return leasedUntil > now ? { status: 'running', operation, leasedUntil } : null;
}
