import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { DealerTokens, OAuthError } from './oauth-client.js';
import type { Answer } from './partner-api.js';

/** What the platform knows of one signed-in browser. Nothing of it ever goes to the page as it is. */
export interface Session {
  /** The account that your own login established. Every route takes it from here, none from the request. */
  readonly externalDealerId: string;
  /** Sign-ins with CHeKT that are under way, by `state`: one for each tab that started one. */
  readonly pendingSignIns: Map<string, { codeVerifier: string; returnTo: string }>;
  /** Connects of this session by idempotency key, so that a repeat gets the same answer. */
  readonly connects: Map<string, Promise<Answer>>;
  /** Dealers that this session has disconnected, on CHeKT's word: a repeat whose answer was lost is told so. */
  readonly disconnected: Set<number>;
  tokens: DealerTokens | null;
  /** The sign-ins whose tokens were handed to a page of this account (browser mode), and the dealers that they named. */
  readonly handedOut: Map<string, unknown>;
  /** How the last sign-in with CHeKT failed; told to the page once. */
  signInError: OAuthError | null;
}

export type PlatformEnv = { Variables: { session?: Session } };

const IDLE_LIMIT = 8 * 60 * 60 * 1000;
const NAME = 'platform_session';

/** The sessions of one platform, in memory. Yours are wherever they are today; keep the cookie's discipline. */
export class Sessions {
  /** Told of each session that is over, whether somebody signed out or it was left idle. */
  onEnd: (session: Session) => void = () => {};
  readonly #entries = new Map<string, { session: Session; usedAt: number }>();
  readonly #cookie;

  constructor({ origin, basePath }: { origin: string; basePath: string }) {
    const common = { httpOnly: true, sameSite: 'Lax' } as const;
    // `__Host-` (no Domain, Path=/, Secure) keeps other hosts from planting a cookie. Browsers allow it on https
    // only; on plain http the demo has the same attributes without the prefix, and a path for each run.
    this.#cookie = origin.startsWith('https:')
      ? ({ ...common, prefix: 'host', secure: true, path: '/' } as const)
      : ({ ...common, path: basePath } as const);
  }

  /** Begins a session for an account, under a new id: an id that came with the request is never taken over. */
  start(c: Context<PlatformEnv>, externalDealerId: string): Session {
    this.end(c);
    const session: Session = {
      externalDealerId,
      pendingSignIns: new Map(),
      connects: new Map(),
      disconnected: new Set(),
      tokens: null,
      handedOut: new Map(),
      signInError: null,
    };
    this.#store(c, session);
    return session;
  }

  read(c: Context<PlatformEnv>): Session | undefined {
    const begun = c.get('session');
    if (begun) return begun;
    const entry = this.#entries.get(this.#id(c));
    if (!entry || Date.now() - entry.usedAt > IDLE_LIMIT) return undefined;
    entry.usedAt = Date.now();
    return entry.session;
  }

  /**
   * The same session under a new id. At every sign-in, so that an id known before is worth nothing after it, nor one
   * that another tab's sign-in made meanwhile. False if the session has ended: that is not brought back.
   */
  rotate(c: Context<PlatformEnv>, session: Session): boolean {
    const held = [...this.#entries].find(([, entry]) => entry.session === session);
    if (!held) return false;
    this.#entries.delete(held[0]);
    this.#store(c, session);
    return true;
  }

  end(c: Context<PlatformEnv>): void {
    this.#drop(this.#id(c));
    c.set('session', undefined);
    deleteCookie(c, NAME, this.#cookie);
  }

  #store(c: Context<PlatformEnv>, session: Session): void {
    for (const [id, { usedAt }] of this.#entries) {
      if (Date.now() - usedAt > IDLE_LIMIT) this.#drop(id);
    }
    const id = randomBytes(32).toString('base64url');
    this.#entries.set(id, { session, usedAt: Date.now() });
    c.set('session', session);
    setCookie(c, NAME, id, this.#cookie);
  }

  #drop(id: string): void {
    const entry = this.#entries.get(id);
    if (this.#entries.delete(id) && entry) this.onEnd(entry.session);
  }

  #id(c: Context<PlatformEnv>): string {
    const prefix = 'prefix' in this.#cookie ? this.#cookie.prefix : undefined;
    return (prefix ? getCookie(c, NAME, prefix) : getCookie(c, NAME)) ?? '';
  }
}
