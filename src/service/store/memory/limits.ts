import type { Leases, Limits, PlatformTokens, Spending } from '../store.js';
import type { Bucket, Tables } from './tables.js';

export function memoryLeases({ leases }: Tables): Leases {
  return {
    async lease({ name, holder, ttlMs, now }) {
      const held = leases.get(name);
      if (held && held.holder !== holder && held.until > now) return false;
      leases.set(name, { holder, until: now + ttlMs });
      return true;
    },

    async releaseLease({ name, holder }) {
      if (leases.get(name)?.holder === holder) leases.delete(name);
    },
  };
}

type Spent = Awaited<ReturnType<Limits['spend']>>;

export function memoryLimits({ buckets }: Tables): Limits {
  return {
    spend: async (request) => spendIn(buckets, request),

    async limitBucket({ bucket, capacity, perMinute, remaining = Infinity, blockedUntil = 0, now }) {
      const state = filled(buckets.get(bucket), capacity, perMinute, now);
      buckets.set(bucket, {
        ...state,
        tokens: Math.min(state.tokens, remaining),
        blockedUntil: Math.max(state.blockedUntil, blockedUntil),
      });
    },
  };
}

export function spendIn(buckets: Tables['buckets'], request: Spending & { readonly now: number }): Spent {
  const { bucket, capacity, perMinute, calls = 1, reserve = 0, now } = request;
  const state = filled(buckets.get(bucket), capacity, perMinute, now);
  const missing = reserve + calls - state.tokens;
  if (state.blockedUntil <= now && missing <= 0) {
    buckets.set(bucket, { ...state, tokens: state.tokens - calls });
    return { allowed: true };
  }
  const refill = Math.max(0, missing) * (60_000 / perMinute);
  return { allowed: false, retryAfterMs: Math.ceil(Math.max(state.blockedUntil - now, refill)) };
}

function filled(known: Bucket | undefined, capacity: number, perMinute: number, now: number): Bucket {
  const { tokens, at, blockedUntil } = known ?? { tokens: capacity, at: now, blockedUntil: 0 };
  // `at` may lie ahead of this caller's clock; then nothing has been refilled since.
  const refilled = tokens + (Math.max(0, now - at) * perMinute) / 60_000;
  return { tokens: Math.min(capacity, refilled), at: Math.max(at, now), blockedUntil };
}

export function memoryPlatformTokens({ platformTokens }: Tables): PlatformTokens {
  return {
    async findPlatformToken({ name, now }) {
      const token = platformTokens.get(name);
      return token && token.expiresAt > now ? token : null;
    },

    async writePlatformToken(token) {
      platformTokens.set(token.name, token);
    },

    async dropPlatformToken({ name, sealed }) {
      if (platformTokens.get(name)?.sealed === sealed) platformTokens.delete(name);
    },
  };
}
