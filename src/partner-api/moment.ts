/**
 * A moment to wait for, by two clocks: the wall clock may be set back, and on some systems the monotonic clock stops during
 * sleep. The moment has come when either clock has reached it.
 */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly wall: number;
  /** Milliseconds by `performance.now()`. */
  readonly monotonic: number;
}

/** @param ms milliseconds */
export function momentIn(ms: number): Moment {
  return { wall: Date.now() + ms, monotonic: performance.now() + ms };
}

/** @returns milliseconds; 0 or less once the moment has come, Infinity if there is nothing to wait for */
export function remaining(moment: Moment | undefined): number {
  return moment ? Math.min(moment.wall - Date.now(), moment.monotonic - performance.now()) : Infinity;
}
