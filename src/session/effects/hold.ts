import { ChektConnectError, type ChektConnectOutcome } from '../../partner-api/errors.js';
import { hasTimedOut, withTimeout } from '../../partner-api/timeout.js';

/** Milliseconds for which a page may hold an attempt: long enough to ask a person. */
const HOLD_TIMEOUT = 120_000;

/** Waits for the page's `waitUntil`. @throws {ChektConnectError} if it is rejected or does not settle in time */
export async function hold(held: Promise<unknown>, outcome: ChektConnectOutcome): Promise<void> {
  let asked: AbortSignal | undefined;
  try {
    await withTimeout(HOLD_TIMEOUT, undefined, (signal) => {
      asked = signal;
      return held;
    });
  } catch {
    const isLate = asked && hasTimedOut(asked);
    throw new ChektConnectError(
      isLate ? 'timeout' : 'vetoed',
      `waitUntil ${isLate ? 'timed out' : 'was rejected'}.`,
      { outcome },
    );
  }
}
