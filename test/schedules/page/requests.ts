import type { Hold } from '../schedule.js';

/**
 * The requests of a tab: real ones, each PUT with the name of its attempt, which a schedule may stop on their way there or
 * back. The element gets it as its `fetch`, which hosts have to trace requests and to add headers.
 */
export class Requests {
  readonly #window: Window & typeof globalThis;
  readonly #open = new Set<Promise<unknown>>();
  #holds: Hold[] = [];
  #held = 0;
  /** Answers that the element was given, and failures. */
  answers = 0;
  #released = Promise.withResolvers<void>();

  constructor(window: Window & typeof globalThis) {
    this.#window = window;
  }

  /** Those that are really on their way. */
  get open(): readonly Promise<unknown>[] {
    return [...this.#open];
  }

  get isHeld(): boolean {
    return this.#held > 0;
  }

  /** Stops the next request of this kind. */
  hold(hold: Hold): void {
    this.#holds.push(hold);
  }

  release(): void {
    this.#holds = [];
    this.#released.resolve();
    this.#released = Promise.withResolvers();
  }

  /** @param attempt the name of the attempt that runs */
  fetchFor(attempt: () => string | undefined): typeof fetch {
    return async (input, init) => {
      const request = new this.#window.Request(input, init);
      const kind = kindOf(request);
      if (kind === 'put') request.headers.set('x-attempt', attempt() ?? 'none');
      const index = this.#holds.findIndex((hold) => hold.kind === kind);
      const [hold] = index < 0 ? [] : this.#holds.splice(index, 1);
      try {
        if (hold?.at === 'there') await this.#stop(request.signal);
        const response = await this.#track(this.#send(request));
        if (hold?.at === 'back') await this.#stop(request.signal);
        return response;
      } finally {
        this.answers += 1;
      }
    };
  }

  /** The answer is whole when it is handed on, so that no open request means that nothing is on its way. */
  async #send(request: Request): Promise<Response> {
    const response = await this.#window.fetch(request);
    await response.clone().arrayBuffer();
    return response;
  }

  async #track<T>(sent: Promise<T>): Promise<T> {
    const ended = sent.catch(() => {});
    this.#open.add(ended);
    try {
      return await sent;
    } finally {
      this.#open.delete(ended);
    }
  }

  async #stop(signal: AbortSignal): Promise<void> {
    this.#held += 1;
    const { promise, resolve } = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => resolve());
    await Promise.race([promise, this.#released.promise]);
    this.#held -= 1;
    signal.throwIfAborted();
  }
}

function kindOf({ method, url }: Request): Hold['kind'] | undefined {
  if (method === 'PUT') return 'put';
  const { pathname } = new URL(url);
  if (pathname.endsWith('/token')) return 'question';
  return pathname.endsWith('/session') ? 'session' : undefined;
}
