import { refusal } from '../http/refusal.js';
import type { Batch } from '../due/run-due.js';
import type { Logger } from '../log.js';
import { errorFields } from '../log.js';
import type { Grants } from '../oauth/grants.js';
import type { ConnectOperations } from './connect.js';
import type { DisconnectOperations } from './disconnect.js';
import type { Disconnecting } from './disconnecting.js';
import type { Ended, Journal, Work } from './journal.js';

interface Surroundings {
  readonly journal: Journal;
  readonly connects: ConnectOperations;
  readonly disconnects: DisconnectOperations;
  readonly disconnecting: Disconnecting;
  readonly grants: Grants;
  readonly logger: Logger;
  readonly clock: () => number;
}

/** For so long CHeKT keeps the answer to a key. After it, the same key would be a second operation. */
const KEY_LIFE = 24 * 60 * 60_000;
const BATCH = 10;

const gone = refusal(
  409,
  'operation_unknown',
  'The authorization is gone; nobody knows how this operation ended.',
);

/** Repeats, with the same key and grant, what a crash or a lost answer has left unsettled. */
export class Recovery {
  readonly #at: Surroundings;

  constructor(at: Surroundings) {
    this.#at = at;
  }

  /** @returns how many operations it looked at; fewer than a batch: there are no more for now */
  async runBatch(): Promise<Batch> {
    const { journal, logger } = this.#at;
    const works = await journal.takeUnsettled(BATCH);
    let done = 0;
    for (const work of works) {
      const { traceId, kind, account } = work.operation;
      try {
        if (await this.#repeat(work)) done += 1;
      } catch (error) {
        // Its lease runs out, and it comes again.
        const fields = { ...errorFields(error), traceId, kind, externalDealerId: account };
        logger.error(fields, 'An operation could not be repeated now.');
      }
    }
    return { isMore: works.length === BATCH, done, waiting: works.length - done };
  }

  /** @returns whether it is settled */
  async #repeat(work: Work): Promise<boolean> {
    const { journal, connects, disconnects, disconnecting, grants, clock } = this.#at;
    const { operation, payload } = work;
    const isSettled = ({ status }: Ended) => status === 'settled';
    if (payload?.isAuthorized === false) {
      await journal.withdraw(work);
      return true;
    }
    const isOver = clock() - operation.createdAt >= KEY_LIFE || payload === undefined;
    if (operation.kind === 'disconnect') {
      return isSettled(await (isOver ? disconnects.endUnknown(work) : disconnecting.repeat(work)));
    }
    const granted = isOver || operation.signInId === null ? null : await grants.bySignIn(operation.signInId);
    const open = granted && (await grants.usable(granted));
    if (!open || payload === undefined) {
      return isSettled(await connects.endUnknown(work, gone));
    }
    const ended = await connects.carryOut(work, open);
    if (isSettled(ended) || ended.answer.status !== 401) return isSettled(ended);

    // CHeKT does not take the token any more. Renewed, it says whether the grant is over, too.
    const renewed = await grants.usable(open, 'rejected');
    return renewed === null ? isSettled(await connects.endUnknown(work, gone)) : false;
  }
}
