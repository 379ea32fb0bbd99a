import type { DealerAuthorization } from '../authorization/dealer-authorization.js';
import type { Authorization } from '../authorization/authorization.js';
import type { Config } from '../config.js';
import { ChektConnectError } from '../errors.js';
import type {
  AuthorizationRequiredReason,
  ChektBeforeConnectEvent,
  ChektBeforeDisconnectEvent,
} from '../events.js';
import { Deadline, settledBefore, time } from '../http/wait.js';
import type { Put } from '../partner-api/operation.js';

/** Milliseconds that a host may hold an attempt: a person may be asked. */
const HELD_LIMIT = 120_000;
/** Milliseconds after which the person is told that it still works. */
const SLOW = 5_000;

export interface Attempt<T> {
  readonly before: ChektBeforeConnectEvent | ChektBeforeDisconnectEvent;
  readonly dispatch: (event: Event) => void;
  /** The host did not veto at once. */
  readonly onStart: () => void;
  readonly onSlow: () => void;
  readonly run: () => Promise<T>;
}

/**
 * One attempt, from its `chekt-before-…` to its result.
 * @throws {ChektConnectError} `vetoed` when the host prevents it; else what `run` throws
 */
export async function runAttempt<T>({ before, dispatch, onStart, onSlow, run }: Attempt<T>): Promise<T> {
  dispatch(before);
  if (before.defaultPrevented) throw new ChektConnectError('vetoed', `${before.type} was prevented.`);
  onStart();
  const { held } = before;
  if (held) {
    const deadline = new Deadline(HELD_LIMIT);
    try {
      await settledBefore(deadline.signal, () => held);
    } catch {
      throw deadline.signal.aborted
        ? new ChektConnectError('timeout', `A promise given to waitUntil of ${before.type} did not settle.`)
        : new ChektConnectError('vetoed', `A promise given to waitUntil of ${before.type} was rejected.`);
    } finally {
      deadline.clear();
    }
  }
  const timer = setTimeout(onSlow, SLOW * time.scale);
  try {
    return await run();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Hands out the dealer's authorization for one attempt: replaced once when it is about to expire, once after a 401.
 * @param onMissing the dealer admin has to sign in again, and why
 */
export function authorizer(
  authorization: DealerAuthorization,
  config: Config,
  onReceived: (shown: Authorization) => void,
  onMissing: (reason: AuthorizationRequiredReason) => void,
): Put['authorize'] {
  let replaced = false;
  return async (rejected, signal) => {
    const reason = rejected ? 'rejected' : !replaced && authorization.isExpiring ? 'expired' : undefined;
    if (reason) {
      replaced = true;
      const shown = await authorization.ask(config, reason, signal);
      if (!shown) {
        onMissing(reason);
        throw new ChektConnectError('unauthorized', 'The dealer admin has to sign in again.');
      }
      onReceived(shown);
    }
    return { header: authorization.header, secret: authorization.secret };
  };
}
