const HOUR = 60 * 60_000;

/** Milliseconds. */
export const DAY = 24 * HOUR;

/** A report that CHeKT has neither confirmed nor denied for so long says nothing any more. */
export const KEEP_REPORTS = 24 * HOUR;
