import type { Clock } from '../partner-api/rate-limit.js';
import { Run } from './run.js';

const DEFAULT_RUN = 'default';
const RUN_ID = /^[a-z0-9-]{1,40}$/;
const KEPT = 500;

/** All runs. A run is created when it is first requested. */
export class Runs {
  readonly #runs = new Map<string, Run>();
  readonly #now: Clock;

  constructor(now: Clock) {
    this.#now = now;
  }

  get(id: string = DEFAULT_RUN): Run | undefined {
    if (!RUN_ID.test(id)) return undefined;
    const run = this.#runs.get(id) ?? new Run(id, this.#now);
    // Moved to the end, so that the least recently used run is forgotten first.
    this.#runs.delete(id);
    this.#runs.set(id, run);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > KEPT && oldest !== undefined) this.#runs.delete(oldest);
    return run;
  }
}
