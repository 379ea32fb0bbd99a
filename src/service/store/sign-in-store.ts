import type {
  Authorization,
  Grant,
  Handout,
  KnownSignIn,
  NewGrant,
  Owner,
  PendingSignIn,
  PlatformToken,
  Sealed,
  SignInFailure,
  Successor,
} from './sign-in-records.js';

/** Authorization requests on their way to the issuer and back. */
export interface SignIns {
  /**
   * Stores a pending sign-in beside any others of the session, and forgets the error of the last one.
   * Resolves with false, and changes nothing, if the session has `most` pending already.
   */
  beginSignIn(signIn: PendingSignIn & { readonly most?: number }): Promise<boolean>;
  /**
   * Finds the sign-in that a callback belongs to, until a day after it has completed or expired. Changes
   * nothing.
   */
  findSignIn(request: { stateHash: string; now: number }): Promise<KnownSignIn | null>;
  /** Returns the sign-in once, to its own session and before it expires, and remembers its `returnTo`. */
  takeSignIn(request: { stateHash: string; session: string; now: number }): Promise<PendingSignIn | null>;
  /** Whether this person has a sign-in, pending or finished within a day, a grant or a handout under the session. */
  knowsSession(request: { session: string; actor: string; now: number }): Promise<boolean>;
  /** Remembered for its owner until their next sign-in begins or succeeds. */
  failSignIn(failure: SignInFailure): Promise<void>;
}

/** The dealer's tokens. */
export interface Grants {
  /**
   * Stores a grant, retires the owner's previous one, and forgets the error of the last sign-in. With a `stateHash`, if the session
   * has ended since that sign-in was taken, the grant is stored as retired and due for revocation, and nothing else changes.
   */
  startGrant(grant: NewGrant): Promise<Grant>;
  /**
   * Returns the owner's grant, or the error of the last sign-in if there is none. `idleAt` postpones the end
   * of the grant's idle time.
   */
  findAuthorization(request: { owner: Owner; now: number; idleAt?: number }): Promise<Authorization>;
  /**
   * Finds a grant by its sign-in, even one that is retired or expired, for an operation that still has to be
   * settled.
   */
  findGrant(request: { signInId: string }): Promise<Grant | null>;
  /**
   * Compare-and-swap. Resolves with null if another process was first or the grant is gone; read it again
   * then.
   */
  writeGrant(request: { signInId: string; ifVersion: number; sealed: Sealed }): Promise<Grant | null>;
  /**
   * Takes a grant out of use and makes it due for revocation. Resolves with false if it was already retired.
   */
  retireGrant(request: { signInId: string; now: number }): Promise<boolean>;
  /** For logout: retires the session's grants and drops its sign-ins, errors and handouts, also a sign-in that was taken just now. */
  endSession(request: { session: string; now: number }): Promise<void>;
  /**
   * Retires idle and old grants, and returns those due for revocation, each at most once in `leaseMs`, so
   * that one that is not dropped is retried. A grant with an unsettled operation has to wait for it.
   */
  takeRevocations(request: { now: number; leaseMs: number; limit: number }): Promise<readonly Grant[]>;
  /**
   * The grants in use of the owners of other ones, each with the sign-in id of that other one. Where there is none, a sign-in that is
   * pending, or that has come back within `SIGNING_IN` and after the other one was retired, counts as one without a grant.
   */
  findSuccessors(request: { signInIds: readonly string[]; now: number }): Promise<readonly Successor[]>;
  /**
   * Deletes retired grants once they are revoked or not worth another attempt. A grant in use stays, and one that has been written
   * since: its new tokens are still to be revoked.
   */
  dropGrants(request: { grants: readonly Pick<Grant, 'signInId' | 'version'>[] }): Promise<void>;
  recordHandout(handout: Handout): Promise<void>;
  findHandouts(request: { owner: Owner; now: number }): Promise<readonly Handout[]>;
}

/** Tokens of the platform's own client. */
export interface PlatformTokens {
  findPlatformToken(request: { name: string; now: number }): Promise<PlatformToken | null>;
  /** The last one wins. */
  writePlatformToken(token: PlatformToken): Promise<void>;
  /** Drops a token that CHeKT refused, unless it has been replaced since. */
  dropPlatformToken(request: { name: string; sealed: Sealed }): Promise<void>;
}
