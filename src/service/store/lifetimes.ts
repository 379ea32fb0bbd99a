/** Milliseconds. */
export const DAY = 24 * 60 * 60_000;

/** A report that CHeKT has neither confirmed nor denied for so long says nothing any more. */
export const KEEP_REPORTS = DAY;
