import { errorFields, type Logger } from './log.js';

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
          'Work that follows an answer failed; it will be retried.',
        ),
    );
    this.#running.add(quiet);
    void quiet.finally(() => this.#running.delete(quiet));
    waitUntil?.(quiet);
  }

  async ended(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running); // work may begin other work
  }
}
