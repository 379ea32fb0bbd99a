import { createHash } from 'node:crypto';
import type { Answer } from '../exchange/answers.js';
import type { Clock } from './rate-limit.js';
import type { Switches } from '../switches.js';

const KEPT_FOR = 24 * 60 * 60 * 1000;

interface Entry {
  readonly fingerprint: string;
  readonly startedAt: number;
  readonly finished: Promise<Answer | undefined>;
  answer?: Answer;
}

/** What an earlier request with the same key means for this one. */
export type Begun =
  | { readonly kind: 'new'; readonly finish: (answer: Answer | undefined) => void }
  | { readonly kind: 'stored'; readonly answer: Answer }
  | { readonly kind: 'running'; readonly finished: Promise<Answer | undefined> }
  | { readonly kind: 'other-payload' };

/** Answers kept for 24 hours per app, endpoint and key. */
export class IdempotencyStore {
  readonly #entries = new Map<string, Entry>();
  readonly #now: Clock;

  constructor(now: Clock) {
    this.#now = now;
  }

  begin(app: string, endpoint: string, key: string, payload: string): Begun {
    const id = JSON.stringify([app, endpoint, key]);
    const fingerprint = createHash('sha256').update(canonical(payload)).digest('hex');
    const entry = this.#entries.get(id);
    if (entry && this.#now() - entry.startedAt < KEPT_FOR) {
      if (entry.fingerprint !== fingerprint) return { kind: 'other-payload' };
      if (entry.answer) return { kind: 'stored', answer: entry.answer };
      return { kind: 'running', finished: entry.finished };
    }

    let settle: (answer: Answer | undefined) => void = () => undefined;
    const finished = new Promise<Answer | undefined>((resolve) => (settle = resolve));
    const fresh: Entry = { fingerprint, startedAt: this.#now(), finished };
    this.#entries.set(id, fresh);
    return {
      kind: 'new',
      finish: (answer) => {
        if (answer) fresh.answer = answer;
        else if (this.#entries.get(id) === fresh) this.#entries.delete(id);
        settle(answer);
      },
    };
  }
}

const UNSETTLED = new Set([401, 408, 429]);

export function isStored(status: number, policy: Switches['storeErrors']): boolean {
  if (status < 400) return true;
  if (policy === 'settled') return status < 500 && !UNSETTLED.has(status);
  return policy === 'all';
}

/** Serializes JSON canonically, so that order and white space do not make a different payload. */
function canonical(payload: string): string {
  try {
    return JSON.stringify(sortKeys(JSON.parse(payload)));
  } catch {
    return payload;
  }
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sortKeys(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
