import { readsTheSame } from '../../partner-api/text.js';
import {
  assertNever,
  type AuthorizationRequiredReason,
  type Failure,
  type State,
} from '../../session/state.js';
import type { Messages } from '../i18n/messages.js';

/** What the one big button of a screen does. `none`: nothing that a person could do here would help. */
export type MainAction =
  'sign-in' | 'switch-account' | 'connect' | 'try-again' | 'check-again' | 'ask-again' | 'none';

/** What a failure says, and the way out of it. */
export interface Outcome {
  /** Absent where nothing is said: a veto is between the page and us, a refused name is told at its field. */
  readonly title?: keyof Messages;
  readonly text?: keyof Messages;
  readonly action: MainAction;
  /** CHeKT's support can find it by a reference. */
  readonly hasReference?: boolean;
}

const tellsSupport = { hasReference: true } as const;

/** By `code.apiCode`, else by `code`. In `connected` the action is about disconnecting. */
const outcomes = {
  configuration: { title: 'title.configuration', text: 'error.configuration', action: 'try-again' },
  unauthorized: { title: 'title.unauthorized', text: 'error.unauthorized', action: 'sign-in' },
  'unauthorized.login_required': {
    title: 'title.login_required',
    text: 'error.login_required',
    action: 'try-again',
  },
  'forbidden.access_denied': { title: 'title.access_denied', text: 'error.access_denied', action: 'sign-in' },
  'forbidden.other_account': {
    title: 'title.other_account',
    text: 'error.other_account',
    action: 'ask-again',
  },
  'forbidden.permission_denied': {
    title: 'title.permission_denied',
    text: 'error.permission_denied',
    action: 'switch-account',
    ...tellsSupport,
  },
  forbidden: {
    title: 'title.forbidden',
    text: 'error.forbidden',
    action: 'switch-account',
    ...tellsSupport,
  },
  'not-found': {
    title: 'title.forbidden',
    text: 'error.forbidden',
    action: 'switch-account',
    ...tellsSupport,
  },
  'conflict.sign_in_changed': {
    title: 'title.sign_in_changed',
    text: 'error.sign_in_changed',
    action: 'connect',
  },
  'conflict.idempotency_conflict': {
    title: 'title.idempotency_conflict',
    text: 'error.idempotency_conflict',
    action: 'check-again',
    ...tellsSupport,
  },
  conflict: { title: 'title.conflict', text: 'error.conflict', action: 'switch-account', ...tellsSupport },
  'invalid-request': {
    title: 'title.invalid-request',
    text: 'error.invalid-request',
    action: 'try-again',
    ...tellsSupport,
  },
  'rate-limited': { title: 'title.rate-limited', text: 'error.rate-limited', action: 'try-again' },
  timeout: { title: 'title.timeout', text: 'error.again', action: 'try-again', ...tellsSupport },
  network: { title: 'title.network', text: 'error.network', action: 'try-again' },
  server: { title: 'title.server', text: 'error.server', action: 'try-again', ...tellsSupport },
  'invalid-response': {
    title: 'title.invalid-response',
    text: 'error.again',
    action: 'try-again',
    ...tellsSupport,
  },
  vetoed: { action: 'connect' },
} as const satisfies Readonly<Record<string, Outcome>>;

const signedOut: Readonly<Record<AuthorizationRequiredReason, Outcome>> = {
  missing: { title: 'title.signedOut', text: 'error.signedOut', action: 'sign-in' },
  expired: { title: 'title.signInExpired', text: 'error.signInExpired', action: 'sign-in' },
  rejected: outcomes.unauthorized,
};

/** A refusal without CHeKT's own code comes from something on the way, and another account would not help. */
const refusedOnTheWay: Outcome = outcomes['invalid-request'];

/** What the page itself sends is wrong, so that no person can mend it. */
const misconfigured: Outcome = { ...outcomes.configuration, action: 'none', ...tellsSupport };

function known({ code, apiCode, status, field }: Failure['error']): Outcome {
  const own: Readonly<Record<string, Outcome>> = outcomes;
  if (code === 'invalid-request' && field !== undefined) return misconfigured;
  const isOnTheWay = status !== undefined && apiCode === undefined;
  if (isOnTheWay && ['forbidden', 'not-found', 'conflict'].includes(code)) return refusedOnTheWay;
  return own[`${code}.${apiCode}`] ?? outcomes[code];
}

/** The error belongs to the company name, and is told at its field. */
export function isNameRefused(failure: Failure | null): boolean {
  return failure?.error.code === 'invalid-request' && failure.error.field === 'company_name';
}

/**
 * What the failure of a state says and what its main action is: the one place that decides it.
 * @param companyName what would be sent now: only the same name repeats an operation that may have gone through
 */
export function outcomeOf(state: State, failure: Failure, companyName: string): Outcome {
  const { error, unsettled } = failure;
  const outcome = known(error);
  switch (state.name) {
    case 'unconfigured':
      return { ...outcomes.configuration, action: 'none' };
    case 'unavailable': {
      const isKnown = outcome.action === 'ask-again' || error.apiCode === 'login_required';
      if (isKnown || error.code === 'configuration') return { ...outcome, action: 'ask-again' };
      return { title: 'title.signInCheckFailed', text: 'error.again', action: 'ask-again' };
    }
    case 'unauthorized':
      return error.code === 'unauthorized' ? signedOut[state.reason] : { ...outcome, action: 'sign-in' };
    case 'authorized': {
      if (isNameRefused(failure)) return { action: 'connect' };
      const isSame = unsettled && readsTheSame(unsettled.subject, companyName);
      return isSame ? settled(outcome, failure) : { ...outcome, ...unsure(failure) };
    }
    case 'connected': {
      if (unsettled) return settled(outcome, failure);
      // only the platform's own session is asked for
      if (error.code === 'unauthorized') return outcomes['unauthorized.login_required'];
      const isRefused = outcome.action === 'switch-account';
      if (isRefused)
        return { title: 'title.forbidden', text: 'error.refused', action: 'none', ...tellsSupport };
      return { ...outcome, ...unsure(failure), action: error.code === 'vetoed' ? 'none' : 'try-again' };
    }
    case 'authorizing':
    case 'connecting':
    case 'disconnecting':
      return outcome;
    default:
      return assertNever(state);
  }
}

/** The same operation again finds out what became of it. */
function settled(outcome: Outcome, { error }: Failure): Outcome {
  const text = error.outcome === 'unknown' ? 'outcomeUnknown' : outcome.text;
  return { ...outcome, text, action: 'check-again' };
}

function unsure({ error }: Failure): Partial<Outcome> {
  return error.outcome === 'unknown' && error.apiCode !== 'sign_in_changed' && error.code !== 'vetoed'
    ? { text: 'earlierUnknown' }
    : {};
}
