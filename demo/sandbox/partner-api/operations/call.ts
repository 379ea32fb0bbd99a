import type { Answer, Refusal } from '../../exchange/answers.js';
import type { DealerId } from '../../sample-data/dealers.js';
import type { AuditEntry } from '../../store/audit-trail.js';
import type { Run } from '../../store/run.js';
import type { Switches } from '../../switches.js';
import type { Caller } from '../../oauth/access-tokens.js';

/** One authenticated call, as an operation sees it. */
export interface Call {
  readonly run: Run;
  readonly caller: Caller;
  readonly requestId: string;
  readonly traceId: string | undefined;
  /** The `{dealerId}` of the path; empty on connect. */
  readonly dealerId: string;
  readonly body: string;
}

/** Does the work of one operation synchronously, so that nothing else changes the run in between. */
export type Perform = (call: Call) => Answer;

export const dealerNotFound: Refusal = {
  status: 404,
  code: 'dealer_not_found',
  message: 'There is no such dealer.',
};

export const notConnected: Refusal = {
  status: 404,
  code: 'dealer_not_connected',
  message: 'The dealer is not connected.',
};

/** The refusal of a platform's token that was requested for a different dealer, or for no dealer. */
export function tokenForOther(
  { dealerId }: Extract<Caller, { kind: 'platform' }>,
  wanted: DealerId,
  { partnerClaim }: Switches,
): Refusal | undefined {
  if (dealerId === wanted) return undefined;
  if (dealerId !== undefined)
    return forbidden('permission_denied', 'The access token is for another dealer.');
  if (partnerClaim === 'optional') return undefined;
  return forbidden('permission_denied', 'The access token names no dealer.');
}

export function forbidden(code: string, message: string): Refusal {
  return { status: 403, code, message };
}

export function audit(
  { run, caller, requestId, traceId }: Call,
  action: AuditEntry['action'],
  outcome: string,
  dealerId: DealerId | undefined,
  externalDealerId: string | undefined,
): void {
  run.audit.add({
    time: new Date().toISOString(),
    action,
    outcome,
    subject: caller.subject,
    clientId: caller.clientId,
    dealerId: dealerId ?? null,
    externalDealerId: externalDealerId ?? null,
    traceId: traceId ?? null,
    requestId,
  });
}
