import type { Switches } from '../switches.js';

/** Returns the current time in milliseconds; tests can pass their own. */
export type Clock = () => number;

interface Plan {
  readonly perMinute: number;
  readonly perSecond: number;
}

export type PlanName = Exclude<Switches['rateLimit'], 'plan'>;

const plans: Record<PlanName, Plan> = {
  free: { perMinute: 60, perSecond: 5 },
  pro: { perMinute: 600, perSecond: 30 },
  enterprise: { perMinute: 3000, perSecond: 200 },
  platform: { perMinute: 6000, perSecond: 400 },
};

interface Bucket {
  readonly plan: PlanName;
  minute: number;
  second: number;
  at: number;
}

export interface Taken {
  readonly allowed: boolean;
  readonly headers: Record<string, string>;
  /** Seconds until the next request is allowed. */
  readonly wait: number;
}

/** Two token buckets per app: one for the minute, and a small one for bursts. */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: Clock;

  constructor(now: Clock) {
    this.#now = now;
  }

  /** `clockOffset`: seconds by which the clock of `X-RateLimit-Reset` is ahead. */
  take(app: string, planName: PlanName, clockOffset = 0): Taken {
    const plan = plans[planName];
    const now = this.#now();
    const known = this.#buckets.get(app);
    const bucket: Bucket =
      known?.plan === planName
        ? known
        : { plan: planName, minute: plan.perMinute, second: plan.perSecond, at: now };
    this.#buckets.set(app, bucket);

    const elapsed = Math.max(0, now - bucket.at) / 1000;
    const minuteRate = plan.perMinute / 60;
    bucket.minute = Math.min(plan.perMinute, bucket.minute + elapsed * minuteRate);
    bucket.second = Math.min(plan.perSecond, bucket.second + elapsed * plan.perSecond);
    bucket.at = now;

    const allowed = bucket.minute >= 1 && bucket.second >= 1;
    if (allowed) {
      bucket.minute -= 1;
      bucket.second -= 1;
    }
    const full = now / 1000 + (plan.perMinute - bucket.minute) / minuteRate;
    const wait = Math.max((1 - bucket.minute) / minuteRate, (1 - bucket.second) / plan.perSecond);
    return {
      allowed,
      wait: Math.max(1, Math.ceil(wait)),
      headers: {
        'X-RateLimit-Limit': String(plan.perMinute),
        'X-RateLimit-Remaining': String(Math.floor(bucket.minute)),
        'X-RateLimit-Reset': String(Math.ceil(full + clockOffset)),
      },
    };
  }
}

/** `Retry-After` in the unit that the switch asks for. CHeKT does not document which one it sends. */
export function retryAfter(seconds: number, unit: Switches['retryAfter'], now: number): string {
  return unit === 'date' ? new Date(now + seconds * 1000).toUTCString() : String(seconds);
}
