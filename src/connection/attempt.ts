import type { DealerAuthorization, SignIn } from '../authorization/dealer-authorization.js';
import { isSamePerson } from '../authorization/identity.js';
import type { Config } from '../config.js';
import { ChektConnectError, type ChektConnectOutcome } from '../errors.js';
import type {
  AuthorizationRequiredReason,
  ChektBeforeConnectEvent,
  ChektBeforeDisconnectEvent,
} from '../events.js';
import { Deadline, time } from '../http/wait.js';
import { SIGN_IN_CHANGED, type Authorize } from '../partner-api/operation.js';

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

/** What an attempt is told of the dealer's authorization while it runs. */
export interface AuthorizerOptions {
  readonly authorization: DealerAuthorization;
  readonly config: Config;
  /** Resolves when the question that was open at the press has its answer, whatever that is. */
  readonly open: () => Promise<unknown> | undefined;
  readonly onReceived: (signIn: SignIn) => void;
  /** The dealer admin has to sign in again, and why. */
  readonly onMissing: (reason: AuthorizationRequiredReason) => void;
}

/**
 * Hands out the dealer's authorization for one attempt, which belongs to the sign-in that is displayed now: of the source that the
 * host set last, replaced once when it is about to expire, once after a 401. Nothing is handed out for anybody else.
 */
export function authorizer({
  authorization,
  config,
  open,
  onReceived,
  onMissing,
}: AuthorizerOptions): Authorize {
  const { person, identity } = authorization;
  let isReplaced = false;
  return async (retry, deadline) => {
    const question = open();
    if (question) await deadline.settle(() => question);
    const reason =
      retry === 'rejected'
        ? retry
        : retry || authorization.isOutdated
          ? 'initial'
          : !isReplaced && authorization.isExpiring
            ? 'expired'
            : // nothing else tells the platform's service whose sign-in was displayed
              config.serviceMode && !authorization.identity.signInId && 'initial';
    if (reason) {
      isReplaced ||= reason !== 'initial';
      const signIn = await authorization.ask(config, reason, deadline).catch((error: unknown) => {
        authorization.outdate(); // the next press asks first
        throw error;
      });
      if (signIn) onReceived(signIn);
    }
    if (!authorization.shown) {
      onMissing(reason === 'expired' || reason === 'rejected' ? reason : 'missing');
      throw new ChektConnectError('unauthorized', 'The dealer admin has to sign in.');
    }
    if (authorization.person !== person || !isSamePerson(identity, authorization.identity)) {
      throw new ChektConnectError('conflict', 'Somebody else is signed in than was displayed at the press.', {
        apiCode: SIGN_IN_CHANGED,
      });
    }
    return authorization.headers(config);
  };
}
