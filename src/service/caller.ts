import type { Context } from 'hono';
import * as z from 'zod/mini';
import { digest } from './digest.js';
import type { OwnCookie } from './http/own-cookie.js';
import type { Settings } from './settings.js';
import type { Actor, Owner } from './store/store.js';

/** Who asks, for which account: your login's word, checked. */
export interface Caller {
  /** Whose grants: one login, one person, one account. */
  readonly owner: Owner;
  readonly actor: Actor;
  readonly accountName: string | undefined;
  readonly may: { readonly connect: boolean; readonly disconnect: boolean };
}

export interface RequestEnv {
  Bindings: {
    readonly native: unknown;
    readonly waitUntil: ((work: Promise<unknown>) => void) | undefined;
  };
}

const id = z.string().check(z.minLength(1), z.maxLength(512));
const identity = z.object({
  externalDealerId: id,
  accountName: z.optional(z.string()),
  sessionId: z.optional(id),
  actor: z.object({ id, name: z.optional(z.nullable(z.string())) }),
  may: z.optional(z.array(z.enum(['connect', 'disconnect']))),
});

/** Asks `authenticate`, and adds the session that a grant belongs to. */
export class Callers {
  readonly #settings: Settings;
  readonly #cookie: OwnCookie;

  constructor(settings: Settings, cookie: OwnCookie) {
    this.#settings = settings;
    this.#cookie = cookie;
  }

  /**
   * @param externalDealerId the account that the request is about; undefined: the session's own
   * @param isStart whether a session of the service's own may begin here
   * @returns null where nobody is signed in
   * @throws {TypeError} where `authenticate` returns what is no identity
   */
  async read(
    c: Context<RequestEnv>,
    externalDealerId: string | undefined,
    { isStart = false } = {},
  ): Promise<Caller | null> {
    const native = c.env.native;
    const answer = await this.#settings.authenticate(c.req.raw, { externalDealerId, native });
    if (answer === null || answer === undefined) return null;
    const parsed = identity.safeParse(answer);
    if (!parsed.success) {
      const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
      throw new TypeError(`authenticate must return an identity or null; look at ${fields || 'its value'}.`);
    }
    const { externalDealerId: account, accountName, sessionId, actor, may } = parsed.data;
    const session =
      sessionId === undefined ? await this.#own(c, actor.id, isStart) : await sessionKey(sessionId);
    return {
      owner: { session, actor: actor.id, account },
      actor: { id: actor.id, name: actor.name ?? null },
      accountName,
      may: {
        connect: may?.includes('connect') ?? true,
        disconnect: may?.includes('disconnect') ?? true,
      },
    };
  }

  /** Where one may begin, an id is taken only if this person has something under it: anybody can plant a cookie. */
  async #own(c: Context<RequestEnv>, actor: string, isStart: boolean): Promise<string> {
    const { store, clock } = this.#settings;
    const id = this.#cookie.read(c);
    const session = await sessionKey(id ?? 'no session yet');
    if (!isStart) return session;
    const isKnown = id !== undefined && (await store.knowsSession({ session, actor, now: clock() }));
    return isKnown ? session : sessionKey(this.#cookie.start(c));
  }
}

/** The store holds no session id, so that a copy of it opens no session. */
export function sessionKey(sessionId: string): Promise<string> {
  return digest('session', sessionId);
}
