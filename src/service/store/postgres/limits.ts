import type { Leases, Limits, PlatformTokens } from '../store.js';
import type { Connection } from './connection.js';
import type { Int } from './rows.js';

export function postgresLeases({ sql }: Connection): Leases {
  return {
    async lease({ name, holder, ttlMs, now }) {
      const rows = await sql`
        insert into chekt.leases as held (name, holder, leased_until)
        values (${name}, ${holder}, ${now + ttlMs})
        on conflict (name) do update set holder = excluded.holder, leased_until = excluded.leased_until
          where held.holder = excluded.holder or held.leased_until <= ${now}
        returning name`;
      return rows.length > 0;
    },

    async releaseLease({ name, holder }) {
      await sql`delete from chekt.leases where name = ${name} and holder = ${holder}`;
    },
  };
}

interface BucketRow {
  tokens: number;
  filled_at: Int;
  blocked_until: Int;
}

/** If another process's clock is ahead (`filled_at` lies in the future), nothing has been refilled since. */
export function postgresLimits({ sql }: Connection): Limits {
  return {
    async spend({ bucket, capacity, perMinute, calls = 1, reserve = 0, now }) {
      const perMs = perMinute / 60_000;
      const [answer] = await sql<{ spent: boolean }>`
        select chekt.spend(${bucket}, ${capacity}, ${perMs}, ${calls}, ${reserve}, ${now}) as spent`;
      if (answer?.spent) return { allowed: true };

      const [row] = await sql<BucketRow>`select * from chekt.buckets where name = ${bucket}`;
      const { tokens = capacity, filled_at: filledAt = now, blocked_until: blockedUntil = 0 } = row ?? {};
      const filled = Math.min(capacity, tokens + Math.max(0, now - Number(filledAt)) * perMs);
      const refill = Math.max(0, reserve + calls - filled) / perMs;
      return { allowed: false, retryAfterMs: Math.ceil(Math.max(Number(blockedUntil) - now, refill)) };
    },

    async limitBucket({ bucket, capacity, perMinute, remaining = capacity, blockedUntil = 0, now }) {
      const left = Math.min(capacity, remaining);
      await sql`
        insert into chekt.buckets as b (name, tokens, filled_at, blocked_until)
        values (${bucket}, ${left}::float8, ${now}, ${blockedUntil})
        on conflict (name) do update
          set tokens = least(
                ${left}::float8,
                b.tokens + greatest(0, ${now}::bigint - b.filled_at) * ${perMinute / 60_000}::float8
              ),
              filled_at = greatest(b.filled_at, ${now}::bigint),
              blocked_until = greatest(b.blocked_until, ${blockedUntil}::bigint)`;
    },
  };
}

export function postgresPlatformTokens({ sql }: Connection): PlatformTokens {
  return {
    async findPlatformToken({ name, now }) {
      const [row] = await sql<{ sealed: string; expires_at: Int }>`
        select sealed, expires_at from chekt.platform_tokens where name = ${name} and expires_at > ${now}`;
      return row ? { name, sealed: row.sealed, expiresAt: Number(row.expires_at) } : null;
    },

    async writePlatformToken({ name, sealed, expiresAt }) {
      await sql`
        insert into chekt.platform_tokens (name, sealed, expires_at) values (${name}, ${sealed}, ${expiresAt})
        on conflict (name) do update set sealed = excluded.sealed, expires_at = excluded.expires_at`;
    },

    async dropPlatformToken({ name, sealed }) {
      await sql`delete from chekt.platform_tokens where name = ${name} and sealed = ${sealed}`;
    },
  };
}
