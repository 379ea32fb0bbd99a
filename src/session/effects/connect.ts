import type { Credentials } from '../../authorization/credentials.js';
import { isComparable, isSamePerson } from '../../authorization/identity.js';
import { updateSignIn, type SignIn } from '../../authorization/sign-in.js';
import type { TokenRequest } from '../../authorization/token-provider.js';
import { parseDealer, type Binding } from '../../partner-api/dealer.js';
import { ChektConnectError } from '../../partner-api/errors.js';
import { withNewKey, type AttemptRecord, type RunningOperation } from '../../partner-api/operation.js';
import { putUntilSettled, type Refusal } from '../../partner-api/put.js';
import { untilAborted } from '../../partner-api/timeout.js';
import type { SessionOptions } from '../options.js';
import { isDefinite } from '../transition.js';
import type { Answer, FailedNext } from '../state.js';

/** One attempt to connect, from the press to its end. */
export interface ConnectEffect extends RunningOperation {
  readonly options: SessionOptions;
  readonly credentials: Credentials;
  readonly companyName: string;
  /** The sign-in that was displayed at the press: the attempt belongs to this person. */
  readonly displayed: SignIn;
  /** A question to the source that was open at the press. */
  readonly openQuestion?: Promise<Answer>;
  readonly ask: (reason: TokenRequest['reason'], signal: AbortSignal) => Promise<Answer>;
  readonly onSignIn: (signIn: SignIn) => void;
  /** Another person is signed in than was displayed; whether the source said enough to be sure. */
  readonly onAnotherPerson: (isSure: boolean) => void;
  readonly onAttempt: (record: AttemptRecord) => void;
  /** How it goes on when it fails. */
  next: FailedNext;
}

/**
 * `PUT /partner/v1/dealers/connect`, as the person who was displayed at the press.
 * @returns the binding as CHeKT recorded it; an answer for another account than was sent counts as unreadable
 * @throws {ChektConnectError}
 */
export async function connect(effect: ConnectEffect): Promise<Binding> {
  const { options, companyName, credentials } = effect;
  const { externalDealerId, apiBaseUrl, fetch, timeout } = options;
  try {
    return await putUntilSettled(
      effect,
      {
        kind: 'connect',
        url: `${apiBaseUrl}/partner/v1/dealers/connect`,
        body: JSON.stringify({ external_dealer_id: externalDealerId, company_name: companyName }),
        fetch,
        timeout,
        authorize: authorizer(effect),
        onAttempt: effect.onAttempt,
      },
      ({ status, body }) => {
        const binding = status < 300 ? parseDealer(body) : undefined;
        return binding?.externalDealerId === externalDealerId ? binding : undefined;
      },
    );
  } catch (error) {
    if (error instanceof ChektConnectError) {
      if (error.status === 401 && error.apiCode !== 'login_required') {
        credentials.reject();
        effect.next = { type: 'signed-out', reason: 'rejected' };
      }
      if (error.apiCode === 'other_account') effect.next = { type: 'unavailable' };
      if (isDefinite(error) || error.apiCode === 'sign_in_required') credentials.mustAsk = true;
    }
    throw error;
  }
}

/** The headers of each request. Everything that the source says meanwhile is compared with who was displayed. */
function authorizer(effect: ConnectEffect) {
  const { options, credentials } = effect;
  let { displayed, openQuestion } = effect;
  let isRenewed = false;

  const reasonToAsk = (refusal?: Refusal): TokenRequest['reason'] | undefined => {
    if (refusal === 'rejected') return 'rejected';
    if (refusal || credentials.mustAsk) return 'initial';
    if (!isRenewed && credentials.isExpiring) return 'expired';
    // only `sign_in_id` lets the service itself refuse another person
    return options.serviceMode && displayed.identity.signInId === undefined ? 'initial' : undefined;
  };

  return async (signal: AbortSignal, refusal?: Refusal): Promise<Record<string, string>> => {
    if (refusal === 'sign-in-changed' && !options.serviceMode) throw signInChanged();
    if (openQuestion) {
      const question = openQuestion;
      openQuestion = undefined;
      const answer = await untilAborted(signal, () => question);
      // what the source could not say then, it is asked again
      if (answer.type !== 'failed' || isDefinite(answer.error)) accept(answer, undefined);
      else credentials.mustAsk = true;
    }
    const reason = reasonToAsk(refusal);
    if (reason) {
      isRenewed = true;
      accept(await effect.ask(reason, signal), refusal, reason);
    }
    return options.serviceMode ? serviceHeaders() : credentials.bearer(options.apiBaseUrl);
  };

  function accept(answer: Answer, refusal?: Refusal, reason?: TokenRequest['reason']): void {
    switch (answer.type) {
      case 'signed-in': {
        const { signIn } = answer;
        if (!isSamePerson(displayed.identity, signIn.identity)) {
          effect.next = { type: 'another-person', signIn };
          effect.onAnotherPerson(isComparable(displayed.identity, signIn.identity));
          throw signInChanged();
        }
        // asking again has not helped: the service and its token endpoint disagree
        if (
          refusal === 'sign-in-changed' &&
          (signIn.identity.signInId ?? displayed.identity.signInId) === displayed.identity.signInId
        ) {
          credentials.mustAsk = true;
          throw signInChanged();
        }
        displayed = updateSignIn(displayed, signIn);
        effect.onSignIn(displayed);
        return;
      }
      case 'signed-out': {
        const why = reason === 'rejected' || reason === 'expired' ? reason : 'missing';
        effect.next = { type: 'signed-out', reason: why };
        throw new ChektConnectError('unauthorized', 'The dealer admin has to sign in.');
      }
      case 'failed':
        credentials.mustAsk = true;
        if (answer.error.apiCode === 'access_denied') {
          effect.next = { type: 'signed-out', reason: 'missing' };
        }
        throw answer.error;
    }
  }

  /** The key belongs to one sign-in. */
  function serviceHeaders(): Record<string, string> {
    const { signInId } = displayed.identity;
    if (effect.operation.signInId !== signInId) effect.operation = withNewKey(effect.operation, signInId);
    return {
      'X-Requested-With': 'XMLHttpRequest',
      ...(signInId !== undefined && { 'Chekt-Sign-In': signInId }),
    };
  }
}

function signInChanged(): ChektConnectError {
  return new ChektConnectError('conflict', 'Another sign-in than the one that was displayed.', {
    apiCode: 'sign_in_changed',
    retryable: false,
  });
}
