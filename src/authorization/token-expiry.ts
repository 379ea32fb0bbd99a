import { momentIn, type Moment } from '../partner-api/moment.js';
import type { TokenResponse } from './token-response.js';

/**
 * When an authorization ends. `expires_in` counts from now and wins over the token's own `exp`, which is set by another clock.
 * @param exp the access token's claim: seconds since the epoch
 */
export function expiryOf({ expires_in: seconds }: TokenResponse, exp: unknown): Moment | undefined {
  if (seconds !== undefined) return momentIn(seconds * 1000);
  return typeof exp === 'number' && Number.isFinite(exp) ? momentIn(exp * 1000 - Date.now()) : undefined;
}
