import type { HookEvent, ServiceHooks } from '../hooks.js';
import { errorFields, type Logger } from '../log.js';
import { Batcher } from '../batcher.js';
import type { Delivery, OutboxRow, Store } from '../store/store.js';
import { within } from '../wait.js';
import type { Batch } from './run-due.js';

/** Milliseconds until a hook call times out. */
const HOOK_TIMEOUT = 10_000;
/** Longer than HOOK_TIMEOUT, so that no second process delivers the same event at the same time. */
const HOOK_LEASE = 15_000;
const DAY = 24 * 60 * 60_000;
const FIRST_RETRY = 5_000;
const LONGEST_RETRY = 60 * 60_000;
const BATCH = 20;

interface Dependencies {
  readonly store: Store;
  readonly hooks: ServiceHooks;
  readonly logger: Logger;
  readonly clock: () => number;
}

/** Calls the platform's hooks: after the commit, at least once, and in order per account. */
export class Outbox {
  readonly #deps: Dependencies;
  readonly #done = new Batcher((events: readonly Delivery[]) =>
    this.#deps.store.settleOutbox({ events, result: 'done', now: this.#deps.clock() }),
  );

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Delivers the accounts' undelivered events, right after a commit. A slow hook of one account holds up no other. */
  async tell(accounts: readonly string[]): Promise<void> {
    const take = new Batcher((of: readonly string[]) => this.#take(of));
    const tellAll = async (account: string) => {
      const isOf = ({ externalDealerId }: OutboxRow) => externalDealerId === account;
      for (let row = (await take.add(account)).find(isOf); row; row = (await take.add(account)).find(isOf)) {
        await this.#deliver(row);
      }
    };
    await Promise.all([...new Set(accounts)].map(tellAll));
  }

  async runBatch(): Promise<Batch> {
    const rows = await this.#take();
    const told = await Promise.all(rows.map((row) => this.#deliver(row)));
    const done = told.filter(Boolean).length;
    // One event of an account at a time: its next one may be due now.
    return { isMore: rows.length > 0, done, waiting: rows.length - done };
  }

  #take(accounts?: readonly string[]): Promise<readonly OutboxRow[]> {
    const { store, clock } = this.#deps;
    return store.takeOutbox({
      now: clock(),
      leaseMs: HOOK_LEASE,
      limit: accounts?.length ?? BATCH,
      ...(accounts === undefined ? {} : { accounts }),
    });
  }

  /** @returns whether the hook was told */
  async #deliver(row: OutboxRow): Promise<boolean> {
    const { store, hooks, logger, clock } = this.#deps;
    const { id, attempts, type, occurredAt, externalDealerId, traceId } = row;
    const settle = (result: 'dead' | { retryAt: number }) =>
      store.settleOutbox({ events: [{ id, attempts }], result, now: clock() });
    try {
      await within(HOOK_TIMEOUT, Promise.resolve(hooks[type]?.(eventOf(row))));
    } catch (error) {
      const fields = { ...errorFields(error), id, type, externalDealerId, traceId, attempts };
      if (clock() - occurredAt >= DAY) {
        logger.error(
          fields,
          `The hook on.${type} has failed for 24 hours and will not be called again for this event.`,
        );
        await settle('dead');
        return false;
      }
      logger.warn(fields, `The hook on.${type} failed and will be called again.`);
      const delay = Math.min(FIRST_RETRY * 2 ** Math.min(attempts - 1, 16), LONGEST_RETRY);
      await settle({ retryAt: clock() + delay });
      return false;
    }
    await this.#done.add({ id, attempts });
    return true;
  }
}

function eventOf({ id, type, occurredAt, externalDealerId, binding, traceId, actor }: OutboxRow): HookEvent {
  return {
    id,
    type,
    occurredAt: new Date(occurredAt).toISOString(),
    externalDealerId,
    binding,
    traceId,
    actor: actor && (actor.name === null ? { id: actor.id } : { id: actor.id, name: actor.name }),
  };
}
