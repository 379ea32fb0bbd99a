import { ChektConnectError, type ChektConnectOutcome } from '../../partner-api/errors.js';
import { withTimeout } from '../../partner-api/timeout.js';

/** Milliseconds for which a page may hold an attempt: long enough to ask a person. */
const HOLD_TIMEOUT = 120_000;

/** Waits for the page's `waitUntil`. @throws {ChektConnectError} if it is rejected or does not settle in time */
export async function hold(held: Promise<unknown>, outcome: ChektConnectOutcome): Promise<void> {
  const settled = held.then(
    () => undefined,
    () => 'vetoed' as const,
  );
  const code = await withTimeout(HOLD_TIMEOUT, undefined, () => settled).catch(() => 'timeout' as const);
  if (code) {
    const what = code === 'timeout' ? 'did not settle in 120 s' : 'was rejected';
    throw new ChektConnectError(code, `waitUntil ${what}.`, { outcome });
  }
}
