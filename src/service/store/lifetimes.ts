/** Milliseconds. */
export const DAY = 24 * 60 * 60_000;

/** A report that CHeKT has neither confirmed nor denied within this time is dropped. */
export const KEEP_REPORTS = 7 * DAY;
