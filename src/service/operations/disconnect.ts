import { NOT_CONNECTED_CODES } from '../../partner-api/wire-error.js';
import { rateLimited, refusal, upstreamUnavailable } from '../http/refusal.js';
import { LimitReached } from '../limits.js';
import type { Logger } from '../log.js';
import { OAuthFailure } from '../oauth/diagnose.js';
import type { Commit, Environment, OperationOutcome, Store } from '../store/store.js';
import { UpstreamError, type Answer } from '../upstream/partner-api.js';
import type { PlatformCalls } from '../upstream/platform-calls.js';
import type { Standings } from '../upstream/standing.js';
import { parseError } from '../upstream/wire.js';
import { superseded } from '../http/refusal.js';
import { meaningOf, relayed } from './answer-meaning.js';
import { isShared, type Ended, type Journal, type Work } from './journal.js';
import { auditEntry, outboxEntry } from './records.js';
import { warnOfOpen } from './warnings.js';

interface Dependencies {
  readonly store: Store;
  readonly journal: Journal;
  readonly calls: PlatformCalls;
  readonly standings: Standings;
  readonly environment: Environment;
  readonly logger: Logger;
  readonly clock: () => number;
}

interface Sent extends Work {
  readonly answer: Answer;
  readonly dealerId: number;
}

/** CHeKT says that there is nothing to disconnect. Any other 404 says nothing about the dealer. */
function isGone({ status, body }: Answer): boolean {
  return status === 404 && NOT_CONNECTED_CODES.includes(parseError(body).code ?? '');
}

/** Whether the answer to a disconnect says that the dealer is not connected any more. */
export function saysDisconnected(answer: Answer): boolean {
  return (answer.status >= 200 && answer.status < 300) || isGone(answer);
}

const nobodyKnows = refusal(409, 'operation_unknown', 'It cannot be found out how this operation ended.');

/**
 * Sends the disconnect of a stored intent with the platform's own credentials, and commits CHeKT's answer.
 */
export class DisconnectOperations {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** @throws the store's error if the store cannot be reached; the intent then stays and is repeated */
  async carryOut(work: Work): Promise<Ended> {
    const { calls, journal } = this.#deps;
    const { key, traceId, dealerId } = work.operation;
    if (dealerId === null) throw new TypeError('A disconnect must have a dealerId.');
    let answer: Answer;
    try {
      const path = `/partner/v1/dealers/${dealerId}/disconnect`;
      const call = { dealerId, purpose: 'other', idempotencyKey: key, traceId } as const;
      ({ answer } = await calls.call('PUT', path, call));
    } catch (error) {
      if (error instanceof LimitReached) {
        return journal.release(work, rateLimited(error.retryAfterMs), { isUntouched: true });
      }
      if (error instanceof OAuthFailure) {
        const said = upstreamUnavailable("The issuer gives no token to the platform's own credentials.");
        return journal.release(work, said, { isUntouched: true });
      }
      if (!(error instanceof UpstreamError)) throw error;
      warnOfOpen(this.#deps.logger, { operation: work.operation, reason: error.message });
      return journal.release(work, upstreamUnavailable(error.message), { isUntouched: false });
    }
    return this.#settle({ ...work, answer, dealerId });
  }

  async #settle(sent: Sent): Promise<Ended> {
    const { journal } = this.#deps;
    const { answer, operation } = sent;
    if (isGone(answer)) return this.#record(sent);
    switch (meaningOf(answer, isShared(operation, this.#deps.clock()))) {
      case 'success':
        return this.#record(sent);
      case 'refused':
        this.#log(sent);
        return this.#end(sent, 'refused', relayed(answer));
      case 'not-now':
        if (answer.status !== 429) this.#log(sent);
        return journal.release(sent, relayed(answer), { isUntouched: true });
      case 'unknown':
        warnOfOpen(this.#deps.logger, sent);
        return journal.release(sent, relayed(answer), { isUntouched: false });
    }
  }

  async #record(sent: Sent): Promise<Ended> {
    const { store, journal, standings } = this.#deps;
    const { operation, dealerId, answer } = sent;
    const said = relayed(answer);
    const committed = await store.commit(await this.#commitOf(sent, said, { isConfirmed: false }));
    if (committed.status === 'committed') return { status: 'settled', answer: said };
    if (committed.status !== 'superseded') return journal.settledByAnother(committed);

    // It has since been connected again. Only CHeKT knows whether that was before this disconnect or after
    // it, and nothing is removed unless it says so.
    const standing = await standings.of(dealerId, operation.account);
    if (standing.is === 'account' || standing.is === 'ambiguous')
      return this.#end(sent, 'unknown', superseded);
    const second = await store.commit(await this.#commitOf(sent, said, { isConfirmed: true }));
    if (second.status === 'committed') return { status: 'settled', answer: said };
    return journal.settledByAnother(second);
  }

  async #commitOf(
    sent: Sent,
    said: Answer,
    { isConfirmed: confirmed }: { isConfirmed: boolean },
  ): Promise<Commit> {
    const { store, journal, environment, clock } = this.#deps;
    const { operation, payload, answer, dealerId } = sent;
    const { account } = operation;
    const now = clock();
    const stored = await store.findBinding({ account });
    const binding = stored?.binding.dealerId === dealerId ? stored.binding : null;
    const companyName = binding?.companyName ?? null;
    const end = { action: 'disconnect.recorded', outcome: 'applied', dealerId, companyName, answer } as const;
    return {
      now,
      operation: { key: operation.key, outcome: 'applied', answer: await journal.seal(operation, said) },
      change: { kind: 'end', account, dealerId, environment, confirmed },
      audit: [auditEntry({ operation, payload, now }, end)],
      outbox: [outboxEntry({ operation, payload, now }, 'disconnected', binding)],
    };
  }

  /** Ends an operation that is older than 24 hours, or whose intent can no longer be decrypted. */
  endUnknown(work: Work, said = nobodyKnows): Promise<Ended> {
    return this.#end(work, 'unknown', said);
  }

  /** Another one has done what this one was to do. */
  endDone(work: Work): Promise<Ended> {
    return this.#end(work, 'applied', { status: 204, body: '' });
  }

  async #end({ operation, payload }: Work, outcome: OperationOutcome, said: Answer): Promise<Ended> {
    const { store, journal, clock } = this.#deps;
    const now = clock();
    const action = `disconnect.${outcome === 'applied' ? 'recorded' : outcome}` as const;
    const audited = outcome === 'refused' ? 'not-applied' : outcome;
    const committed = await store.commit({
      now,
      operation: { key: operation.key, outcome, answer: await journal.seal(operation, said) },
      audit: [auditEntry({ operation, payload, now }, { action, outcome: audited, answer: said })],
      outbox: [
        outboxEntry({ operation, payload, now }, outcome === 'applied' ? 'disconnected' : 'failed', null),
      ],
    });
    if (committed.status === 'committed') return { status: 'settled', answer: said };
    return journal.settledByAnother(committed);
  }

  #log({ operation, answer, dealerId }: Sent): void {
    const { code, requestId } = parseError(answer.body);
    const { traceId, account: externalDealerId } = operation;
    const fields = { status: answer.status, code, requestId, traceId, externalDealerId, dealerId };
    this.#deps.logger.warn(
      { ...fields, setting: 'platformClient.scope' },
      'CHeKT refuses a disconnect. Look at platformClient (clientId, scope) and partnerApi.baseUrl.',
    );
  }
}
