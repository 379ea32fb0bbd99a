import type { Commit, Committed } from './commit-types.js';
import type {
  AuditEntry,
  AuditRow,
  Begun,
  BegunConnect,
  Delivery,
  Environment,
  Intent,
  Operation,
  OutboxRow,
  Owner,
  Page,
  Report,
  StoredBinding,
} from './records.js';
import type { Grants, PlatformTokens, SignIns } from './sign-in-store.js';

export type * from './commit-types.js';
export type * from './records.js';
export type * from './sign-in-store.js';

/**
 * The service's persistent state. Every operation is one statement or one transaction, and none depends on
 * which process calls it.
 *
 * Clocks: each operation takes the caller's `now` and returns nothing that has expired by then. The clocks of
 * two processes may differ, so no guarantee depends on them: order comes from `sequence` and from row ids,
 * tokens are written by comparing versions, and an operation is settled by whoever commits first. A lease
 * only avoids duplicate work; it should cover the longest work plus the expected clock skew.
 *
 * Every operation rejects with the database's error if it cannot be reached; then nothing has changed.
 */
export interface Store
  extends SignIns, Grants, Leases, Operations, Bindings, Events, Limits, PlatformTokens, Housekeeping {
  /** The store's name in `check()` and the log. */
  readonly kind: string;
  /**
   * Throws, with a message that says why, if the store must not serve this origin (the in-memory store on
   * `https:`).
   */
  checkOrigin(origin: string): void;
  /**
   * Rejects, with a message that says what to do, if the store cannot be reached or its schema has another
   * version.
   */
  checkReady(): Promise<void>;
}

/** Let one of many processes do a piece of work. */
export interface Leases {
  /**
   * Resolves with true for one holder at a time, repeatedly for the same one. A lease that is never released
   * allows something once in `ttlMs`.
   */
  lease(request: { name: string; holder: string; ttlMs: number; now: number }): Promise<boolean>;
  /** Does nothing if the lease belongs to another holder. */
  releaseLease(request: { name: string; holder: string }): Promise<void>;
}

/** Connect and disconnect, each under its `Idempotency-Key`, from before CHeKT is called until its answer is stored. */
export interface Operations {
  /** Answers `new` to one caller at a time. After a crash or a release, the next request can take over. */
  beginOperation(request: {
    intent: Intent;
    holder: string;
    leaseMs: number;
    /** Operations settled before this time count as forgotten. */
    forgetBefore: number;
    now: number;
  }): Promise<Begun>;
  /**
   * The usual start of a connect in one go, in which each step needs the one before: the owner's grant, if it is the one of the
   * intent's sign-in; the person's calls; the operation, if nothing is known under its key; the platform's call. What it did not come
   * to is asked for step by step, which says why.
   */
  beginConnect(request: {
    owner: Owner;
    intent: Intent;
    holder: string;
    leaseMs: number;
    /** Postpones the end of the grant's idle time, as in `findAuthorization`. */
    idleAt: number;
    own: Spending;
    platform: Spending;
    now: number;
  }): Promise<BegunConnect>;
  /**
   * Ends the work on an operation without a result. With `withdraw` it is deleted: CHeKT has certainly not
   * applied it, and no attempt is unanswered. With a time it stays unsettled: a repeat of the request may
   * take it at once, and `takeOperations` from that time on. Resolves with false, and changes nothing, if it
   * is settled or another holder has it now.
   */
  releaseOperation(request: {
    key: string;
    holder: string;
    next: 'withdraw' | { readonly retryAt: number };
  }): Promise<boolean>;
  /**
   * Leases unsettled operations that nobody is working on to the holder: those whose time has come, the oldest first, or, with an
   * account, all of it, the newest first, because the newest press decides.
   */
  takeOperations(request: {
    holder: string;
    leaseMs: number;
    now: number;
    limit: number;
    account?: string | undefined;
  }): Promise<readonly Operation[]>;
  /**
   * What has happened since an operation began; the first that applies. `removal`: the platform removed the account's record or
   * erased its people. `result`: a later operation of the account or dealer has a result. `connect`, `disconnect`: a later one
   * of the account has none yet. Null: nothing.
   */
  findNewer(request: {
    account: string;
    dealer: { readonly apiOrigin: string; readonly dealerId: number } | null;
    sequence: number;
  }): Promise<'result' | 'removal' | Intent['kind'] | null>;
  /** Result, binding, audit row and outbox row together, or nothing. */
  commit(commit: Commit): Promise<Committed>;
}

