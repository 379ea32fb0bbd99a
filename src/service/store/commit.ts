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
   * Stores it and takes its dealer from an account that had it, which is audited and tells the hook `lost`. `confirmed`: CHeKT
   * was asked after the operation and said so. Otherwise nothing of the account or the dealer may have become known since the
   * operation began: of two that overlap, CHeKT alone knows which it carried out last.
   */
  | { readonly kind: 'put'; readonly binding: NewBinding; readonly confirmed: boolean }
  /** Deletes it, if it is of this dealer. */
  | {
      readonly kind: 'end';
      readonly account: string;
      readonly dealerId: number;
      readonly environment: Environment;
      readonly confirmed: boolean;
    }
  /** Forgets it whatever CHeKT says, if it is still this one. */
  | { readonly kind: 'forget'; readonly account: string; readonly sequence: number }
  /** A check. With an unchanged status only `checkedAt` moves: no audit row, no event. Not while an operation is unsettled. */
  | {
      readonly kind: 'mark';
      readonly account: string;
      readonly sequence: number;
      readonly status: StoredBinding['status'];
      /** What CHeKT says of the dealer now; without it that stays. */
      readonly binding?: StoredBinding['binding'];
    }
  /** Keeps what a page reported, to be looked at again. */
  | { readonly kind: 'report'; readonly report: Omit<Report, 'attempts'> }
  /** CHeKT denies what a page reported. */
  | { readonly kind: 'drop-report'; readonly account: string; readonly dealerId: number };

export interface Commit {
  readonly now: number;
  /** The operation that has ended by this. Whose lease it is does not matter: the first commit wins. */
  readonly operation?: {
    readonly key: string;
    readonly outcome: OperationOutcome;
    readonly answer: Sealed | null;
  };
  readonly change?: BindingChange;
  /** The sign-in whose work is done. */
  readonly retireGrant?: string;
  readonly audit: readonly AuditEntry[];
  readonly outbox: readonly OutboxEntry[];
}

export type Committed =
  /** `ended`: the binding that the account had before and has no more. `taken`: those of other accounts, with the same dealer. */
  | {
      readonly status: 'committed';
      readonly ended: StoredBinding | null;
      readonly taken: readonly StoredBinding[];
    }
  /** Nothing was written: the operation was settled before, by somebody else. */
  | { readonly status: 'settled'; readonly operation: SettledOperation }
  /** Nothing was written, the operation is unsettled: ask CHeKT and commit what it says as `confirmed`, or as `unknown`. */
  | { readonly status: 'superseded' }
  /**
   * No audit row and no event: the status was this one (only `checkedAt` has moved), the binding is another by now, it is gone,
   * or an operation of the account is unsettled.
   */
  | { readonly status: 'unchanged' }
  /** Nothing was written: there is no such operation (any more). */
  | { readonly status: 'no-operation' };
