import { randomToken } from '../digest.js';
import { refusal, upstreamUnavailable } from '../http/refusal.js';
import type { Batch } from '../due/run-due.js';
import type { Logger } from '../log.js';
import { errorFields } from '../log.js';
import type { Grants } from '../oauth/grants.js';
import type { Store } from '../store/store.js';
import type { ConnectOperations } from './connect.js';
import type { DisconnectOperations } from './disconnect.js';
import type { Disconnecting } from './disconnecting.js';
import type { Ended, Journal, Work } from './journal.js';

interface Dependencies {
  readonly store: Store;
  readonly journal: Journal;
  readonly connects: ConnectOperations;
  readonly disconnects: DisconnectOperations;
  readonly disconnecting: Disconnecting;
  readonly grants: Grants;
  readonly logger: Logger;
  readonly clock: () => number;
}

/**
 * Milliseconds for which CHeKT keeps the answer to a key. After that, the same key would start a second
 * operation.
 */
const KEY_LIFE = 24 * 60 * 60_000;

/** Milliseconds within which the page of an account causes repeats at most once, so that reloading it does not ask CHeKT more often. */
const SETTLE_INTERVAL = 30_000;
const MOST_OPEN = 2;

const gone = refusal(
  409,
  'operation_unknown',
  'The authorization is gone, so it cannot be found out how this operation ended.',
);

const elsewhere = upstreamUnavailable('A process with the newest of encryptionKeys has to go on with it.');

/** Repeats, with the same key and grant, what a crash or a lost answer has left unsettled. */
export class Recovery {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Looks at one operation: where CHeKT hangs, the lease of a second one would end before its turn. */
  async runBatch(): Promise<Batch> {
    const [work] = await this.#deps.journal.takeUnsettled(1);
    if (!work) return { isMore: false };
    const isDone = await this.#try(work);
    return { isMore: true, done: isDone ? 1 : 0, waiting: isDone ? 0 : 1 };
  }

  /**
   * Somebody opens the account's page, which has forgotten what was open: finds out now how it ended, not when it is due.
   * @returns whether something was settled
   */
  async settle(account: string): Promise<boolean> {
    const { journal, store, clock } = this.#deps;
    const name = `settle:${account}`;
    if (!(await store.lease({ name, holder: randomToken(), ttlMs: SETTLE_INTERVAL, now: clock() })))
      return false;
    for (let settled = 0; settled < MOST_OPEN; settled += 1) {
      const [work] = await journal.takeUnsettled(1, account);
      if (!work || !(await this.#try(work))) return settled > 0;
    }
    return true;
  }

  /** @returns whether it is settled */
  async #try(work: Work): Promise<boolean> {
    try {
      return await this.#repeat(work);
    } catch (error) {
      // It is retried when its lease ends.
      const { traceId, kind, account } = work.operation;
      const fields = { ...errorFields(error), traceId, kind, externalDealerId: account };
      this.#deps.logger.error(fields, 'An operation could not be repeated now; it will be retried.');
      return false;
    }
  }

  /** @returns whether it is settled */
  async #repeat(work: Work): Promise<boolean> {
    const { store, journal, connects, disconnects, disconnecting, grants, clock } = this.#deps;
    const { operation, payload } = work;
    const isSettled = ({ status }: Ended) => status === 'settled';
    if (payload?.isAuthorized === false) {
      await journal.withdraw(work);
      return true;
    }
    const { signInId } = operation;
    const isOld = clock() - operation.createdAt >= KEY_LIFE;
    const grant = signInId === null ? null : await store.findGrant({ signInId });
    const isOthers = journal.isOfAnotherKey(work) || (grant !== null && grants.isOfAnotherKey(grant));
    if (isOthers && !isOld) {
      await journal.release(work, elsewhere, { isUntouched: false });
      return false;
    }
    const isOver = isOld || payload === undefined;
    if (operation.kind === 'disconnect') {
      return isSettled(await (isOver ? disconnects.endUnknown(work) : disconnecting.repeat(work)));
    }
    const granted = isOver || grant === null ? null : await grants.open(grant);
    const open = granted && (await grants.usable(granted));
    if (!open || payload === undefined) {
      return isSettled(await connects.endUnknown(work, gone));
    }
    const ended = await connects.carryOut(work, open);
    if (isSettled(ended) || ended.answer.status !== 401) return isSettled(ended);

    // CHeKT no longer accepts the token. Refreshing it also shows whether the grant has ended.
    const renewed = await grants.usable(open, 'rejected');
    return renewed === null ? isSettled(await connects.endUnknown(work, gone)) : false;
  }
}
