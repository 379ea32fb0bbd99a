import { REQUEST_TIMEOUT } from '../../partner-api/retry.js';
import { randomToken } from '../digest.js';
import type { Logger } from '../log.js';
import type { Sealing } from '../sealing.js';
import type { Grant, Owner, SignInFailure, Store } from '../store/store.js';
import { OAuthFailure } from './diagnose.js';
import type { DealerSignIn, DealerTokens } from './dealer-sign-in.js';
import { pause } from '../wait.js';

/** A grant with its tokens decrypted. */
export interface OpenGrant {
  readonly grant: Grant;
  readonly tokens: DealerTokens;
}

export type Granted =
  | { readonly status: 'granted'; readonly open: OpenGrant }
  | { readonly status: 'failed'; readonly failure: SignInFailure }
  | { readonly status: 'none' };

const HOUR = 60 * 60_000;
const IDLE = 8 * HOUR;
const OLDEST = 24 * HOUR;
/** Milliseconds before its expiry at which a token is refreshed. */
const RENEW_BEFORE = 60_000;
/**
 * Longer than one refresh may take, and short enough that a crashed process does not block the next for long.
 */
const RENEWAL_LEASE = 10_000;
const RENEWAL_POLL = 100;
/** Milliseconds to wait for another process's refresh, so that the answer arrives before the element gives up. */
const LONGEST_WAIT = REQUEST_TIMEOUT - 1_500;

interface Dependencies {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly signIn: DealerSignIn;
  readonly logger: Logger;
  readonly clock: () => number;
}

/**
 * The dealers' grants: started by a sign-in, refreshed by one process at a time, and retired when their work
 * is done.
 */
export class Grants {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** @param stateHash of the sign-in. If its session has ended meanwhile, the grant is only kept until it is revoked. */
  async start(owner: Owner, tokens: DealerTokens, stateHash: string): Promise<void> {
    const { store, sealing, clock } = this.#deps;
    const now = clock();
    const signInId = randomToken().slice(0, 32);
    await store.startGrant({
      ...owner,
      signInId,
      stateHash,
      sealed: await sealing.seal(tokens, recordOf(signInId)),
      createdAt: now,
      expiresAt: now + OLDEST,
      idleAt: now + IDLE,
    });
  }

  /** When the idle time of a grant that is used now ends. */
  idleAt(): number {
    return this.#deps.clock() + IDLE;
  }

  /** Returns the owner's grant, or why there is none. A record that no key opens counts as none. */
  async find(owner: Owner): Promise<Granted> {
    const { store, clock } = this.#deps;
    const now = clock();
    const found = await store.findAuthorization({ owner, now, idleAt: this.idleAt() });
    if (found.status !== 'granted') return found;
    const open = await this.open(found.grant);
    return open ? { status: 'granted', open } : { status: 'none' };
  }

  /** Finds a grant by its sign-in, even a retired one, for an operation that still has to be settled. */
  async bySignIn(signInId: string): Promise<OpenGrant | null> {
    const grant = await this.#deps.store.findGrant({ signInId });
    return grant ? this.open(grant) : null;
  }

  /**
   * Whether the person of a retired grant has signed in anew for the same owner. An issuer may take the revocation of one
   * refresh token for the end of all that this person has given to the client, as Auth0 does.
   */
  async isContinued({ tokens }: OpenGrant, successor: Grant): Promise<boolean> {
    const { sub } = tokens.person;
    const living = await this.open(successor);
    return sub !== undefined && living?.tokens.person.sub === sub;
  }

  /** Sealed under a key that is not here: another process may open it, while keys are rotated. */
  isOfAnotherKey({ sealed }: Grant): boolean {
    return !this.#deps.sealing.hasKeyOf(sealed);
  }

  /**
   * Returns the grant with usable tokens. They are refreshed near their expiry, or when the element reported
   * them `expired` or `rejected` by CHeKT. Concurrent callers, in any number of processes, cause one request
   * to the issuer.
   * @returns null if the dealer has to sign in again. @throws {OAuthFailure} if the issuer gives no reliable
   *   answer
   */
  async usable(open: OpenGrant, reason?: string): Promise<OpenGrant | null> {
    const { clock, store } = this.#deps;
    const { grant, tokens } = open;
    const mustRenew =
      reason === 'expired' || reason === 'rejected' || tokens.expiresAt - clock() < RENEW_BEFORE;
    if (!mustRenew) return open;
    if (tokens.refreshToken === undefined) {
      if (reason !== 'rejected' && tokens.expiresAt > clock()) return open;
      await store.retireGrant({ signInId: grant.signInId, now: clock() });
      return null;
    }
    const lease = { name: `renew:${grant.signInId}`, holder: randomToken() };
    const until = Date.now() + LONGEST_WAIT;
    while (!(await store.lease({ ...lease, ttlMs: RENEWAL_LEASE, now: clock() }))) {
      if (Date.now() >= until) throw new OAuthFailure(NO_RENEWAL);
      await pause(RENEWAL_POLL);
      const current = await this.bySignIn(grant.signInId);
      if (!current) return null;
      if (current.grant.version !== grant.version) return current;
    }
    try {
      return await this.#renew(open);
    } finally {
      await store.releaseLease(lease);
    }
  }

  async #renew(asked: OpenGrant): Promise<OpenGrant | null> {
    const { store, sealing, signIn, clock } = this.#deps;
    const { signInId } = asked.grant;
    // Read again under the lease: the previous holder may have refreshed the tokens.
    const open = await this.bySignIn(signInId);
    if (!open || open.grant.version !== asked.grant.version) return open;
    const { grant, tokens } = open;
    if (tokens.refreshToken === undefined) return null;

    const renewed = await signIn.refresh(tokens, tokens.refreshToken);
    if (!renewed) {
      const current = await this.bySignIn(signInId);
      if (current && current.grant.version !== grant.version) return current;
      await store.retireGrant({ signInId, now: clock() });
      return null;
    }
    const sealed = await sealing.seal(renewed, recordOf(signInId));
    const written = await store.writeGrant({ signInId, ifVersion: grant.version, sealed });
    if (written) return { grant: written, tokens: renewed };
    // If the grant was dropped meanwhile (by a logout, say), the tokens just issued must not outlive it.
    const current = await this.bySignIn(signInId);
    if (!current) await signIn.revoke(renewed).catch(() => undefined);
    return current;
  }

  /** Decrypts the tokens. @returns null if no key opens them */
  async open(grant: Grant): Promise<OpenGrant | null> {
    const { sealing, logger } = this.#deps;
    const tokens = await sealing.open(grant.sealed, recordOf(grant.signInId));
    // The cast is safe: only this service can have sealed this value for this record.
    if (tokens !== undefined) return { grant, tokens: tokens as DealerTokens };
    logger.warn(
      { signInId: grant.signInId, setting: 'encryptionKeys' },
      'A dealer authorization cannot be opened with any of encryptionKeys. The dealer has to sign in again.',
    );
    return null;
  }
}

const NO_RENEWAL = {
  kind: 'unavailable',
  setting: 'dealerSignIn.issuer',
  fix: 'Another process has not finished refreshing this authorization. It will be retried.',
} as const;

function recordOf(signInId: string): string {
  return `grant:${signInId}`;
}