/** Which dealer is connected to which account. */
export interface Bindings {
  findBinding(request: { account: string }): Promise<StoredBinding | null>;
  /**
   * Lists bindings by account. `due` skips those that were checked since, those made in another environment,
   * and accounts with an unsettled operation.
   */
  listBindings(request: {
    after?: string | undefined;
    limit: number;
    due?: { readonly checkedBefore: number; readonly environment: Environment };
  }): Promise<Page<StoredBinding>>;
  /** Returns due reports, each at most once in `leaseMs`. */
  takeReports(request: { now: number; leaseMs: number; limit: number }): Promise<readonly Report[]>;
}

/** Events for the platform's hooks, and the audit trail. */
export interface Events {
  /** Returns due events, only the first of each account, each at most once in `leaseMs`. */
  takeOutbox(request: {
    now: number;
    leaseMs: number;
    limit: number;
    accounts?: readonly string[];
  }): Promise<readonly OutboxRow[]>;
  /** Does nothing for an event whose later delivery has begun. */
  settleOutbox(request: {
    events: readonly Delivery[];
    result: 'done' | 'dead' | { readonly retryAt: number };
    now: number;
  }): Promise<void>;
  /** Lists audit rows, the oldest first; `from` is inclusive, `to` is exclusive. */
  listAudit(request: {
    from?: number | undefined;
    to?: number | undefined;
    account?: string | undefined;
    after?: string | undefined;
    limit: number;
  }): Promise<Page<AuditRow>>;
  /**
   * Replaces the people in the account's audit rows, hooks, reports and binding by pseudonyms that `pseudonym` makes, the same
   * person by the same one, the outcome of `binding.forgotten`, which may hold a note, by `forgotten`, and appends the audit row.
   * What an operation brings that had begun before is committed with pseudonyms, too.
   */
  erasePeople(request: {
    account: string;
    pseudonym: () => string;
    forgotten: string;
    audit: AuditEntry;
  }): Promise<void>;
}

/** Calls that are to be taken from a token bucket. */
export interface Spending {
  readonly bucket: string;
  /** The size of the bucket, which starts full: calls that may come at once. */
  readonly capacity: number;
  readonly perMinute: number;
  /** One if not given. */
  readonly calls?: number;
  /** Calls kept for other purposes. */
  readonly reserve?: number;
}

/** Token buckets, by name. */
export interface Limits {
  /** Takes `calls` from a token bucket, unless fewer than `reserve` would remain; all of them or none. */
  spend(
    request: Spending & { now: number },
  ): Promise<{ readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number }>;
  /**
   * Applies CHeKT's limits: at most `remaining` calls are left, and none before `blockedUntil`. Never adds
   * calls.
   */
  limitBucket(request: {
    bucket: string;
    capacity: number;
    perMinute: number;
    remaining?: number;
    blockedUntil?: number;
    now: number;
  }): Promise<void>;
}

/** What `runDue` and `check()` need. */
export interface Housekeeping {
  /**
   * Deletes what has outlived its time, `limit` rows of a kind at most; true while there may be more. Notes that it ran. A sign-in
   * that has expired goes at once; for a day more only `findSignIn` knows where it led.
   */
  sweep(request: {
    now: number;
    auditBefore: number;
    operationsBefore: number;
    limit: number;
  }): Promise<boolean>;
  inspect(): Promise<Inspection>;
}

export interface Inspection {
  /** Number of sealed records for each key id. */
  readonly sealedByKey: Readonly<Record<string, number>>;
  readonly unsettledOperations: number;
  readonly deadHooks: number;
  /** When the oldest event that is waiting for its hook occurred. */
  readonly oldestHook: number | null;
  /** When `sweep` ran last, in any process. */
  readonly sweptAt: number | null;
}
