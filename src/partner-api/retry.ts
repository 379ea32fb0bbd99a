/** Milliseconds for one HTTP request, so that after a stall there is time to repeat it within the operation's timeout. */
export const REQUEST_TIMEOUT = 8_000;

/** How often an operation is repeated within its timeout, not counting the request after a refusal. */
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

/**
 * `Retry-After` (RFC 9110 §10.2.3), or undefined if it is absent, hidden by CORS or malformed.
 * A date is compared with the response's own `Date` if that is readable, because the clock here may be wrong.
 * @returns seconds
 */
export function retryAfterOf({ headers }: { readonly headers: Headers }): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  const date = parseHttpDate(value);
  if (date === undefined) return undefined;
  const now = parseHttpDate(headers.get('date') ?? '') ?? Date.now();
  return Math.max(0, Math.ceil((date - now) / 1000));
}

/** `Date.parse` alone accepts almost anything as a date. */
function parseHttpDate(value: string): number | undefined {
  const date = /^[A-Z][a-z]+, .+ GMT$/.test(value.trim()) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : date;
}
