import { LimitReached } from '../limits.js';
import { OAuthFailure } from '../oauth/diagnose.js';
import { UpstreamError } from './partner-api.js';

/** CHeKT could not be asked now. That says nothing of any dealer, and it has been logged where it is worth a word. */
export function isPassing(error: unknown): boolean {
  return error instanceof UpstreamError || error instanceof OAuthFailure || error instanceof LimitReached;
}
