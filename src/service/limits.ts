import type { Answer } from './upstream/partner-api.js';
import type { Owner, Spending, Store } from './store/store.js';

/** This person, or the platform as a whole, has used up their budget for now. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('Too many calls to CHeKT.');
    this.retryAfterMs = retryAfterMs;
  }
}

/** What a call is for. Only `connect` may use the last fifth of the platform's budget. */
export type Purpose = 'connect' | 'other';

/** Calls a minute of the Pro plan, until CHeKT's headers tell the actual limit. */
const ASSUMED_LIMIT = 600;
/** Calls that one request may cause: the PUT, and the GET before or after it. */
const MOST_CALLS = 2;
const RESERVED_SHARE = 5;
/** Milliseconds to pause after a 429 without `Retry-After`. */
const UNSTATED_PAUSE = 5_000;
const LONGEST_PAUSE = 10 * 60_000;

/**
 * The budget of one person in one account, and the platform's budget at CHeKT. Both are in the store, so all
 * processes share them.
 */
export class Limits {
  readonly #store: Store;
  readonly #perMinute: number;
  readonly #clock: () => number;
  readonly #environment: string;
  /** The limit in CHeKT's latest answer, in calls a minute. */
  #limit = ASSUMED_LIMIT;

  constructor(deps: { store: Store; perMinute: number; clock: () => number; environment: string }) {
    this.#store = deps.store;
    this.#perMinute = deps.perMinute;
    this.#clock = deps.clock;
    this.#environment = deps.environment;
  }

  /**
   * One bucket for each limit, so that a process that still assumes the default does not spoil the bucket of
   * those that know the limit.
   */
  #platformBucket(): string {
    return `platform:${this.#environment}:${this.#limit}`;
  }

  /**
   * Before a request that a person makes. The session does not count: whoever has no `sessionId` can make up new ones.
   * @param calls of CHeKT that it may cause; all of them are paid for, or none is @throws {LimitReached}
   */
  async spendOwn(owner: Omit<Owner, 'session'>, calls: 1 | 2): Promise<void> {
    await this.#spend(this.own(owner, calls));
  }

  /** Called before each call to CHeKT. @throws {LimitReached} */
  async spendPlatform(purpose: Purpose): Promise<void> {
    await this.#spend(this.platform(purpose));
  }

  /** What `spendOwn` takes. */
  own({ actor, account }: Omit<Owner, 'session'>, calls: 1 | 2): Spending {
    return {
      bucket: `person:${JSON.stringify([actor, account])}`,
      capacity: Math.max(this.#perMinute, MOST_CALLS), // also the smallest limit lets a person disconnect
      perMinute: this.#perMinute,
      calls,
    };
  }

  /** What `spendPlatform` takes. */
  platform(purpose: Purpose): Spending {
    return {
      bucket: this.#platformBucket(),
      capacity: this.#limit,
      perMinute: this.#limit,
      reserve: purpose === 'connect' ? 0 : Math.ceil(this.#limit / RESERVED_SHARE),
    };
  }

  async #spend(spending: Spending): Promise<void> {
    const spent = await this.#store.spend({ ...spending, now: this.#clock() });
    if (!spent.allowed) throw new LimitReached(spent.retryAfterMs);
  }

  /** After each call of CHeKT: its headers are the truth, whatever else uses the same app. */
  async applyHeaders({ status, rateLimit, retryAfter }: Answer): Promise<void> {
    const now = this.#clock();
    if (rateLimit) this.#limit = Math.max(1, rateLimit.limit);
    const pause = status === 429 ? pauseOf(retryAfter) : undefined;
    // Plenty left: one write less for each call.
    const isLow = rateLimit !== undefined && rateLimit.remaining < this.#limit / 2;
    if (pause === undefined && !isLow) return;
    await this.#store.limitBucket({
      bucket: this.#platformBucket(),
      capacity: this.#limit,
      perMinute: this.#limit,
      ...(rateLimit && isLow ? { remaining: rateLimit.remaining } : {}),
      ...(pause === undefined ? {} : { blockedUntil: now + pause }),
      now,
    });
  }
}

/** @param retryAfter seconds @returns milliseconds */
function pauseOf(retryAfter: number | undefined): number {
  return retryAfter === undefined ? UNSTATED_PAUSE : Math.min(retryAfter * 1000, LONGEST_PAUSE);
}
