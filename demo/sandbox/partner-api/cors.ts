import type { Switches } from '../switches.js';

/** Exactly the headers that the element sends, so that an extra one is noticed here and not at CHeKT. */
const ALLOWED_HEADERS = 'Accept, Content-Type, Authorization, Idempotency-Key, x-partner-trace-id';
const EXPOSED_HEADERS = 'Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset';

/** The pages that may call the sandbox from a browser. */
export class PlatformOrigins {
  readonly #origins: Set<string>;

  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins);
  }

  add(origin: string): void {
    this.#origins.add(origin);
  }

  has(origin: string): boolean {
    return this.#origins.has(origin);
  }
}

/** The CORS headers of a Partner API answer, or none if the page may not read it. */
export function apiCors(
  origin: string | undefined,
  mode: Switches['cors'],
  allowed: PlatformOrigins,
): Record<string, string> {
  if (origin === undefined || mode === 'off') return { Vary: 'Origin' };
  if (mode === 'platform' && !allowed.has(origin)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': EXPOSED_HEADERS,
  };
}

/**
 * The additional headers of a preflight's answer. It is not cached, so that a switch or fault applies at
 * once.
 */
export function preflightCors(cors: Record<string, string>): Record<string, string> {
  if (!('Access-Control-Allow-Origin' in cors)) return cors;
  return {
    ...cors,
    'Access-Control-Allow-Methods': 'GET, PUT',
    'Access-Control-Allow-Headers': ALLOWED_HEADERS,
    'Access-Control-Max-Age': '0',
  };
}
