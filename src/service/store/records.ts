import type { Binding } from '../../partner-api/dealer.js';
import type { Grant, Owner, Sealed } from './sign-in-records.js';

export type * from './sign-in-records.js';

/**
 * The store's records: plain data that survives `JSON.stringify`. Times are milliseconds since the epoch.
 * `account` is the platform's own id of a dealer (`external_dealer_id`). `session` is an opaque key of a
 * login: the service passes a hash, never a cookie's value.
 */

/** Who did something on the platform. */
export interface Actor {
  readonly id: string;
  readonly name: string | null;
}

/** The dealer admin, according to the sign-in. */
export interface Person {
  readonly sub: string | null;
  readonly name: string | null;
  readonly email: string | null;
}

/** An operation as it is written down before CHeKT is called. */
export interface Intent {
  /** `Idempotency-Key`. */
  readonly key: string;
  readonly kind: 'connect' | 'disconnect';
  readonly account: string;
  /** The dealer to disconnect; null for connect, whose answer names it. */
  readonly dealerId: number | null;
  /** The sign-in that the idempotency key is bound to; null for disconnect. */
  readonly signInId: string | null;
  /** A digest of the request. The same key with another digest is a conflict. */
  readonly fingerprint: string;
  readonly traceId: string;
  /** The body to send, who did it, and what else a repeat after a crash needs. */
  readonly sealed: Sealed;
}

export interface Operation extends Intent {
  /** The order in which operations began, across all processes and independent of their clocks. */
  readonly sequence: number;
  readonly createdAt: number;
  /** How often work on it has begun. More than once means that an answer may have been lost. */
  readonly attempts: number;
}

export interface SettledOperation extends Operation {
  readonly outcome: OperationOutcome;
  /** The answer for a repeat of the request. */
  readonly answer: Sealed | null;
  readonly settledAt: number;
}

/** `unknown`: the grant is gone or 24 h have passed, so the result can no longer be found out. */
export type OperationOutcome = 'applied' | 'refused' | 'unknown';

export type Begun =
  /** Carry it out with the data in `operation`, which is the first request's even if this one is a repeat. */
  | { readonly status: 'new'; readonly operation: Operation }
  /** Another request or process is working on it, until `leasedUntil` at the latest. */
  | { readonly status: 'running'; readonly operation: Operation; readonly leasedUntil: number }
  | { readonly status: 'answered'; readonly operation: SettledOperation }
  /** The key belongs to another sign-in, or to another request of the same one. */
  | { readonly status: 'conflict'; readonly reason: 'sign-in' | 'request' };

/** How far the start of a connect came. */
export interface BegunConnect {
  /** The owner's grant; null if it is not the one of the intent's sign-in. */
  readonly grant: Grant | null;
  readonly isOwnSpent: boolean;
  /** Null: something is known under its key, or it did not come to it. */
  readonly operation: Operation | null;
  readonly isPlatformSpent: boolean;
}

export type BindingStatus = 'connected' | 'unchecked' | 'unreachable' | 'lost';

/** The API and the client that a binding was made with. With others, its status cannot be found out. */
export interface Environment {
  /** Base URL of the Partner API. */
  readonly apiOrigin: string;
  /** Client id of the platform's client. */
  readonly clientId: string;
}

/** An account has at most one binding, and within one environment a dealer has at most one account. */
export interface StoredBinding extends Environment {
  /** `externalDealerId` in it is the account. */
  readonly binding: Binding;
  readonly status: BindingStatus;
  /** When the status last changed. */
  readonly statusAt: number;
  /** When CHeKT was last asked about it. */
  readonly checkedAt: number;
  /** The operation that made it; null for one that a page reported. */
  readonly operationKey: string | null;
  readonly traceId: string | null;
  /** A different number means a different binding, even with the same account and dealer. */
  readonly sequence: number;
}

export type NewBinding = Omit<StoredBinding, 'sequence'>;

/**
 * Browser mode: a page's report that it connected this dealer, which CHeKT has neither confirmed nor denied.
 */
export interface Report extends Owner, Environment {
  readonly dealerId: number;
  readonly traceId: string | null;
  /** Who reported it, for the audit row that the confirmation writes. */
  readonly reportedBy: Actor;
  readonly createdAt: number;
  /** When it is due to be checked again. */
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
  /** Increases with each committed row, so that a reader can continue after the last one it saw. */
  readonly id: string;
}

export type HookType = 'connected' | 'disconnected' | 'lost' | 'unreachable' | 'failed';

/**
 * An event for one of the platform's hooks. The store adds the `id`, which is the same for every delivery.
 */
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
  /** The number of deliveries, this one included. `settleOutbox` compares it to ignore any but the latest. */
  readonly attempts: number;
}

/** One delivery of an event; a later one has another number of attempts. */
export type Delivery = Pick<OutboxRow, 'id' | 'attempts'>;

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The `after` of the next page; null at the end. */
  readonly next: string | null;
}
