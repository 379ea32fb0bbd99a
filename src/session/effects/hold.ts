import { ChektConnectError, type ChektConnectOutcome } from '../../partner-api/errors.js';
import { withTimeout } from '../../partner-api/timeout.js';

/** Milliseconds for which a page may hold an attempt: long enough to ask a person. */
const HOLD_TIMEOUT = 120_000;

/** Waits for the page's `waitUntil`. @throws {ChektConnectError} if it is rejected or does not settle in time */
export async function hold(held: Promise<unknown>, outcome: ChektConnectOutcome): Promise<void> {
  const rejected = () => {
    throw new ChektConnectError('vetoed', 'waitUntil was rejected.', { outcome });
  };
  try {
    await withTimeout(HOLD_TIMEOUT, undefined, () => held.catch(rejected));
  } catch (error) {
    if (error instanceof ChektConnectError) throw error;
    throw new ChektConnectError('timeout', 'waitUntil timed out.', { outcome });
  }
}
