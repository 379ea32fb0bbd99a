import type { Context } from 'hono';
import * as z from 'zod/mini';
import { digest } from './digest.js';
import type { OwnCookie } from './http/own-cookie.js';
import type { AuthenticateContext, PlatformIdentity } from './options.js';
import type { Settings } from './settings.js';
import type { Actor, Owner } from './store/store.js';

/** Who makes the request, and for which account: the validated result of `authenticate`. */
export interface Caller {
  /** Owns the grants: one login, one person, one account. */
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

/** The platform's own `authenticate` threw, or did not answer with an identity. */
export class AuthenticateFailure extends Error {
  override readonly name = 'AuthenticateFailure';
}

const id = z.string().check(z.minLength(1), z.maxLength(512));
const identity = z.object({
  externalDealerId: id,
  accountName: z.optional(z.string()),
  sessionId: z.optional(id),
  actor: z.object({ id, name: z.optional(z.nullable(z.string())) }),
  may: z.optional(z.array(z.enum(['connect', 'disconnect']))),
});

/** Calls `authenticate` and adds the session that a grant belongs to. */
export class Callers {
  readonly #settings: Settings;
  readonly #cookie: OwnCookie;

  constructor(settings: Settings, cookie: OwnCookie) {
    this.#settings = settings;
    this.#cookie = cookie;
  }

  /**
   * @param externalDealerId the account that the request is about; `undefined` means the session's own
   * @param isStart whether the service may start a session of its own here
   * @returns null if nobody is signed in
   * @throws {AuthenticateFailure} with what `authenticate` threw as its `cause`
   */
  async read(
    c: Context<RequestEnv>,
    externalDealerId: string | undefined,
    { isStart = false } = {},
  ): Promise<Caller | null> {
    const native = c.env.native;
    const answer = await this.#asked(c.req.raw, { externalDealerId, native });
    if (answer === null || answer === undefined) return null;
    const parsed = identity.safeParse(answer);
    if (!parsed.success) {
      const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
      throw new AuthenticateFailure(
        `authenticate must return an identity or null. Check ${fields || 'the returned value'}.`,
      );
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

  async #asked(request: Request, context: AuthenticateContext): Promise<PlatformIdentity | null> {
    try {
      return await this.#settings.authenticate(request, context);
    } catch (cause) {
      // What reads a property of an absent `native` throws a TypeError.
      const hint =
        context.native === undefined && cause instanceof TypeError
          ? ' `native` was not passed to `chekt.fetch`.'
          : '';
      throw new AuthenticateFailure(`authenticate threw an error.${hint}`, { cause });
    }
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

/** The store keeps only this hash of the session id, so a stolen copy of the database opens no session. */
export function sessionKey(sessionId: string): Promise<string> {
  return digest('session', sessionId);
}
