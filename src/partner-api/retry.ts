import type { Answer } from '../http/exchange.js';

/** How often an operation is repeated within its deadline, beside the one repeat after a 401. */
export const MOST_REPEATS = 4;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 8_000;
const REPEATED_STATUSES = [408, 425, 429, 500, 502, 503, 504];

export function isRepeatedStatus(status: number): boolean {
  return REPEATED_STATUSES.includes(status);
}

/** Exponential backoff with full jitter. @returns milliseconds */
export function backoff(repeats: number): number {
  return Math.random() * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** repeats);
}

/** `Retry-After` (RFC 9110 §10.2.3) in seconds, or undefined where it is absent, hidden by CORS or neither form. */
export function retryAfterOf({ headers }: Answer): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  // Date.parse alone would take almost anything for a date
  const date = /^[A-Z][a-z]+, .+ GMT$/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
