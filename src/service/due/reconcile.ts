import { LimitReached } from '../limits.js';
import type { BindingStatus, Environment, Store } from '../store/store.js';
import { pause } from '../wait.js';
import type { BindingChecks } from './binding-checks.js';

export type ReconcileResult = Readonly<Record<BindingStatus, number>>;

const PAGE = 50;
const MINUTE = 60_000;
/** Milliseconds; the longest wait for one binding when the platform is out of budget. */
const LONGEST_PAUSE = MINUTE;

/** Asks CHeKT about every binding, at a steady pace. */
export class Reconciliation {
  readonly #at: { store: Store; checks: BindingChecks; environment: Environment; clock: () => number };

  constructor(at: { store: Store; checks: BindingChecks; environment: Environment; clock: () => number }) {
    this.#at = at;
  }

  /** Skips accounts with an unsettled operation, because recovery is already working on them. */
  async all({ requestsPerMinute = 120 } = {}): Promise<ReconcileResult> {
    const { store, checks, environment, clock } = this.#at;
    const counts = { connected: 0, lost: 0, unreachable: 0, unchecked: 0 };
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
    return counts;
  }

  /** Checks the next bindings that were last checked before `checkedBefore`. */
  async runBatch(limit: number, checkedBefore: number): Promise<{ readonly isMore: boolean }> {
    const { store, checks, environment } = this.#at;
    const { items } = await store.listBindings({ limit, due: { checkedBefore, environment } });
    try {
      for (const stored of items) await checks.check(stored);
    } catch (error) {
      if (error instanceof LimitReached) return { isMore: false };
      throw error;
    }
    return { isMore: items.length === limit };
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
