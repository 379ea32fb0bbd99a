import { isSamePerson } from '../../authorization/identity.js';
import { updateSignIn, type SignIn } from '../../authorization/sign-in.js';
import type { TokenRequest } from '../../authorization/token-provider.js';
import { ChektConnectError } from '../../partner-api/errors.js';
import { withNewKey } from '../../partner-api/operation.js';
import type { Put, Refusal } from '../../partner-api/put-until-settled.js';
import { untilAborted } from '../../partner-api/timeout.js';
import type { Questions } from '../questions.js';
import type { Answer } from '../state.js';
import { isDefinite } from '../transition.js';
import type { Attempt } from './attempt.js';

/**
 * Runs before each request of an attempt and returns its headers. Every answer of the source is compared with the person who
 * was displayed at the press. If it is about anybody else, the attempt ends and nothing is sent.
 */
export function signInGuard(
  attempt: Attempt,
  displayed: SignIn,
  openQuestion: Questions['open'],
): NonNullable<Put['authorize']> {
  const { options, session } = attempt;
  const { credentials } = session;
  const pressed = displayed.identity;
  let isRenewed = false;

  const reasonToAsk = (refusal?: Refusal): TokenRequest['reason'] | undefined => {
    if (refusal === 'rejected') return 'rejected';
    if (refusal || credentials.isStale || !credentials.isOf(displayed.identity)) return 'initial';
    if (!isRenewed && credentials.isExpiring) return 'expired';
    // only with a `sign_in_id` can the service itself refuse another person
    return options.serviceMode && displayed.identity.signInId === undefined ? 'initial' : undefined;
  };

  return async (signal: AbortSignal, refusal?: Refusal): Promise<Record<string, string>> => {
    if (refusal === 'sign-in-changed' && !options.serviceMode) throw signInChanged();
    if (openQuestion) {
      const question = openQuestion;
      openQuestion = undefined;
      const answer = await untilAborted(signal, () => question);
      session.heard();
      // if the source failed to answer, it is asked again
      if (answer && (answer.type !== 'failed' || isDefinite(answer.error))) accept(answer);
      else credentials.markStale();
    }
    const reason = reasonToAsk(refusal);
    if (reason) {
      isRenewed = true;
      accept(await session.ask(reason, signal), refusal, reason);
    }
    return options.serviceMode ? serviceHeaders() : credentials.bearer(options.apiBaseUrl);
  };

  function accept(answer: Answer, refusal?: Refusal, reason?: TokenRequest['reason']): void {
    switch (answer.type) {
      case 'signed-in': {
        const { signIn } = answer;
        // an answer in between may have added what two people share, such as an e-mail address
        const isSame =
          isSamePerson(pressed, signIn.identity) !== false &&
          isSamePerson(displayed.identity, signIn.identity);
        if (!isSame) {
          attempt.next = { type: 'another-person', signIn };
          // a source whose answers cannot be compared would end every attempt, so the developer is told, once
          session.incomparable = isSame === undefined ? session.incomparable + 1 : 0;
          if (session.incomparable === 2) {
            console.warn('<chekt-connect> Return sub, id_token or sign_in_id with every token.');
          }
          throw signInChanged();
        }
        // the same id again: the service's routes disagree, and asking once more would not help
        if (
          refusal === 'sign-in-changed' &&
          (signIn.identity.signInId ?? displayed.identity.signInId) === displayed.identity.signInId
        ) {
          credentials.markStale();
          throw signInChanged();
        }
        displayed = updateSignIn(displayed, signIn);
        session.dispatch({ type: 'sign-in-updated', signIn: displayed });
        return;
      }
      case 'signed-out': {
        const why = reason === 'rejected' || reason === 'expired' ? reason : 'missing';
        attempt.next = { type: 'signed-out', reason: why };
        throw new ChektConnectError('unauthorized', 'Nobody is signed in.');
      }
      case 'failed':
        credentials.markStale();
        if (answer.error.apiCode === 'access_denied') {
          attempt.next = { type: 'signed-out', reason: 'missing' };
        }
        throw answer.error;
    }
  }

  /** An idempotency key belongs to one sign-in, so another sign-in gets a new key. */
  function serviceHeaders(): Record<string, string> {
    const { signInId } = displayed.identity;
    if (attempt.operation.signInId !== signInId) attempt.operation = withNewKey(attempt.operation, signInId);
    return {
      'X-Requested-With': 'XMLHttpRequest',
      ...(signInId !== undefined && { 'Chekt-Sign-In': signInId }),
    };
  }
}

function signInChanged(): ChektConnectError {
  return new ChektConnectError('conflict', 'The sign-in has changed.', {
    apiCode: 'sign_in_changed',
    retryable: false,
  });
}
