import type {
  AuditRow,
  Grant,
  Handout,
  KnownSignIn,
  Operation,
  OutboxRow,
  Owner,
  PendingSignIn,
  PlatformToken,
  Report,
  SettledOperation,
  SignInFailure,
  StoredBinding,
} from '../records.js';

export interface GrantRow {
  readonly grant: Grant;
  readonly dueAt: number;
  readonly retiredAt?: number | undefined;
}

export interface OperationRow {
  readonly operation: Operation;
  readonly holder: string | null;
  readonly leasedUntil: number;
  readonly retryAt: number;
}

export interface HookRow {
  readonly hook: OutboxRow;
  readonly dueAt: number;
  readonly deadAt: number | null;
}

export interface Bucket {
  readonly tokens: number;
  readonly at: number;
  readonly blockedUntil: number;
}

/** The tables of the SQL schema as maps. Each change runs synchronously, which makes it a transaction. */
export class Tables {
  readonly signIns = new Map<string, PendingSignIn>();
  readonly callbacks = new Map<string, Omit<KnownSignIn, 'status'> & { readonly completedAt: number }>();
  readonly failures = new Map<string, SignInFailure>();
  readonly grants = new Map<string, GrantRow>();
  /** The sign-in id of each owner's current grant (the one that is not retired). */
  readonly currentGrants = new Map<string, string>();
  readonly handouts = new Map<string, Handout>();
  readonly leases = new Map<string, { readonly holder: string; readonly until: number }>();
  readonly unsettled = new Map<string, OperationRow>();
  readonly settled = new Map<string, SettledOperation>();
  readonly bindings = new Map<string, StoredBinding>();
  /** When the last result became known, per account and per dealer, and the last removal; in the order of `sequence`. */
  readonly newest = new Map<string, number>();
  readonly reports = new Map<string, Report>();
  readonly hooks = new Map<string, HookRow>();
  readonly audit = new Map<string, AuditRow>();
  readonly buckets = new Map<string, Bucket>();
  readonly platformTokens = new Map<string, PlatformToken>();
  sweptAt: number | null = null;
  #sequence = 0;

  nextSequence(): number {
    return ++this.#sequence;
  }

  hasUnsettled(fits: (operation: Operation) => boolean): boolean {
    return [...this.unsettled.values()].some(({ operation }) => fits(operation));
  }

  retireGrant(signInId: string, now: number): boolean {
    const grant = this.grants.get(signInId)?.grant;
    if (!grant || grant.retired) return false;
    this.grants.set(signInId, { grant: { ...grant, retired: true }, dueAt: now, retiredAt: now });
    this.currentGrants.delete(ownerKey(grant));
    return true;
  }
}

export function ownerKey({ session, actor, account }: Owner): string {
  return key(session, actor, account);
}

export function key(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts);
}

/** The first `limit` rows that fit, without scanning the rest. */
export function first<Row>(rows: Iterable<Row>, limit: number, fits: (row: Row) => boolean): Row[] {
  const found: Row[] = [];
  for (const row of rows) {
    if (found.length >= limit) break;
    if (fits(row)) found.push(row);
  }
  return found;
}

/** Whether a row fits. */
export function has<Row>(rows: Iterable<Row>, fits: (row: Row) => boolean): boolean {
  return first(rows, 1, fits).length > 0;
}
