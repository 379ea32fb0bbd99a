import type { Binding } from '../../partner-api/dealer.js';
import { codeOfStatus } from '../../partner-api/errors.js';
import type { Person } from '../oauth/dealer-sign-in.js';
import type { AuditAction, AuditEntry, Operation, OutboxEntry } from '../store/store.js';
import type { Answer } from '../upstream/partner-api.js';
import { parseError, type Dealer } from '../upstream/wire.js';
import type { Payload } from './journal.js';

interface Happened {
  readonly operation: Operation;
  readonly payload: Payload | undefined;
  readonly now: number;
}

/** The audit row for the end of an operation. */
export function auditEntry(
  { operation, payload, now }: Happened,
  end: {
    readonly action: AuditAction;
    readonly outcome: string;
    readonly person?: Person;
    readonly dealerId?: number | null;
    readonly companyName?: string | null;
    readonly answer?: Answer;
  },
): AuditEntry {
  const { person, answer } = end;
  const refusal = answer && answer.status >= 400 ? parseError(answer.body) : {};
  return {
    at: now,
    action: end.action,
    actor: payload?.actor ?? null,
    person: person ? auditPerson(person) : null,
    externalDealerId: operation.account,
    dealerId: end.dealerId ?? operation.dealerId,
    companyName: end.companyName ?? payload?.companyName ?? null,
    traceId: operation.traceId,
    requestId: refusal.requestId ?? null,
    code: answer && answer.status >= 400 ? codeOfStatus(answer.status) : null,
    apiCode: refusal.code ?? null,
    outcome: end.outcome,
  };
}

export function auditPerson({ sub, name, email }: Person): NonNullable<AuditEntry['person']> {
  return { sub: sub ?? null, name: name ?? null, email: email ?? null };
}

/** The event for the platform's hook. */
export function outboxEntry(
  { operation, payload, now }: Happened,
  type: OutboxEntry['type'],
  binding: Binding | null,
): OutboxEntry {
  return {
    type,
    occurredAt: now,
    externalDealerId: operation.account,
    binding,
    traceId: operation.traceId,
    actor: payload?.actor ?? null,
  };
}

/**
 * What the platform stores about a connected dealer: CHeKT's data, with when it was connected and by whom.
 */
export function toBinding(
  dealer: Dealer,
  account: string,
  since: { readonly connectedAt?: Binding['connectedAt']; readonly connectedBy?: string | undefined },
): Binding {
  const { connectedAt, connectedBy } = since;
  return {
    ...dealer,
    externalDealerId: account,
    ...(connectedAt === undefined ? {} : { connectedAt }),
    ...(connectedBy === undefined ? {} : { connectedBy }),
  };
}
