import { clearTimer, setTimer } from '../timer.js';

/** Every wait of this package is multiplied by `scale`; tests shorten it. Not public. */
export const time = { scale: 1 };

/** Aborts after `ms`, with `parent` or when told to; `clear` leaves no timer and no listener behind. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #end: number;
  readonly #parent?: AbortSignal;
  readonly abort = (): void => {
    this.#controller.abort();
    this.clear();
  };

  constructor(ms: number, parent?: AbortSignal) {
    const scaled = ms * time.scale;
    this.#end = performance.now() + scaled;
    setTimer(this.abort, scaled);
    this.#parent = parent;
    if (parent?.aborted) this.abort();
    parent?.addEventListener('abort', this.abort);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether `ms` (unscaled) from now is still within the deadline. */
  fits(ms: number): boolean {
    return performance.now() + ms * time.scale < this.#end;
  }

  clear(): void {
    clearTimer(this.abort);
    this.#parent?.removeEventListener('abort', this.abort);
  }
}

/** What `start` promises, or a rejection as soon as `signal` aborts: also for a promise that never settles. */
export async function settledBefore<T>(signal: AbortSignal, start: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', reject);
  try {
    return await Promise.race([start(), promise]);
  } finally {
    signal.removeEventListener('abort', reject);
  }
}

/** @throws when `signal` aborts first. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms * time.scale);
  await settledBefore(signal, () => promise).finally(() => clearTimeout(timer));
}

/** Resolves at once while the browser is online. @throws when `signal` aborts first. */
export async function online(signal: AbortSignal): Promise<void> {
  if (navigator.onLine) return;
  const { promise, resolve } = Promise.withResolvers<Event>();
  addEventListener('online', resolve);
  await settledBefore(signal, () => promise).finally(() => removeEventListener('online', resolve));
}
