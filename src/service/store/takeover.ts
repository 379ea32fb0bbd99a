import type { Commit } from './commit-types.js';
import type { AuditEntry, OutboxEntry, StoredBinding } from './records.js';

/**
 * The audit row and event for the account that loses its dealer to a newer binding: CHeKT has recorded the
 * dealer for another account, so the old binding is `lost`. Nobody in the old account did that, so there is
 * no actor. If it was lost already, its hook has been told.
 */
export function takeoverOf(
  { binding, status }: StoredBinding,
  { now, audit }: Commit,
): { readonly audit: AuditEntry; readonly outbox: readonly OutboxEntry[] } {
  const { externalDealerId, dealerId, companyName } = binding;
  const traceId = audit[0]?.traceId ?? null;
  return {
    audit: {
      at: now,
      action: 'binding.lost',
      actor: null,
      person: null,
      externalDealerId,
      dealerId,
      companyName,
      traceId,
      requestId: null,
      code: 'taken_by_another_account',
      apiCode: null,
      outcome: null,
    },
    outbox:
      status === 'lost'
        ? []
        : [{ type: 'lost', occurredAt: now, externalDealerId, binding, traceId, actor: null }],
  };
}
