import { mock } from 'node:test';

const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));
/** Milliseconds: finer than any interval in src, so that timers fire in the order in which they are due. */
const STEP = 50;

/** The clock of a Node test: `setTimeout`, `Date` and `performance.now` stand still until the test moves them. */
export interface NodeClock {
  /** Moves both clocks, and lets promises run in between. @param ms milliseconds */
  advance(ms: number): Promise<void>;
  /** Lets all promises that need no time run. */
  idle(): Promise<void>;
  /** Moves the clock until the promise has settled. @throws what it was rejected with, or an error after ten minutes */
  until<T>(promise: Promise<T>): Promise<T>;
  restore(): void;
}

export function nodeClock(): NodeClock {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.UTC(2026, 4, 26, 12) });
  const start = Date.now();
  // Node 20 has no mock of its own for this one
  const performanceNow = mock.method(performance, 'now', () => Date.now() - start);

  const clock: NodeClock = {
    async idle() {
      // reading a Response takes a few turns of the event loop
      for (let turn = 0; turn < 6; turn++) await immediate();
    },
    async advance(ms) {
      await clock.idle();
      for (let left = ms; left > 0; left -= STEP) {
        mock.timers.tick(Math.min(STEP, left));
        await immediate();
      }
      await clock.idle();
    },
    async until(promise) {
      let isSettled = false;
      const settled = () => (isSettled = true);
      promise.then(settled, settled);
      await clock.idle();
      for (let waited = 0; !isSettled && waited < 600_000; waited += STEP) {
        mock.timers.tick(STEP);
        await immediate();
        await immediate();
      }
      if (!isSettled) throw new Error('The promise has not settled within ten minutes.');
      return promise;
    },
    restore() {
      performanceNow.mock.restore();
      mock.timers.reset();
    },
  };
  return clock;
}
