interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Shorter timers only yield to other tasks, so they run in real time. */
const SHORTEST = 4;

/**
 * One clock for the windows of both tabs. Pauses take no real time: the schedule moves the clock, or jumps to the next timer while
 * something waits for it.
 */
export class VirtualTime {
  readonly #timers = new Map<number, Timer>();
  #now = Date.now();
  #count = 1_000_000_000;

  /** Has to be called before any script of the window runs. */
  install(window: Window & typeof globalThis): void {
    const { setTimeout: set, clearTimeout: clear, Date: RealDate } = window;
    const start = this.#now;
    const now = () => this.#now;
    const schedule = (handler: TimerHandler, ms = 0, ...values: unknown[]): number => {
      if (!(ms > SHORTEST)) return set(handler, 0, ...values);
      const id = ++this.#count;
      const run = () => (handler as (...values: unknown[]) => void)(...values);
      this.#timers.set(id, { at: this.#now + ms, run });
      return id;
    };
    const cancel = (id?: number) => {
      if (!this.#timers.delete(id ?? 0)) clear(id);
    };
    const setRepeating = (handler: () => void, ms = 0): number => {
      const id = ++this.#count;
      const again = () => {
        this.#timers.set(id, { at: this.#now + ms, run: again });
        handler();
      };
      this.#timers.set(id, { at: this.#now + ms, run: again });
      return id;
    };
    class VirtualDate extends RealDate {
      constructor(...values: [] | [number]) {
        super(...((values.length ? values : [now()]) as [number]));
      }
      static override now = now;
    }
    Object.assign(window, {
      setTimeout: schedule,
      clearTimeout: cancel,
      setInterval: setRepeating,
      clearInterval: cancel,
      Date: VirtualDate,
    });
    window.performance.now = () => this.#now - start;
    window.Math.random = () => 0.5;
  }

  /** Goes to the next timer and runs it. @returns whether there was one */
  next(): boolean {
    return this.#runNext(Infinity);
  }

  /** Moves the clock and runs the timers that are due. @param react lets the pages react to each */
  async advance(ms: number, react: () => Promise<void>): Promise<void> {
    const end = this.#now + ms;
    while (this.#runNext(end)) await react();
    this.#now = Math.max(this.#now, end);
  }

  /** Drops the timers that an ended schedule has left behind. */
  clear(): void {
    this.#timers.clear();
  }

  #runNext(end: number): boolean {
    let first: [number, Timer] | undefined;
    for (const entry of this.#timers) if (!first || entry[1].at < first[1].at) first = entry;
    if (!first || first[1].at > end) return false;
    this.#timers.delete(first[0]);
    this.#now = Math.max(this.#now, first[1].at);
    first[1].run();
    return true;
  }
}

const channel = new MessageChannel();
let turned: (() => void) | undefined;
channel.port1.onmessage = () => turned?.();

/** Lets the tasks run that are already queued. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise<void>((resolve) => {
      turned = resolve;
      channel.port2.postMessage(null);
    });
  }
}
