import { LimitReached } from '../limits.js';
import type { Logger } from '../log.js';
import type { BindingStatus, Environment, Store, StoredBinding } from '../store/store.js';
import { pause } from '../wait.js';
import type { BindingChecks } from './binding-checks.js';
import type { Batch } from './run-due.js';

export type ReconcileResult = Readonly<
  Record<BindingStatus, number> & {
    /** Not asked about: an operation of the account is unsettled, and finds it out. */
    waiting: number;
  }
>;

interface Dependencies {
  readonly store: Store;
  readonly checks: BindingChecks;
  readonly environment: Environment;
  readonly logger: Logger;
  readonly clock: () => number;
}

type Due = NonNullable<Parameters<Store['listBindings']>[0]['due']>;

const PAGE = 50;
const MINUTE = 60_000;
/** Milliseconds; the longest wait for one binding when the platform is out of budget. */
const LONGEST_PAUSE = MINUTE;

/** Asks CHeKT about every binding, at a steady pace. */
export class Reconciliation {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Skips accounts with an unsettled operation, because recovery is already working on them. */
  async all({ requestsPerMinute = 120 } = {}): Promise<ReconcileResult> {
    const { store, checks, environment, clock } = this.#deps;
    const counts = { connected: 0, lost: 0, unreachable: 0, unchecked: 0, waiting: 0 };
    const due = { checkedBefore: clock() + 1, environment };
    let after: string | undefined;
    do {
      const page = await store.listBindings({ limit: PAGE, due, ...(after === undefined ? {} : { after }) });
      for (const stored of page.items) {
        const began = Date.now();
        counts[await this.#patiently(() => checks.check(stored))] += 1;
        await pause(Math.max(0, MINUTE / requestsPerMinute - (Date.now() - began)));
      }
      after = page.next ?? undefined;
    } while (after !== undefined);
    counts.waiting = await this.#countWaiting();
    if (counts.unchecked > 0) {
      const which = counts.unchecked === 1 ? '1 binding; it' : `${counts.unchecked} bindings; they`;
      this.#deps.logger.warn(counts, `CHeKT gave no reliable answer about ${which} will be checked again.`);
    }
    return counts;
  }

  /** The bindings of these settings that may not be judged now. */
  async #countWaiting(): Promise<number> {
    const { checks } = this.#deps;
    const all = await this.#accounts({}, (stored) => !checks.isForeign(stored));
    const judged = await this.#accounts(
      { due: { checkedBefore: Number.MAX_SAFE_INTEGER, environment: this.#deps.environment } },
      () => true,
    );
    return Math.max(0, all - judged);
  }

  async #accounts(query: { due?: Due }, counts: (stored: StoredBinding) => boolean): Promise<number> {
    let count = 0;
    let after: string | undefined;
    do {
      const page = await this.#deps.store.listBindings({ ...query, limit: 500, after });
      count += page.items.filter(counts).length;
      after = page.next ?? undefined;
    } while (after !== undefined);
    return count;
  }

  /** The next few that were not asked about for a day. */
  async runBatch(limit: number, checkedBefore: number): Promise<Batch> {
    const { store, checks, environment } = this.#deps;
    const { items } = await store.listBindings({ limit, due: { checkedBefore, environment } });
    let [done, waiting] = [0, 0];
    try {
      for (const stored of items) {
        if ((await checks.check(stored)) === 'unchecked') waiting += 1;
        else done += 1;
      }
    } catch (error) {
      if (error instanceof LimitReached) return { isMore: false, done, waiting };
      throw error;
    }
    return { isMore: items.length === limit, done, waiting };
  }

  async #patiently(check: () => Promise<BindingStatus>): Promise<BindingStatus> {
    for (;;) {
      try {
        return await check();
      } catch (error) {
        if (!(error instanceof LimitReached)) throw error;
        await pause(Math.min(error.retryAfterMs, LONGEST_PAUSE));
      }
    }
  }
}
