import { errorFields, type Logger } from './log.js';

/** The longest chain of background work: late connect, batching delay, hooks and revocation. */
const GENERATIONS = 3;

/**
 * Tracks work that outlives its request. It is passed to the runtime's `waitUntil`, where there is one, and
 * awaited on shutdown.
 */
export class Background {
  readonly #logger: Logger;
  readonly #running = new Set<Promise<void>>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  run(what: string, work: Promise<unknown>, waitUntil?: (work: Promise<unknown>) => void): void {
    const quiet = work.then(
      () => undefined,
      (error: unknown) =>
        this.#logger.warn(
          { ...errorFields(error), work: what },
          'Background work failed after the answer was sent.',
        ),
    );
    this.#running.add(quiet);
    void quiet.finally(() => this.#running.delete(quiet));
    waitUntil?.(quiet);
  }

  /** Waits for what is running and what that begins, but not for what new requests begin meanwhile: there might be no end of it. */
  async ended(): Promise<void> {
    for (let generation = 0; generation < GENERATIONS; generation += 1) await Promise.all(this.#running);
  }
}
