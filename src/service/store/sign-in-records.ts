/**
 * Encrypted before it reaches the store, as `{key id}:{JWE}` (see sealing.ts). The store reads only the key
 * id.
 */
export type Sealed = string;

/** The owner of tokens: one login, one user of the platform, one account. */
export interface Owner {
  readonly session: string;
  /** `actor.id` of `authenticate`. */
  readonly actor: string;
  readonly account: string;
}

/** An authorization request that was sent to the issuer and has not been answered. */
export interface PendingSignIn extends Owner {
  /** SHA-256 of `state`, base64url. */
  readonly stateHash: string;
  /** Path, query and fragment of the page the person came from: sealed, because they may hold anything. */
  readonly returnTo: Sealed;
  /** `nonce`, the PKCE verifier and whatever else the exchange needs. */
  readonly sealed: Sealed;
  readonly createdAt: number;
  /** From then on, the callback is stale. */
  readonly expiresAt: number;
}

/**
 * Where a callback belongs; `completed` and `expired` ones lead the person back and exchange nothing. One that has expired is
 * `completed` as soon as it is swept.
 */
export interface KnownSignIn extends Owner {
  readonly status: 'pending' | 'completed' | 'expired';
  readonly returnTo: Sealed;
}

export interface SignInFailure extends Owner {
  /** RFC 6749 `error`. */
  readonly error: string;
  readonly expiresAt: number;
}

/**
 * The dealer's tokens. A grant is one completed sign-in, so its key is `signInId`, which stays the same
 * through every refresh.
 */
export interface Grant extends Owner {
  readonly signInId: string;
  /** Counts the writes; `writeGrant` compares it. */
  readonly version: number;
  readonly sealed: Sealed;
  readonly createdAt: number;
  /** When it ends at the latest (24 h). */
  readonly expiresAt: number;
  /** When it ends unless it is used before (8 h). */
  readonly idleAt: number;
  /** Whether it is waiting for revocation. Only an unsettled operation may still use it then. */
  readonly retired: boolean;
}

export interface Successor {
  /** The sign-in id of the other grant of its owner. */
  readonly of: string;
  /** Null: the owner is signing in. */
  readonly grant: Grant | null;
}

/** `stateHash` is that of the sign-in that the grant comes from. */
export type NewGrant = Omit<Grant, 'version' | 'retired'> & { readonly stateHash?: string };

export type Authorization =
  | { readonly status: 'granted'; readonly grant: Grant }
  | { readonly status: 'failed'; readonly failure: SignInFailure }
  | { readonly status: 'none' };

/** Browser mode: a token of this sign-in was handed to a page of the session. */
export interface Handout extends Owner {
  readonly signInId: string;
  /** CHeKT's dealer, where the tokens say it. */
  readonly dealerId: number | null;
  readonly expiresAt: number;
}

export interface PlatformToken {
  /** A digest of the client, audience, scope and extra parameters of the token request. */
  readonly name: string;
  readonly sealed: Sealed;
  readonly expiresAt: number;
}
