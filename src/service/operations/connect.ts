import { rateLimited, superseded, upstreamUnavailable } from '../http/refusal.js';
import { LimitReached, type Limits } from '../limits.js';
import type { Logger } from '../log.js';
import type { OpenGrant } from '../oauth/grants.js';
import type { Commit, Environment, NewBinding, Store } from '../store/store.js';
import { UpstreamError, type Answer, type PartnerApi } from '../upstream/partner-api.js';
import { isTransient } from '../upstream/transient.js';
import type { Standing, Standings } from '../upstream/standing.js';
import { parseDealer, type Dealer } from '../upstream/wire.js';
import { meaningOf, relayed } from './answer-meaning.js';
import { isShared, type Ended, type Journal, type Work } from './journal.js';
import { auditEntry, outboxEntry, toBinding } from './records.js';
import { warnOfConnect, warnOfOpen } from './warnings.js';

interface Dependencies {
  readonly store: Store;
  readonly journal: Journal;
  readonly api: PartnerApi;
  readonly limits: Limits;
  readonly standings: Standings;
  readonly environment: Environment;
  readonly logger: Logger;
  readonly clock: () => number;
}

/** What is known once CHeKT has answered. */
interface Sent extends Work {
  readonly open: OpenGrant;
  readonly answer: Answer;
}

/**
 * Sends the connect of a stored intent and commits CHeKT's answer, for a request or for the recovery after a
 * crash.
 */
