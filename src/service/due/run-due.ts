import { errorFields, schemaWords, type Logger } from '../log.js';
import type { Recovery } from '../operations/recovery.js';
import type { Store } from '../store/store.js';
import { pause } from '../wait.js';
import type { Outbox } from './outbox.js';
import type { Reconciliation } from './reconcile.js';
import type { Reports } from './reports.js';
import type { Revocations } from './revocations.js';

interface Dependencies {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly revocations: Revocations;
  readonly recovery: Recovery;
  readonly reports: Reports;
  readonly reconciliation: Reconciliation;
  readonly retentionDays: { readonly audit: number; readonly operations: number };
  readonly logger: Logger;
  readonly clock: () => number;
}

const DAY = 24 * 60 * 60_000;
const DEFAULT_BUDGET = 20_000;
/** Milliseconds from the end of one run to the next. */
const INTERVAL = 15_000;
const RECONCILE_BATCH = 10;
const SWEEP_BATCH = 500;

/** What one turn of a job has come to; a job that cannot fail item by item counts nothing. */
export interface Batch {
  readonly isMore: boolean;
  readonly done?: number;
  readonly waiting?: number;
}

/** So that a cron job which changed nothing because CHeKT or a hook is down does not look like a good one. */
export interface DueResult {
  /** Operations settled, hooks told and bindings looked at. */
  readonly done: number;
  /** The same, tried without an answer to rely on: they are tried again. */
  readonly waiting: number;
  /** Jobs that ended with an error, which is in the log. */
  readonly failed: number;
}

type Job = readonly [name: string, run: () => Promise<Batch>];

/**
 * Runs the work that no request waits for. Any number of processes may run it at once, because each job takes
 * leases.
 */
export class DueWork {
  readonly #deps: Dependencies;
  #loop:
    { readonly startedAt: number; readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** @param budgetMs real time after which nothing new is begun. @throws the store's error, where it cannot be reached */
  async run({ budgetMs = DEFAULT_BUDGET }: { readonly budgetMs?: number } = {}): Promise<DueResult> {
    const result = { done: 0, waiting: 0, failed: 0 };
    await this.#deps.store.checkReady();
    const until = Date.now() + budgetMs;
    const failed = new Set<string>();
    const turn = async ([name, run]: Job): Promise<boolean> => {
      if (Date.now() >= until || failed.has(name)) return false;
      try {
        const { isMore, done = 0, waiting = 0 } = await run();
        result.done += done;
        result.waiting += waiting;
        return isMore;
      } catch (error) {
        failed.add(name);
        result.failed += 1;
        this.#deps.logger.error({ ...errorFields(error), job: name }, 'A job failed and will run again.');
        return false;
      }
    };
    const hooks: Job = ['outbox', () => this.#deps.outbox.runBatch()];
    // In turns, so that a CHeKT that hangs keeps the others waiting for one batch at most; hooks first, which do not need it.
    let jobs = this.#jobs();
    while (jobs.length > 0) {
      await turn(hooks);
      const unfinished: Job[] = [];
      for (const job of jobs) if (await turn(job)) unfinished.push(job);
      jobs = unfinished;
    }
    while (await turn(hooks)); // also what the other jobs have found out
    return result;
  }

  /** When this process began to run it again and again, by the service's clock; undefined: it does not. */
  get startedAt(): number | undefined {
    return this.#loop?.startedAt;
  }

  /** Resolves once the first run has begun. */
  async start(): Promise<void> {
    if (this.#loop) return;
    const stop = new AbortController();
    this.#loop = { startedAt: this.#deps.clock(), stop, ended: this.#repeat(stop.signal) };
    await Promise.resolve();
  }

  /** Waits for the run in progress. */
  async stop(): Promise<void> {
    const loop = this.#loop;
    this.#loop = undefined;
    loop?.stop.abort();
    await loop?.ended;
  }

  async #repeat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.run();
      } catch (error) {
        const message = `The store cannot be used; what is due waits.${schemaWords(error)}`;
        this.#deps.logger.error(errorFields(error), message);
      }
      await pause(INTERVAL, signal);
    }
  }

  #jobs(): readonly Job[] {
    const { store, revocations, recovery, reports, reconciliation, retentionDays, clock } = this.#deps;
    const sweep = async () => {
      const now = clock();
      const isMore = await store.sweep({
        now,
        auditBefore: now - retentionDays.audit * DAY,
        operationsBefore: now - retentionDays.operations * DAY,
        limit: SWEEP_BATCH,
      });
      return { isMore };
    };
    return [
      ['recovery', () => recovery.runBatch()],
      ['revocation', () => revocations.runBatch()],
      ['reports', () => reports.runBatch()],
      ['retention', sweep],
      ['reconcile', () => reconciliation.runBatch(RECONCILE_BATCH, clock() - DAY)],
    ];
  }
}
