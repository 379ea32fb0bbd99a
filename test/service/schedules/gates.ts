import { AsyncLocalStorage } from 'node:async_hooks';
import { mock } from 'node:test';

/** One life of a service instance, from its start to its `kill -9`. */
export class Process {
  readonly name: string;
  isDead = false;
  readonly death: Promise<'dead'>;
  #die: (dead: 'dead') => void = () => undefined;

  constructor(name: string) {
    this.name = name;
    this.death = new Promise((resolve) => (this.#die = resolve));
  }

  die(): void {
    this.isDead = true;
    this.#die('dead');
  }
}

interface Gate {
  readonly process: Process;
  /** Sorts the waiting gates by activity and step, independent of thread timing. */
  readonly order: string;
  readonly open: () => void;
  /** What still happens elsewhere after the process has died, such as a request that has been sent. */
  readonly leaves: (() => void) | undefined;
}

interface Place {
  /** What an earlier schedule has left over does not come through the gates of this one. */
  readonly gates: Gates;
  readonly process: Process;
  readonly activity: number;
}

/** One for all schedules: Node would go through all that there have ever been at each promise. */
const places = new AsyncLocalStorage<Place>();

/** Milliseconds by which virtual time advances when everything is waiting for time. */
const TICK = 150;
/** Turns of the event loop without news after which everything is assumed to have reached a gate. */
const QUIET_TURNS = 3;

/**
 * Every step between the services and their surroundings (a store operation, a request to CHeKT, its answer)
 * waits here until it is chosen. So any order of steps can be played and replayed, and a process can die
 * between any two.
 */
export class Gates {
  readonly #waiting: Gate[] = [];
  #arrivals = 0;
  #work = 0;
  #activities = 0;
  #started = 0;
  /** The opened gates in order, which is the same for the same schedule. */
  readonly trace: string[] = [];

  /**
   * Runs an activity of a process, such as one request. Resolves with 'dead' if the process died before its
   * end.
   */
  async run<T>(process: Process, work: () => Promise<T>): Promise<T | 'dead'> {
    if (process.isDead) return 'dead';
    this.#activities += 1;
    const activity = (this.#started += 1);
    try {
      return await Promise.race([places.run({ gates: this, process, activity }, work), process.death]);
    } finally {
      this.#activities -= 1;
    }
  }

  /** Runs a chain of activities, such as a person's clicks, during which time can advance. */
  async follow(work: Promise<unknown>): Promise<void> {
    this.#activities += 1;
    try {
      await work;
    } finally {
      this.#activities -= 1;
    }
  }

  /** Waits until the step is chosen, or forever if the process dies first. */
  wait(step: string, leaves?: () => void): Promise<void> {
    const place = places.getStore();
    if (place?.gates !== this) throw new Error(`${step} belongs to no process.`);
    const { process, activity } = place;
    if (process.isDead) return new Promise(() => undefined);
    this.#arrivals += 1;
    const order = `${String(activity).padStart(5, '0')} ${process.name} ${step}`;
    return new Promise((open) => this.#waiting.push({ process, order, open, leaves }));
  }

  /** Counts work in other threads or processes. */
  async track<T>(work: Promise<T>): Promise<T> {
    this.#work += 1;
    try {
      return await work;
    } finally {
      this.#work -= 1;
      this.#arrivals += 1;
    }
  }

  /** @returns false when nothing is left to happen */
  async next(choose: (count: number) => number): Promise<boolean> {
    await this.#quiet();
    if (this.#waiting.length === 0) {
      const isIdle = this.#activities === 0;
      mock.timers.tick(TICK);
      if (!isIdle) return true;
      await this.#quiet(); // the work after an answer is gathered for less than a tick
      if (this.#waiting.length === 0) return false;
    }
    this.#waiting.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
    const [gate] = this.#waiting.splice(choose(this.#waiting.length), 1);
    this.trace.push(gate!.order);
    gate!.open();
    return true;
  }

  /** Acts like `kill -9`. What has left the process may still arrive. */
  kill(process: Process, arrives: () => boolean): void {
    process.die();
    const of = this.#waiting.filter((gate) => gate.process === process);
    for (const gate of of) {
      this.#waiting.splice(this.#waiting.indexOf(gate), 1);
      if (gate.leaves && arrives()) gate.leaves();
    }
  }

  async #quiet(): Promise<void> {
    for (let turns = 0; turns < QUIET_TURNS; turns += 1) {
      const before = this.#arrivals;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#work > 0 || this.#arrivals !== before) turns = -1;
    }
  }
}

const THREADED = ['digest', 'encrypt', 'decrypt', 'importKey', 'sign', 'verify'] as const;

/** Counts Web Crypto, which works in other threads, as pending work. @returns a function that undoes this */
export function trackCrypto(gates: Gates): () => void {
  const subtle = Object.getPrototypeOf(crypto.subtle) as Record<string, (...args: unknown[]) => unknown>;
  const originals = THREADED.map((name) => [name, subtle[name]!] as const);
  for (const [name, original] of originals) {
    subtle[name] = function (this: unknown, ...args) {
      return gates.track(original.apply(this, args) as Promise<unknown>);
    };
  }
  return () => {
    for (const [name, original] of originals) subtle[name] = original;
  };
}