export class ConnectOperations {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /**
   * @param isPaid whether the call has been taken from the platform's budget already
   * @throws the store's error if the store cannot be reached; the intent then stays and is repeated
   */
  async carryOut(work: Work, open: OpenGrant, { isPaid = false } = {}): Promise<Ended> {
    const { api, limits, journal } = this.#deps;
    const { operation, payload } = work;
    const overtaken = operation.attempts > 1 && (await this.#settleOvertaken(work, open));
    if (overtaken) return overtaken;
    try {
      if (!isPaid) await limits.spendPlatform('connect');
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      return journal.release(work, rateLimited(error.retryAfterMs), { isUntouched: true });
    }
    let answer: Answer;
    try {
      answer = await api.call('PUT', '/partner/v1/dealers/connect', {
        token: open.tokens.accessToken,
        idempotencyKey: operation.key,
        traceId: operation.traceId,
        // Built here, not passed on, because the account must be the session's. Whether the name is
        // acceptable is up to CHeKT.
        json: { external_dealer_id: operation.account, company_name: payload?.companyName },
      });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      warnOfOpen(this.#deps.logger, { operation, reason: error.message });
      return journal.release(work, upstreamUnavailable(error.message), { isUntouched: false });
    }
    await limits.applyHeaders(answer);
    return this.#settle({ ...work, open, answer });
  }

  async #settle(sent: Sent): Promise<Ended> {
    const { journal } = this.#deps;
    const { answer, operation } = sent;
    switch (meaningOf(answer, isShared(operation, this.#deps.clock()))) {
      case 'success': {
        const dealer = parseDealer(answer.body);
        if (dealer?.externalDealerId === operation.account) return this.#record(sent, dealer);
        warnOfConnect(
          this.#deps.logger,
          sent,
          'CHeKT accepted a connect, but its answer is not for this account.',
        );
        const message = 'CHeKT accepted the connect but does not confirm it.';
        return journal.release(sent, upstreamUnavailable(message), { isUntouched: false });
      }
      case 'refused':
        // "Already connected", to a repeat: perhaps by its own first try, where CHeKT does not keep the answers of keys.
        if (operation.attempts > 1 && answer.status === 409)
          return this.#settleByReading(sent, () => this.#refused(sent));
        return this.#refused(sent);
      case 'not-now':
        if (answer.status !== 429) warnOfConnect(this.#deps.logger, sent, 'CHeKT does not take a connect.');
        return journal.release(sent, relayed(answer), { isUntouched: true });
      case 'unknown':
        warnOfOpen(this.#deps.logger, sent);
        return journal.release(sent, relayed(answer), { isUntouched: false });
    }
  }

  async #record(sent: Sent, dealer: Dealer): Promise<Ended> {
    const { store, journal, standings, logger } = this.#deps;
    const { operation, answer } = sent;
    const committed = await store.commit(await this.#commitOf(sent, dealer, { isConfirmed: false }));
    if (committed.status === 'committed') return { status: 'settled', answer: relayed(answer) };
    if (committed.status !== 'superseded') return journal.settledByAnother(committed);

    // Something newer is stored. A late repeat gets the answer that CHeKT stored for the key, which may be
    // out of date.
    const standing = await standings.of(dealer.dealerId, operation.account).catch((error: unknown) => {
      logger.warn(
        { traceId: operation.traceId, externalDealerId: operation.account },
        'A late connect could not be verified.',
      );
      if (error instanceof UpstreamError) return undefined;
      throw error;
    });
    const isHidden =
      standing?.is === 'ambiguous' && (await standings.isControlled(standing.token, dealer.dealerId));
    if (isHidden) return this.endUnknown(sent, superseded); // the platform can read its dealers, but not this one
    if (standing === undefined || standing.is === 'ambiguous') {
      return journal.release(sent, upstreamUnavailable('CHeKT does not confirm it now.'), {
        isUntouched: false,
      });
    }
    if (standing.is !== 'account') return this.endUnknown(sent, superseded);
    const second = await store.commit(await this.#commitOf(sent, standing.dealer, { isConfirmed: true }));
    if (second.status === 'committed') return { status: 'settled', answer: relayed(answer) };
    return journal.settledByAnother(second);
  }

  async #commitOf(
    sent: Sent,
    dealer: Dealer,
    { isConfirmed: confirmed }: { isConfirmed: boolean },
  ): Promise<Commit> {
    const { journal, environment, clock } = this.#deps;
    const { operation, payload, answer, open } = sent;
    const { person } = open.tokens;
    const now = clock();
    const since = { connectedAt: new Date(now).toISOString(), connectedBy: person.name };
    const binding: NewBinding = {
      ...environment,
      binding: toBinding(dealer, operation.account, since),
      status: 'connected',
      statusAt: now,
      checkedAt: now,
      operationKey: operation.key,
      traceId: operation.traceId,
    };
    const { dealerId, companyName } = dealer;
    const end = { action: 'connect.recorded', outcome: 'applied', person, dealerId, companyName } as const;
    return {
      now,
      operation: {
        key: operation.key,
        outcome: 'applied',
        answer: await journal.seal(operation, relayed(answer)),
      },
      change: { kind: 'put', binding, confirmed },
      retireGrant: open.grant.signInId,
      audit: [auditEntry({ operation, payload, now }, end)],
      outbox: [outboxEntry({ operation, payload, now }, 'connected', binding.binding)],
    };
  }

  /**
   * Somebody pressed Connect, and something newer was done to the account or the dealer since: the press is no consent to undo
   * that, so it is never sent again. Whether its first try was carried out is read from CHeKT, unless the platform has removed
   * the record: that stays removed.
   */
  async #settleOvertaken(work: Work, open: OpenGrant): Promise<Ended | undefined> {
    const { store, environment } = this.#deps;
    const { account, sequence } = work.operation;
    const { dealerId } = open.tokens.person;
    const dealer = dealerId === undefined ? null : { apiOrigin: environment.apiOrigin, dealerId };
    const newer = await store.findNewer({ account, dealer, sequence });
    if (newer === null) return undefined;
    this.#deps.logger.warn(
      { traceId: work.operation.traceId, externalDealerId: account },
      'A connect that was open is not sent again: something newer is known of its account or dealer.',
    );
    const end = () => this.endUnknown(work, superseded);
    return newer === 'removal' ? end() : this.#settleByReading({ ...work, open }, end);
  }

  /**
   * Reads the dealer before the person is told no.
   * @param otherwise CHeKT says that it was not carried out; what was stored as connected before needs no second record
   */
  async #settleByReading(sent: Omit<Sent, 'answer'>, otherwise: () => Promise<Ended>): Promise<Ended> {
    const { store, standings, journal } = this.#deps;
    const { account } = sent.operation;
    const stored = await store.findBinding({ account });
    const dealerId = sent.open.tokens.person.dealerId ?? stored?.binding.dealerId;
    const isKnown = stored?.binding.dealerId === dealerId && stored?.status === 'connected';
    if (dealerId === undefined || isKnown) return otherwise();
    let standing: Standing;
    try {
      standing = await standings.of(dealerId, account);
    } catch (error) {
      if (!isTransient(error)) throw error;
      const said = upstreamUnavailable('CHeKT does not say now whether the dealer is connected.');
      return journal.release(sent, said, { isUntouched: false });
    }
    if (standing.is !== 'account') return otherwise();
    return this.#record({ ...sent, answer: standing.answer }, standing.dealer);
  }

  async #refused(sent: Sent): Promise<Ended> {
    warnOfConnect(this.#deps.logger, sent, 'CHeKT refuses a connect.');
    const { answer, open } = sent;
    const { person } = open.tokens;
    const end = { action: 'connect.refused', outcome: 'not-applied', person, answer } as const;
    return this.#end(sent, relayed(answer), 'refused', end);
  }

  /** Ends an operation whose result can no longer be found out: the grant is gone, or 24 hours have passed. */
  async endUnknown(work: Work, said: Answer): Promise<Ended> {
    return this.#end(work, said, 'unknown', { action: 'connect.unknown', outcome: 'unknown' });
  }

  /** Commits an ending without a binding. */
  async #end(
    { operation, payload }: Work,
    said: Answer,
    outcome: 'refused' | 'unknown',
    end: Parameters<typeof auditEntry>[1],
  ): Promise<Ended> {
    const { store, journal, clock } = this.#deps;
    const now = clock();
    const committed = await store.commit({
      now,
      operation: { key: operation.key, outcome, answer: await journal.seal(operation, said) },
      audit: [auditEntry({ operation, payload, now }, end)],
      outbox: [outboxEntry({ operation, payload, now }, 'failed', null)],
    });
    if (committed.status === 'committed') return { status: 'settled', answer: said };
    return journal.settledByAnother(committed);
  }
}
