import type { Commit } from './commit.js';
import type { AuditEntry, OutboxEntry, StoredBinding } from './records.js';

/**
 * What the account reads from which a newer binding took the dealer: CHeKT has recorded it for another account, which is a
 * positive statement. Nobody of the older account did it, so no actor is named. Where it was lost before, its hook knows.
 */
export function takeoverOf(
  { binding, status }: StoredBinding,
  { now, audit }: Commit,
): { readonly audit: AuditEntry; readonly outbox: readonly OutboxEntry[] } {
  const { externalDealerId, dealerId, companyName } = binding;
  const traceId = audit[0]?.traceId ?? null;
  return {
    audit: {
      ...{
        at: now,
        action: 'binding.lost',
        actor: null,
        person: null,
        externalDealerId,
        dealerId,
        companyName,
      },
      ...{ traceId, requestId: null, code: 'taken_by_another_account', apiCode: null, outcome: null },
    },
    outbox:
      status === 'lost'
        ? []
        : [{ type: 'lost', occurredAt: now, externalDealerId, binding, traceId, actor: null }],
  };
}
