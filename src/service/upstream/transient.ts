import { LimitReached } from '../limits.js';
import { OAuthFailure } from '../oauth/diagnose.js';
import { UpstreamError } from './partner-api.js';

/**
 * Whether the error means that CHeKT could not be asked now. That says nothing about any dealer, and it has
 * already been logged if necessary.
 */
export function isTransient(error: unknown): boolean {
  return error instanceof UpstreamError || error instanceof OAuthFailure || error instanceof LimitReached;
}
