import type { Commit, Committed } from './commit.js';
import type {
  AuditEntry,
  AuditRow,
  Authorization,
  Begun,
  Environment,
  Grant,
  Handout,
  Intent,
  KnownSignIn,
  NewGrant,
  Operation,
  OutboxRow,
  Owner,
  Page,
  PendingSignIn,
  PlatformToken,
  Report,
  Sealed,
  SignInFailure,
  StoredBinding,
} from './records.js';

export type * from './commit.js';
export type * from './records.js';

/**
 * The memory of the service. Every operation is one statement or one transaction; none depends on which process asks.
 *
 * Clocks: each operation takes the caller's `now`, and what has expired by it is not given out. The clocks of two processes may
 * differ, so no guarantee rests on them: order comes from `sequence` and from the ids of rows, tokens are written by comparing a
 * version, an operation is settled by whoever commits first. A lease only saves double work; choose its length so that the
 * longest work plus the expected skew fits in.
 *
 * Every operation rejects with the error of the database where that cannot be reached, and then nothing was changed.
 */
export interface Store
  extends SignIns, Grants, Leases, Operations, Bindings, Events, Limits, PlatformTokens, Housekeeping {
  /** What `check()` and the log call it. */
  readonly kind: string;
  /** Throws, in words, where the store must not serve this origin (the one in memory, on `https:`). */
  checkOrigin(origin: string): void;
  /** Rejects, in words, where the store cannot be reached or its schema is not the one of this version. */
  checkReady(): Promise<void>;
}

/** Authorization requests on their way to the issuer and back. */
export interface SignIns {
  /**
   * A session may have several; none ends another. The error of the last sign-in is forgotten. False, and nothing is changed,
   * where the session has `most` that are pending.
   */
  beginSignIn(signIn: PendingSignIn & { readonly most?: number }): Promise<boolean>;
  /** Whose callback this is and where it leads, for a day after it has completed or expired. Changes nothing. */
  findSignIn(request: { stateHash: string; now: number }): Promise<KnownSignIn | null>;
  /** Gives it out once, to its own session and in time, and remembers where it came from. */
  takeSignIn(request: { stateHash: string; session: string; now: number }): Promise<PendingSignIn | null>;
  /** Remembered for session × account until the next sign-in begins or succeeds. */
  failSignIn(failure: SignInFailure): Promise<void>;
}

/** The dealer's tokens. */
export interface Grants {
  /** Retires the grant that the owner had, and forgets the error of the last sign-in. */
  startGrant(grant: NewGrant): Promise<Grant>;
  /** The owner's grant or, only where there is none, the error of the last sign-in. `idleAt` moves the end of its idle time. */
  findAuthorization(request: { owner: Owner; now: number; idleAt?: number }): Promise<Authorization>;
  /** By its sign-in, and also while it waits for its revocation or is too old: for an operation that has to end. */
  findGrant(request: { signInId: string }): Promise<Grant | null>;
  /** Compare and swap. Null: another process was first, or it is gone; read it again. */
  writeGrant(request: { signInId: string; ifVersion: number; sealed: Sealed }): Promise<Grant | null>;
  /** Its work is done: nobody finds it any more, and it is due for revocation. False: it was already. */
  retireGrant(request: { signInId: string; now: number }): Promise<boolean>;
  /** Logout: retires the grants of the session and drops its pending sign-ins, errors and handouts. */
  endSession(request: { session: string; now: number }): Promise<void>;
  /**
   * Retires what is idle or old, and gives out what is due for revocation, each at most once in `leaseMs`, so that one which is
   * not dropped comes again. A grant with an unsettled operation waits for it.
   */
  takeRevocations(request: { now: number; leaseMs: number; limit: number }): Promise<readonly Grant[]>;
  /** Revoked, or not worth another try. Only a retired grant is dropped. */
  dropGrant(request: { signInId: string }): Promise<void>;
  recordHandout(handout: Handout): Promise<void>;
  findHandouts(request: { owner: Owner; now: number }): Promise<readonly Handout[]>;
}

/** So that work which many could do is done by one. */
export interface Leases {
  /** True for one holder at a time, and again for the same one; never released, it allows something once in `ttlMs`. */
  lease(request: { name: string; holder: string; ttlMs: number; now: number }): Promise<boolean>;
  /** Of another holder's lease nothing is changed. */
  releaseLease(request: { name: string; holder: string }): Promise<void>;
}

