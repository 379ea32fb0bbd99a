import { ChektConnectError, type ChektConnectOutcome } from '../../partner-api/errors.js';
import { hasTimedOut, withTimeout } from '../../partner-api/timeout.js';

/** Milliseconds that a page may hold an attempt: a person may be asked. */
const HOLD_TIMEOUT = 120_000;

/** Waits for the page. @throws {ChektConnectError} when its promise is rejected or does not settle */
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
      `waitUntil ${isLate ? 'did not settle' : 'was rejected'}.`,
      { outcome },
    );
  }
}
