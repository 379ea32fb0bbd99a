/** Every wait of this package is multiplied by `scale`; tests shorten it. Not public. */
export const time = { scale: 1 };

/** Aborts by itself after `ms`, or with `parent`; `clear` leaves no timer and no listener behind. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #end: number;
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #parent?: AbortSignal;
  readonly #abort = () => this.#controller.abort();

  constructor(ms: number, parent?: AbortSignal) {
    const scaled = ms * time.scale;
    this.#end = performance.now() + scaled;
    this.#timer = setTimeout(this.#abort, scaled);
    this.#parent = parent;
    if (parent?.aborted) this.#abort();
    parent?.addEventListener('abort', this.#abort);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether `ms` (unscaled) from now is still within the deadline. */
  fits(ms: number): boolean {
    return performance.now() + ms * time.scale < this.#end;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#parent?.removeEventListener('abort', this.#abort);
  }
}

/** The promise, or a rejection as soon as `signal` aborts: also for a promise that never settles. */
export async function settledBefore<T>(signal: AbortSignal, start: () => Promise<T> | T): Promise<T> {
  signal.throwIfAborted();
  let abort: () => void;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([start(), aborted]);
  } finally {
    signal.removeEventListener('abort', abort!);
  }
}

/** @throws when `signal` aborts first. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  try {
    await settledBefore(
      signal,
      () => new Promise<void>((resolve) => (timer = setTimeout(resolve, ms * time.scale))),
    );
  } finally {
    clearTimeout(timer!);
  }
}

/** Resolves at once while the browser is online. @throws when `signal` aborts first. */
export async function online(signal: AbortSignal): Promise<void> {
  if (navigator.onLine) return;
  const heard = new AbortController();
  try {
    await settledBefore(
      signal,
      () => new Promise<Event>((resolve) => addEventListener('online', resolve, { signal: heard.signal })),
    );
  } finally {
    heard.abort();
  }
}
