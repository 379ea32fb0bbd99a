import type { Hold } from '../schedule.js';

/**
 * The requests of a tab. They are real, and a schedule may hold them on their way there or back. The element gets `fetchFor` as its
 * `fetch`, as from a host that traces requests; it adds the name of the attempt to each PUT.
 */
export class Requests {
  readonly #window: Window & typeof globalThis;
  readonly #open = new Set<Promise<unknown>>();
  #holds: Hold[] = [];
  #held = 0;
  /** How many answers, or failures, the element was given. */
  answers = 0;
  #released = Promise.withResolvers<void>();

  constructor(window: Window & typeof globalThis) {
    this.#window = window;
  }

  /** The requests that are on their way. */
  get open(): readonly Promise<unknown>[] {
    return [...this.#open];
  }

  get isHeld(): boolean {
    return this.#held > 0;
  }

  /** Holds the next request of this kind. */
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

  /** Hands on an answer only once its body has arrived: without an open request, nothing is on its way. */
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
