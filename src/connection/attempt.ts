import type { Authorization } from '../authorization/authorization.js';
import type { DealerAuthorization } from '../authorization/dealer-authorization.js';
import type { Config } from '../config.js';
import { ChektConnectError, type ChektConnectOutcome } from '../errors.js';
import type {
  AuthorizationRequiredReason,
  ChektBeforeConnectEvent,
  ChektBeforeDisconnectEvent,
} from '../events.js';
import { Deadline, time } from '../http/wait.js';
import type { Authorize, Operation } from '../partner-api/operation.js';

/** Milliseconds that a host may hold an attempt: a person may be asked. */
const HELD_LIMIT = 120_000;
/** Milliseconds after which the person is told that it still works. */
const SLOW = 5_000;

export type BeforeEvent = ChektBeforeConnectEvent | ChektBeforeDisconnectEvent;

/**
 * One attempt, from its `chekt-before-…` to its result.
 * @param outcome what is known before it: a veto changes nothing
 * @throws {ChektConnectError} `vetoed` when the host prevents it; else what `run` throws
 */
export async function runAttempt<T>(
  before: BeforeEvent,
  outcome: ChektConnectOutcome,
  dispatch: (event: Event) => void,
  send: (type: 'started' | 'slow') => void,
  run: () => Promise<T>,
): Promise<T> {
  dispatch(before);
  if (before.defaultPrevented)
    throw new ChektConnectError('vetoed', `${before.type} was prevented.`, { outcome });
  send('started');
  const { held } = before;
  if (held) {
    const deadline = new Deadline(HELD_LIMIT);
    await deadline
      .settle(() => held)
      .catch(() => {
        const isLate = deadline.hasEnded;
        throw new ChektConnectError(
          isLate ? 'timeout' : 'vetoed',
          `waitUntil of ${before.type} ${isLate ? 'did not settle' : 'was rejected'}.`,
          { outcome },
        );
      })
      .finally(() => deadline.clear());
  }
  const timer = setTimeout(send, SLOW * time.scale, 'slow');
  return run().finally(() => clearTimeout(timer));
}

/**
 * Hands out the dealer's authorization for one attempt: of the source that the host set last, replaced once when it is about
 * to expire, once after a 401.
 * @param onMissing the dealer admin has to sign in again, and why
 */
export function authorizer(
  operation: Operation,
  authorization: DealerAuthorization,
  config: Config,
  onReceived: (shown: Authorization) => void,
  onMissing: (reason: AuthorizationRequiredReason) => void,
): Authorize {
  let isReplaced = false;
  return async (rejected, deadline) => {
    const reason = rejected
      ? 'rejected'
      : authorization.isOutdated
        ? 'initial'
        : !isReplaced && authorization.isExpiring && 'expired';
    if (reason) {
      isReplaced = true;
      const shown = await authorization.ask(config, reason, deadline);
      if (!shown) {
        onMissing(reason === 'initial' ? 'missing' : reason);
        throw new ChektConnectError('unauthorized', 'The dealer admin has to sign in.');
      }
      onReceived(shown);
    }
    operation.sendAs(authorization.person);
    // what was given before the host changed to service mode stays where it is
    return config.serviceMode ? {} : authorization.header;
  };
}
