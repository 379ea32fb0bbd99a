import { clearTimer, setTimer } from '../timer.js';

/** Every wait of this package is multiplied by `scale`; tests shorten it. Not public. */
export const time = { scale: 1 };

/** Ends after `ms`, with `parent` or when told to; `clear` leaves no timer and no listener behind. */
export class Deadline {
  readonly #end: number;
  readonly #parent?: Deadline;
  /** Who is told of the end. */
  readonly #waiting = new Set<() => void>();
  #controller?: AbortController;
  #hasEnded = false;
  readonly abort = (): void => {
    this.clear();
    this.#hasEnded = true;
    this.#controller?.abort();
    for (const tell of this.#waiting) tell();
  };

  /** @param ms milliseconds, unscaled */
  constructor(ms: number, parent?: Deadline) {
    const scaled = ms * time.scale;
    this.#end = performance.now() + scaled;
    this.#parent = parent;
    if (parent?.hasEnded) this.abort();
    else {
      setTimer(this.abort, scaled);
      if (parent) parent.#waiting.add(this.abort);
    }
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** For those who need one, and made only then: few hosts do, and it costs as much as reading a token. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#hasEnded) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  /** Whether `ms` (unscaled) from now is still within the deadline. */
  fits(ms: number): boolean {
    return performance.now() + ms * time.scale < this.#end;
  }

  clear(): void {
    clearTimer(this.abort);
    if (this.#parent) this.#parent.#waiting.delete(this.abort);
  }

  /** What `start` promises, or a rejection as soon as this has ended: also for a promise that never settles. Does not start after the end. */
  settle<T>(start: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) return reject();
      this.#waiting.add(reject);
      // a host's own function may give what is no promise
      Promise.resolve(start()).then(resolve, reject);
    });
  }
}

/** @throws when `deadline` ends first. */
export async function sleep(ms: number, deadline: Deadline): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms * time.scale);
  await deadline.settle(() => promise).finally(() => clearTimeout(timer));
}

/** Resolves at once while the browser is online. @throws when `deadline` ends first. */
export async function online(deadline: Deadline): Promise<void> {
  if (navigator.onLine) return;
  const { promise, resolve } = Promise.withResolvers<Event>();
  addEventListener('online', resolve);
  await deadline.settle(() => promise).finally(() => removeEventListener('online', resolve));
}
