import { refusal, upstreamUnavailable } from '../http/refusal.js';
import type { Logger } from '../log.js';
import { errorFields } from '../log.js';
import type { Grants } from '../oauth/grants.js';
import type { ConnectOperations } from './connect.js';
import type { DisconnectOperations } from './disconnect.js';
import type { Disconnecting } from './disconnecting.js';
import type { Journal, Work } from './journal.js';

interface Surroundings {
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
const BATCH = 10;

const gone = refusal(
  409,
  'operation_unknown',
  'The authorization is gone, so it cannot be found out how this operation ended.',
);

const elsewhere = upstreamUnavailable('A process with the newest of encryptionKeys has to go on with it.');

/** Repeats, with the same key and grant, what a crash or a lost answer has left unsettled. */
export class Recovery {
  readonly #at: Surroundings;

  constructor(at: Surroundings) {
    this.#at = at;
  }

  /** @returns whether there may be more: the batch was full */
  async runBatch(): Promise<{ readonly isMore: boolean }> {
    const { journal, logger } = this.#at;
    const works = await journal.takeUnsettled(BATCH);
    for (const work of works) {
      const { traceId, kind, account } = work.operation;
      try {
        await this.#repeat(work);
      } catch (error) {
        // It is retried when its lease ends.
        const fields = { ...errorFields(error), traceId, kind, externalDealerId: account };
        logger.error(fields, 'An operation could not be repeated now; it will be retried.');
      }
    }
    return { isMore: works.length === BATCH };
  }

  async #repeat(work: Work): Promise<void> {
    const { journal, connects, disconnects, disconnecting, grants, clock } = this.#at;
    const { operation, payload } = work;
    if (payload?.isAuthorized === false) return journal.withdraw(work);
    const { signInId } = operation;
    const isOld = clock() - operation.createdAt >= KEY_LIFE;
    const isOthers =
      journal.isOfAnotherKey(work) || (signInId !== null && (await grants.isOfAnotherKey(signInId)));
    if (isOthers && !isOld) {
      await journal.release(work, elsewhere, { isUntouched: false });
      return;
    }
    const isOver = isOld || payload === undefined;
    if (operation.kind === 'disconnect') {
      await (isOver ? disconnects.endUnknown(work) : disconnecting.repeat(work));
      return;
    }
    const granted = isOver || signInId === null ? null : await grants.bySignIn(signInId);
    const open = granted && (await grants.usable(granted));
    if (!open || payload === undefined) {
      await connects.endUnknown(work, gone);
      return;
    }
    const ended = await connects.carryOut(work, open);
    if (ended.status === 'settled' || ended.answer.status !== 401) return;

    // CHeKT no longer accepts the token. Refreshing it also shows whether the grant has ended.
    const renewed = await grants.usable(open, 'rejected');
    if (!renewed) await connects.endUnknown(work, gone);
  }
}
