import type {
  AuditEntry,
  Environment,
  NewBinding,
  OperationOutcome,
  OutboxEntry,
  Report,
  Sealed,
  SettledOperation,
  StoredBinding,
} from './records.js';

export type BindingChange =
  /**
   * Stores the binding. If another account had this dealer, its binding ends, with an audit row and the hook
   * `lost`. `confirmed` means that CHeKT was asked after the operation and agrees. Without it, the change is
   * superseded if anything about the account or the dealer has become known since the operation began,
   * because of two overlapping operations only CHeKT knows which it carried out last. With `replaces` it is superseded unless the
   * account's binding still has this sequence or, for null, there is still none: something has been done since CHeKT was asked.
   */
  | {
      readonly kind: 'put';
      readonly binding: NewBinding;
      readonly confirmed: boolean;
      readonly replaces?: number | null;
    }
  /** Deletes the account's binding if it is with this dealer. */
  | {
      readonly kind: 'end';
      readonly account: string;
      readonly dealerId: number;
      readonly environment: Environment;
      readonly confirmed: boolean;
    }
  /** Deletes the binding whatever CHeKT says, if it still has this `sequence`, and the account's reports. */
  | { readonly kind: 'forget'; readonly account: string; readonly sequence: number }
  /**
   * Stores the result of a check. If the status is unchanged, only `checkedAt` moves, without audit row or
   * event. Does nothing while an operation of the account is unsettled.
   */
  | {
      readonly kind: 'mark';
      readonly account: string;
      readonly sequence: number;
      readonly status: StoredBinding['status'];
      /** What CHeKT now says about the dealer; if absent, the stored data stays. */
      readonly binding?: StoredBinding['binding'];
    }
  /** Keeps a page's report, to be checked again. */
  | { readonly kind: 'report'; readonly report: Omit<Report, 'attempts'> }
  /** Drops a page's report that CHeKT denies. */
  | { readonly kind: 'drop-report'; readonly account: string; readonly dealerId: number };

export interface Commit {
  readonly now: number;
  /** The operation that this commit settles. Its lease does not matter: the first commit wins. */
  readonly operation?: {
    readonly key: string;
    readonly outcome: OperationOutcome;
    readonly answer: Sealed | null;
  };
  readonly change?: BindingChange;
  /** The sign-in id of the grant whose work is done. */
  readonly retireGrant?: string;
  readonly audit: readonly AuditEntry[];
  readonly outbox: readonly OutboxEntry[];
}

export type Committed =
  /**
   * `ended` is the binding that the account no longer has; `taken` are those of other accounts with the same
   * dealer.
   */
  | {
      readonly status: 'committed';
      readonly ended: StoredBinding | null;
      readonly taken: readonly StoredBinding[];
    }
  /** Nothing was written: somebody else had settled the operation. */
  | { readonly status: 'settled'; readonly operation: SettledOperation }
  /**
   * Nothing was written and the operation is unsettled. Ask CHeKT, and commit its answer as `confirmed`, or
   * the outcome `unknown`.
   */
  | { readonly status: 'superseded' }
  /**
   * No audit row and no event were written: the status is the same (only `checkedAt` has moved), the binding
   * has been replaced or is gone, or an operation of the account is unsettled.
   */
  | { readonly status: 'unchanged' }
  /** Nothing was written: there is no such operation, or no longer. */
  | { readonly status: 'no-operation' };