/** Connect and disconnect, each under its `Idempotency-Key`, from before CHeKT is called until its answer is stored. */
export interface Operations {
  /** `new` to one caller at a time: the lease of one that crashed or was released can be taken by the next request. */
  beginOperation(request: {
    intent: Intent;
    holder: string;
    leaseMs: number;
    /** What was settled before counts as forgotten. */
    forgetBefore: number;
    now: number;
  }): Promise<Begun>;
  /**
   * Ends the work on it without a result. `withdraw`: CHeKT has certainly not applied it and no try of it is unanswered, so it is
   * forgotten. A time: it stays unsettled, a repeat of the request may take it at once, `takeOperations` from then on.
   * False: it is another holder's by now, or settled, and nothing was changed.
   */
  releaseOperation(request: {
    key: string;
    holder: string;
    next: 'withdraw' | { readonly retryAt: number };
  }): Promise<boolean>;
  /** Unsettled ones that nobody is at, the oldest first, leased to the holder. */
  takeOperations(request: {
    holder: string;
    leaseMs: number;
    now: number;
    limit: number;
  }): Promise<readonly Operation[]>;
  /**
   * What has become known since an operation began: the result of another one of its account or dealer, or that the platform has
   * removed the record of its account or erased the account's people, which counts more. Null: nothing.
   */
  findNewer(request: {
    account: string;
    dealer: { readonly apiOrigin: string; readonly dealerId: number } | null;
    sequence: number;
  }): Promise<'result' | 'removal' | null>;
  /** Result, binding, audit row and outbox row together, or nothing. */
  commit(commit: Commit): Promise<Committed>;
}

/** Which dealer is connected to which account. */
export interface Bindings {
  findBinding(request: { account: string }): Promise<StoredBinding | null>;
  /** By account. `due` leaves out what was checked since, what other settings made, and accounts with an unsettled operation. */
  listBindings(request: {
    after?: string | undefined;
    limit: number;
    due?: { readonly checkedBefore: number; readonly environment: Environment };
  }): Promise<Page<StoredBinding>>;
  /** Reports that are due, each at most once in `leaseMs`. */
  takeReports(request: { now: number; leaseMs: number; limit: number }): Promise<readonly Report[]>;
}

/** The partner's hooks, and the audit trail. */
export interface Events {
  /** Due events, the first one of each account only, each at most once in `leaseMs`. */
  takeOutbox(request: {
    now: number;
    leaseMs: number;
    limit: number;
    account?: string;
  }): Promise<readonly OutboxRow[]>;
  /** Nothing is changed where a later try has been given out. */
  settleOutbox(request: {
    id: string;
    attempts: number;
    result: 'done' | 'dead' | { readonly retryAt: number };
    now: number;
  }): Promise<void>;
  /** The oldest first; `from` is included, `to` is not. */
  listAudit(request: {
    from?: number | undefined;
    to?: number | undefined;
    account?: string | undefined;
    after?: string | undefined;
    limit: number;
  }): Promise<Page<AuditRow>>;
  /**
   * Replaces the people in the account's audit rows, hooks and binding by pseudonyms that `pseudonym` makes, the same person by
   * the same one, and appends the audit row.
   */
  erasePeople(request: { account: string; pseudonym: () => string; audit: AuditEntry }): Promise<void>;
}

/** Token buckets, by name. */
export interface Limits {
  /** Takes one call out of a token bucket, unless that would leave fewer than `reserve`. */
  spend(request: {
    bucket: string;
    /** Calls that may come at once; also what a bucket starts with. */
    capacity: number;
    perMinute: number;
    /** What is kept for others. */
    reserve?: number;
    now: number;
  }): Promise<{ readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number }>;
  /** What CHeKT says: at most `remaining` calls are left, and none before `blockedUntil`. Never makes a bucket fuller. */
  limitBucket(request: {
    bucket: string;
    capacity: number;
    perMinute: number;
    remaining?: number;
    blockedUntil?: number;
    now: number;
  }): Promise<void>;
}

/** Tokens of the platform's own client. */
export interface PlatformTokens {
  findPlatformToken(request: { name: string; now: number }): Promise<PlatformToken | null>;
  /** The last one wins. */
  writePlatformToken(token: PlatformToken): Promise<void>;
  /** Refused by CHeKT: dropped, unless it has been replaced since. */
  dropPlatformToken(request: { name: string; sealed: Sealed }): Promise<void>;
}

/** What `runDue` and `check()` need. */
export interface Housekeeping {
  /** Deletes what has outlived its time, `limit` rows of a kind at most; true while there may be more. Notes that it ran. */
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
