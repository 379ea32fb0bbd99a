/**
 * The page's clock: tests make it run faster than real time, or skip ahead. Everything that tells or waits for time on the
 * page follows it, so that the same test runs against the source and against the built file: `setTimeout`, `setInterval`,
 * `AbortSignal.timeout`, `Date` and `performance.now`. What the network and the server do takes real time.
 */
interface Timer {
  /** When it is due, by this clock. */
  at: number;
  readonly run: () => void;
  real?: number;
}

const real = {
  setTimeout: globalThis.setTimeout.bind(globalThis) as typeof window.setTimeout,
  clearTimeout: globalThis.clearTimeout.bind(globalThis),
  now: performance.now.bind(performance),
  Date,
  dateNow: Date.now,
};

/** Real timers, for a test's own timeouts. */
export const { setTimeout: setRealTimeout, clearTimeout: clearRealTimeout } = real;

let speed = 1;
/** This clock showed `shown` when the real one showed `since`. */
let [shown, since] = [real.now(), real.now()];
const timers = new Map<number, Timer>();
// greater than the id of any timer that was set before this clock
let lastId = 1e9;

const now = () => shown + (real.now() - since) * speed;
const date = () => real.dateNow() - real.now() + now();

function arm(id: number, timer: Timer): void {
  real.clearTimeout(timer.real);
  const fire = () => {
    timers.delete(id);
    // browsers round, and some fire a little early: a timer must not see a time before it is due
    const early = timer.at - now();
    if (early > 0) shown += early;
    timer.run();
  };
  timer.real = real.setTimeout(fire, Math.max(0, (timer.at - now()) / speed));
}

/** Lets the clock go on from `time` at another speed. */
function go(time: number, times: number): void {
  [shown, since, speed] = [time, real.now(), times];
  for (const [id, timer] of [...timers].sort(([, a], [, b]) => a.at - b.at)) arm(id, timer);
}

/** @param times how many times faster than real time */
export function setSpeed(times: number): void {
  go(now(), times);
}

/** Moves the clock ahead; timers that become due fire at once, in order, each in a task of its own. */
export function skip(ms: number): void {
  go(now() + ms, speed);
}

/** Returns to real time; waiting timers keep their remaining time. */
export function resetClock(): void {
  const ahead = now() - real.now();
  for (const timer of timers.values()) timer.at -= ahead;
  go(real.now(), 1);
}

/** Runs each test of this suite with a clock that is so many times faster. */
export function runFast(times: number): void {
  beforeEach(() => setSpeed(times));
  afterEach(resetClock);
}

type Handler = (...values: unknown[]) => void;

function setVirtualTimeout(handler: Handler, ms = 0, ...values: unknown[]): number {
  const id = (lastId += 1);
  const timer = { at: now() + Math.max(0, Number(ms) || 0), run: () => handler(...values) };
  timers.set(id, timer);
  arm(id, timer);
  return id;
}

function clearVirtualTimeout(id?: number): void {
  real.clearTimeout(timers.get(id!)?.real ?? id);
  timers.delete(id!);
}

function setVirtualInterval(handler: Handler, ms = 0, ...values: unknown[]): number {
  const id = (lastId += 1);
  const next = (at: number) => {
    const timer = {
      at,
      run: () => {
        next(at + Math.max(1, ms));
        handler(...values);
      },
    };
    timers.set(id, timer);
    arm(id, timer);
  };
  next(now() + ms);
  return id;
}

Object.assign(globalThis, {
  setTimeout: setVirtualTimeout,
  clearTimeout: clearVirtualTimeout,
  setInterval: setVirtualInterval,
  clearInterval: clearVirtualTimeout,
  Date: new Proxy(Date, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length ? given : [date()], newTarget) as Date,
  }),
});
Date.now = date;
performance.now = now;
AbortSignal.timeout = (ms) => {
  const controller = new AbortController();
  setVirtualTimeout(() => controller.abort(new DOMException('The time is over.', 'TimeoutError')), ms);
  return controller.signal;
};
