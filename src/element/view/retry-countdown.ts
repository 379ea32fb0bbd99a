import { remaining } from '../../partner-api/moment.js';
import { isPaused, type Failure } from '../../session/state.js';
import type { Dictionary } from '../i18n/messages.js';
import type { Sentence } from './text.js';

/**
 * How long the server asked to wait (`Retry-After`). The countdown controller re-renders it as time passes.
 * @param left milliseconds to display
 */
export function retryCountdown(
  dictionary: Dictionary,
  failure: Failure,
  left = remaining(failure.retryAt),
): Sentence | undefined {
  return isPaused(failure) ? ['tryAgainIn', { time: dictionary.duration(left) }] : undefined;
}
