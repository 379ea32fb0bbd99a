import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';
import { randomToken } from '../digest.js';

/**
 * The service's own session, for a platform whose login gives no `sessionId`. `__Host-` (Secure, Path=/, no
 * Domain) keeps other hosts from setting it; browsers allow that prefix only on https.
 */
export class OwnCookie {
  readonly #name: string;
  readonly #options;

  constructor({ origin, basePath }: { origin: string; basePath: string }) {
    const slug = basePath.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
    this.#name = `chekt-${slug}`;
    const common = { httpOnly: true, sameSite: 'Lax' } as const;
    this.#options = origin.startsWith('https:')
      ? ({ ...common, prefix: 'host', secure: true, path: '/' } as const)
      : ({ ...common, path: basePath } as const);
  }

  read(c: Context): string | undefined {
    const { prefix } = this.#options as { prefix?: 'host' };
    const value = prefix ? getCookie(c, this.#name, prefix) : getCookie(c, this.#name);
    return value !== undefined && isId(value) ? value : undefined;
  }

  /** Reads the cookie of a request that did not come through a route. */
  readFrom(request: Request): string | undefined {
    const { prefix } = this.#options as { prefix?: 'host' };
    const name = prefix ? `__Host-${this.#name}` : this.#name;
    const value = parse(request.headers.get('Cookie') ?? '', name)[name];
    return value !== undefined && isId(value) ? value : undefined;
  }

  /** A new one, with an id that nobody has planted. */
  start(c: Context): string {
    const id = randomToken();
    setCookie(c, this.#name, id, this.#options);
    return id;
  }
}

function isId(value: string): boolean {
  return /^[\w-]{43}$/.test(value);
}
