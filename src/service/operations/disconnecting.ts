import { digest } from '../digest.js';
import { otherAccount, refusal } from '../http/refusal.js';
import type { BindingChecks } from '../due/binding-checks.js';
import type { Actor, Store } from '../store/store.js';
import type { Answer } from '../upstream/partner-api.js';
import { isPassing } from '../upstream/passing.js';
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

interface Surroundings {
  readonly store: Store;
  readonly journal: Journal;
  readonly standings: Standings;
  readonly checks: BindingChecks;
  readonly disconnects: DisconnectOperations;
}

/** Disconnects the account's own dealer, and no other: by a person's request, or by the platform's own code. */
export class Disconnecting {
  readonly #at: Surroundings;

  constructor(at: Surroundings) {
    this.#at = at;
  }

  async run({ account, dealerId, actor, key, traceId }: DisconnectRequest): Promise<Ended> {
    const { store, journal, checks, disconnects } = this.#at;
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
      { actor },
    );
    if (begun.status === 'running') return { status: 'open', answer: begun.answer };
    if (begun.status === 'conflict') return { status: 'open', answer: conflict };
    if (begun.status === 'answered') return { status: 'open', answer: await journal.answer(begun.operation) };

    const { work } = begun;
    // A repeat of what was sent: CHeKT may have done it, so nothing but its answer counts now.
    if (work.operation.attempts === 1) {
      const stored = await store.findBinding({ account });
      const isOwn = stored?.binding.dealerId === dealerId;
      const refused = !isOwn
        ? otherAccount
        : checks.isForeign(stored)
          ? otherEnvironment
          : await this.#refusedByOwner(dealerId, account);
      if (refused) return this.#withdraw(work, refused);
    }
    return disconnects.carryOut(work, { actor });
  }

  /**
   * Our record can be stale: disconnected in CHeKT's portal, and connected to another account since. Our credentials reach that
   * one too, so CHeKT is asked first. An answer that does not say whose the dealer is stops nothing.
   */
  async #refusedByOwner(dealerId: number, account: string): Promise<Answer | undefined> {
    try {
      const { is } = await this.#at.standings.of(dealerId, account);
      return is === 'other-account' ? otherAccount : undefined;
    } catch (error) {
      if (isPassing(error)) return undefined;
      throw error;
    }
  }

  #withdraw(work: Work, answer: Answer): Promise<Ended> {
    return this.#at.journal.release(work, answer, { isUntouched: true });
  }
}
