import type { Binding } from '../../partner-api/dealer.js';

/**
 * What the store holds: plain data that survives `JSON.stringify`. Times are milliseconds since the epoch. `account` is the
 * platform's own id of a dealer (`external_dealer_id`). `session` is an opaque key of a login: the service passes a hash, never
 * the value of a cookie.
 */

/** Encrypted above the store, as `{key id}:{JWE}` (see sealing.ts). The store reads the key id and nothing else. */
export type Sealed = string;

/** Whose tokens: one login, one person of the platform, one account. */
export interface Owner {
  readonly session: string;
  /** `actor.id` of `authenticate`. */
  readonly actor: string;
  readonly account: string;
}

/** An authorization request that was sent to the issuer and has not come back. */
export interface PendingSignIn extends Owner {
  /** SHA-256 of `state`, base64url. */
  readonly stateHash: string;
  /** Path, query and fragment of the page the person came from: sealed, because they may hold anything. */
  readonly returnTo: Sealed;
  /** `nonce`, the PKCE verifier and whatever else the exchange needs. */
  readonly sealed: Sealed;
  readonly createdAt: number;
  /** From here on the callback is stale. */
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

export interface SignInFailure {
  readonly session: string;
  readonly account: string;
  /** RFC 6749 `error`. */
  readonly error: string;
  readonly description?: string;
  readonly expiresAt: number;
}

/** The dealer's tokens. One grant is one completed sign-in, so `signInId` is its key and stays through every refresh. */
export interface Grant extends Owner {
  readonly signInId: string;
  /** Counts the writes; `writeGrant` compares it. */
  readonly version: number;
  readonly sealed: Sealed;
  readonly createdAt: number;
  /** Not to be used from here on, whatever happens (24 h). */
  readonly expiresAt: number;
  /** Not to be used from here on, unless somebody asks for it before (8 h). */
  readonly idleAt: number;
  /** Whether it waits for its revocation; then only an unsettled operation may still use it. */
  readonly retired: boolean;
}

export type NewGrant = Omit<Grant, 'version' | 'retired'>;

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

export interface Actor {
  readonly id: string;
  readonly name: string | null;
}

/** The dealer admin, as the sign-in said. */
export interface Person {
  readonly sub: string | null;
  readonly name: string | null;
  readonly email: string | null;
}

/** What was meant to be done, written before CHeKT is called. */
export interface Intent {
  /** `Idempotency-Key`. */
  readonly key: string;
  readonly kind: 'connect' | 'disconnect';
  readonly account: string;
  /** The dealer to disconnect; null for connect, whose answer names it. */
  readonly dealerId: number | null;
  /** The sign-in that the key is bound to; null for disconnect. */
  readonly signInId: string | null;
  /** A digest of the request; the same key with another one is a conflict. */
  readonly fingerprint: string;
  readonly traceId: string;
  /** The body to send, who did it, and what else a repeat after a crash needs. */
  readonly sealed: Sealed;
}

export interface Operation extends Intent {
  /** The order in which operations began, over all processes. Clocks do not matter for it. */
  readonly sequence: number;
  readonly createdAt: number;
  /** How often it was taken to be carried out: more than once means that an answer may have been lost. */
  readonly attempts: number;
}

export interface SettledOperation extends Operation {
  readonly outcome: OperationOutcome;
  /** What to answer to a repeat of the request. */
  readonly answer: Sealed | null;
  readonly settledAt: number;
}

/** `unknown`: the grant is gone or 24 h are over, and nobody can find out any more. */
export type OperationOutcome = 'applied' | 'refused' | 'unknown';

export type Begun =
  /** Carry it out, with what is in `operation`: that is the first request, also when this is a repeat of it. */
  | { readonly status: 'new'; readonly operation: Operation }
  /** Another request or process is at it, until `leasedUntil` at the latest. */
  | { readonly status: 'running'; readonly operation: Operation; readonly leasedUntil: number }
  | { readonly status: 'answered'; readonly operation: SettledOperation }
  /** The key belongs to another sign-in, or to another request of the same one. */
  | { readonly status: 'conflict'; readonly reason: 'sign-in' | 'request' };

export type BindingStatus = 'connected' | 'unchecked' | 'unreachable' | 'lost';

/** With which of CHeKT's environments and as which client: under others nothing can be said about a binding. */
export interface Environment {
  /** Origin of the Partner API. */
  readonly apiOrigin: string;
  /** Client id of the platform's client. */
  readonly clientId: string;
}

/** An account has one binding at most, and in one environment a dealer has one account at most. */
export interface StoredBinding extends Environment {
  /** `externalDealerId` in it is the account. */
  readonly binding: Binding;
  readonly status: BindingStatus;
  /** Since when it has this status. */
  readonly statusAt: number;
  /** When CHeKT was last asked about it. */
  readonly checkedAt: number;
  /** The operation that made it; null for one that a page reported. */
  readonly operationKey: string | null;
  readonly traceId: string | null;
  /** Another number is another binding, also of the same account and dealer. */
  readonly sequence: number;
}

export type NewBinding = Omit<StoredBinding, 'sequence'>;

/** Browser mode: a page says that it connected this dealer, and CHeKT has neither confirmed nor denied it. */
export interface Report extends Owner, Environment {
  readonly dealerId: number;
  readonly traceId: string | null;
  /** Who reported it, for the audit row that the confirmation writes. */
  readonly reportedBy: Actor;
  readonly createdAt: number;
  /** Not before this time is it tried again. */
  readonly dueAt: number;
  readonly attempts: number;
}

export type AuditAction =
  | `${'connect' | 'disconnect'}.${'recorded' | 'refused' | 'unknown'}`
  | `binding.${'lost' | 'unreachable' | 'forgotten'}`
  | 'person.erased';

export interface AuditEntry {
  readonly at: number;
  readonly action: AuditAction;
  readonly actor: Actor | null;
  readonly person: Person | null;
  readonly externalDealerId: string;
  readonly dealerId: number | null;
  readonly companyName: string | null;
  readonly traceId: string | null;
  readonly requestId: string | null;
  readonly code: string | null;
  readonly apiCode: string | null;
  readonly outcome: string | null;
}

export interface AuditRow extends AuditEntry {
  /** Rises with each committed row, so that a reader can go on from the last one it saw. */
  readonly id: string;
}

export type HookType = 'connected' | 'disconnected' | 'lost' | 'unreachable' | 'failed';

/** An event for one of the partner's hooks. Everything but `id` is the caller's; `id` stays through every try. */
export interface OutboxEntry {
  readonly type: HookType;
  readonly occurredAt: number;
  readonly externalDealerId: string;
  readonly binding: Binding | null;
  readonly traceId: string | null;
  readonly actor: Actor | null;
}

export interface OutboxRow extends OutboxEntry {
  readonly id: string;
  /** Counts the tries, this one included. It also proves in `settleOutbox` that the try is the latest. */
  readonly attempts: number;
}

export interface PlatformToken {
  /** A digest of the client, audience, scope and extra parameters that it was asked for with. */
  readonly name: string;
  readonly sealed: Sealed;
  readonly expiresAt: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** `after` of the next page; null at the end. */
  readonly next: string | null;
}
