import { errorFields, type Logger } from './log.js';

/** Work that outlives its request: given to the runtime where it wants to know (`waitUntil`), and waited for at the end. */
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
          'Work after an answer failed; it is tried again.',
        ),
    );
    this.#running.add(quiet);
    void quiet.finally(() => this.#running.delete(quiet));
    waitUntil?.(quiet);
  }

  async ended(): Promise<void> {
    await Promise.all(this.#running);
  }
}
