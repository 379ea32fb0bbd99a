const HOUR = 60 * 60_000;

/** Milliseconds. */
export const DAY = 24 * HOUR;

/** A report that CHeKT has neither confirmed nor denied for so long says nothing any more. */
export const KEEP_REPORTS = 24 * HOUR;

/** From the return of a sign-in to its grant: the issuer is asked for the tokens meanwhile. */
export const SIGNING_IN = 60_000;
