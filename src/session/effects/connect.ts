import type { SignIn } from '../../authorization/sign-in.js';
import { parseDealer, type Binding } from '../../partner-api/dealer.js';
import { ChektConnectError } from '../../partner-api/errors.js';
import type { AttemptRecord, RunningOperation } from '../../partner-api/operation.js';
import { putUntilSettled } from '../../partner-api/put-until-settled.js';
import type { SessionOptions } from '../options.js';
import type { Session } from '../session.js';
import type { Answer, FailedNext } from '../state.js';
import { isDefinite } from '../transition.js';
import { signInGuard } from './sign-in-guard.js';

/** One attempt to connect, from the press to its end. */
export interface ConnectEffect extends RunningOperation {
  readonly session: Session;
  /** The options of the session at the press. */
  readonly options: SessionOptions;
  readonly companyName: string;
  /** The sign-in that was displayed at the press. The attempt belongs to this person. */
  readonly displayed: SignIn;
  /** The answer to the question that was open at the press. */
  readonly openQuestion?: Promise<Answer>;
  /** The source's answer is not about the displayed person. False if the two had nothing in common to compare. */
  readonly onAnotherPerson: (wasComparable: boolean) => void;
  readonly onAttempt: (record: AttemptRecord) => void;
  /** What follows if the attempt fails. */
  next: FailedNext;
}

/**
 * Sends `PUT /partner/v1/dealers/connect` as the person who was displayed at the press.
 * @returns the binding as CHeKT recorded it; an answer for an account other than the one sent counts as unreadable
 * @throws {ChektConnectError}
 */
export async function connect(effect: ConnectEffect): Promise<Binding> {
  const { options, companyName } = effect;
  const { credentials } = effect.session;
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
        authorize: signInGuard(effect),
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
