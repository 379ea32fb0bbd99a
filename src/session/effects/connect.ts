import type { SignIn } from '../../authorization/sign-in.js';
import { parseDealer, type Binding } from '../../partner-api/dealer.js';
import { ChektConnectError } from '../../partner-api/errors.js';
import { putUntilSettled } from '../../partner-api/put-until-settled.js';
import type { Questions } from '../questions.js';
import { isDefinite } from '../transition.js';
import type { Attempt } from './attempt.js';
import { signInGuard } from './sign-in-guard.js';

/**
 * Sends `PUT /partner/v1/dealers/connect` as the person who was displayed at the press.
 * @param displayed the sign-in that was displayed at the press; the attempt belongs to this person
 * @param openQuestion the answer to the question that was open at the press
 * @returns the binding as CHeKT recorded it; an answer for an account other than the one sent counts as unreadable
 * @throws {ChektConnectError}
 */
export async function connect(
  attempt: Attempt,
  displayed: SignIn,
  openQuestion: Questions['open'],
): Promise<Binding> {
  const { options, onAttempt, session, subject } = attempt;
  const { credentials } = session;
  const { externalDealerId, apiBaseUrl, fetch, timeout } = options;
  try {
    const binding = await putUntilSettled(
      attempt,
      {
        kind: 'connect',
        url: `${apiBaseUrl}/partner/v1/dealers/connect`,
        body: JSON.stringify({ external_dealer_id: externalDealerId, company_name: subject }),
        fetch,
        timeout,
        authorize: signInGuard(attempt, displayed, openQuestion),
        onAttempt,
      },
      ({ status, body }) => {
        const binding = status < 300 ? parseDealer(body) : undefined;
        return binding?.externalDealerId === externalDealerId ? binding : undefined;
      },
    );
    session.incomparable = 0;
    return binding;
  } catch (error) {
    if (error instanceof ChektConnectError) {
      if (error.status === 401 && error.apiCode !== 'login_required') {
        credentials.reject();
        attempt.next = { type: 'signed-out', reason: 'rejected' };
      }
      if (error.apiCode === 'other_account') attempt.next = { type: 'unavailable' };
      // the service says something else than the sign-in that is held
      if (isDefinite(error) || error.apiCode === 'sign_in_required') credentials.markStale();
    }
    throw error;
  }
}
