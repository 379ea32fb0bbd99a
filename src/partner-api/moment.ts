/**
 * A moment to wait for, by both clocks: the wall clock may be set, the monotonic one stops in sleep on some systems.
 * It has come when either of them says so.
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

/** @returns milliseconds; 0 or less when it has come, Infinity when there is nothing to wait for */
export function remaining(moment: Moment | undefined): number {
  return moment ? Math.min(moment.wall - Date.now(), moment.monotonic - performance.now()) : Infinity;
}
