import { digest } from '../digest.js';
import { otherAccount, refusal, superseded, upstreamUnavailable } from '../http/refusal.js';
import type { Logger } from '../log.js';
import type { BindingChecks } from '../due/binding-checks.js';
import type { Actor, SettledOperation, Store } from '../store/store.js';
import type { Answer } from '../upstream/partner-api.js';
import { isTransient } from '../upstream/transient.js';
import type { Standings } from '../upstream/standing.js';
import type { DisconnectOperations } from './disconnect.js';
import type { Ended, Journal, Work } from './journal.js';

export interface DisconnectRequest {
  readonly account: string;
  readonly dealerId: number;
  readonly actor: Actor;
  readonly key: string;
  readonly traceId: string;
}

const conflict = refusal(409, 'idempotency_conflict', 'The key belongs to another request.');
const otherEnvironment = refusal(
  409,
  'other_environment',
  'This binding was made with another partnerApi.baseUrl or platformClient.clientId.',
);

const connectIsOpen = upstreamUnavailable('A newer connect of the account is still open.');

interface Dependencies {
  readonly store: Store;
  readonly journal: Journal;
  readonly standings: Standings;
  readonly checks: BindingChecks;
  readonly disconnects: DisconnectOperations;
  readonly logger: Logger;
}

/**
 * Disconnects the account's own dealer and no other, for a person's request or for the platform's own code.
 */
export class Disconnecting {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  async run({ account, dealerId, actor, key, traceId }: DisconnectRequest): Promise<Ended> {
    const { journal } = this.#deps;
    const refused = await this.#refusedByRecord(dealerId, account);
    const begun = await journal.begin(
      {
        key,
        kind: 'disconnect',
        account,
        dealerId,
        signInId: null,
        fingerprint: await digest('disconnect', actor.id, account, dealerId),
        traceId,
      },
      { actor, isAuthorized: refused === undefined },
    );
    if (begun.status === 'running') return { status: 'open', answer: begun.answer };
    if (begun.status === 'conflict') return { status: 'open', answer: conflict };
    if (begun.status === 'answered')
      return { status: 'open', answer: await this.#remembered(begun.operation) };
    const { work } = begun;
    if (refused && work.payload?.isAuthorized !== true) {
      return journal.release(work, refused, { isUntouched: true });
    }
    return this.repeat(work);
  }

  /** The stored answer, unless the account has been connected again since: "disconnected" would not be true any more. */
  async #remembered(operation: SettledOperation): Promise<Answer> {
    const { store, journal } = this.#deps;
    const { account, outcome, sequence } = operation;
    const stored = outcome === 'applied' ? await store.findBinding({ account }) : null;
    return stored && stored.sequence > sequence ? superseded : journal.answer(operation);
  }

  /**
   * Repeats a stored intent. The owner is checked each time, because a late repeat must not disconnect a
   * dealer that now belongs to another account.
   */
  async repeat(work: Work): Promise<Ended> {
    const { journal, disconnects } = this.#deps;
    const { account, dealerId, attempts } = work.operation;
    if (dealerId === null) throw new TypeError('A disconnect names its dealer.');
    const overtaken = attempts > 1 && (await this.#settleOvertaken(work));
    if (overtaken) return overtaken;
    const refused =
      (await this.#refusedByRecord(dealerId, account)) ?? (await this.#refusedByOwner(dealerId, account));
    if (!refused) return disconnects.carryOut(work);
    if (attempts > 1) return disconnects.endUnknown(work, refused); // an earlier attempt may have been carried out
    return journal.release(work, refused, { isUntouched: true });
  }

  /**
   * Somebody pressed Disconnect, and the account has been disconnected or connected since. The press is done, or it is no consent
   * to undo the newer connect: it is never sent again.
   */
  async #settleOvertaken(work: Work): Promise<Ended | undefined> {
    const { store, journal, disconnects, logger } = this.#deps;
    const { account, sequence, traceId } = work.operation;
    const stored = await store.findBinding({ account });
    const newer = await store.findNewer({ account, dealer: null, sequence });
    if (stored === null) return newer === 'result' ? disconnects.endDone(work) : undefined;
    // Whether the newer connect has undone the need for it is known once that is settled.
    if (newer === 'connect') return journal.release(work, connectIsOpen, { isUntouched: false });
    if (stored.sequence < sequence) return undefined;
    logger.warn(
      { traceId, externalDealerId: account },
      'A disconnect that was open is not sent again: the account has been connected since.',
    );
    return disconnects.endUnknown(work, superseded);
  }

  async #refusedByRecord(dealerId: number, account: string): Promise<Answer | undefined> {
    const { store, checks } = this.#deps;
    const stored = await store.findBinding({ account });
    if (stored?.binding.dealerId !== dealerId) return otherAccount;
    return checks.isForeign(stored) ? otherEnvironment : undefined;
  }

  /**
   * Our record can be stale: the dealer may have been disconnected in CHeKT's portal and connected to another
   * account since. Our credentials would disconnect that account too, so CHeKT is asked first. An answer that
   * does not say whose the dealer is stops nothing.
   */
  async #refusedByOwner(dealerId: number, account: string): Promise<Answer | undefined> {
    try {
      const { is } = await this.#deps.standings.of(dealerId, account);
      return is === 'other-account' ? otherAccount : undefined;
    } catch (error) {
      if (isTransient(error)) return undefined;
      throw error;
    }
  }
}
