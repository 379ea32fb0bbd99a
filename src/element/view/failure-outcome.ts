import { readsTheSame } from '../../partner-api/text.js';
import { assertNever, type Failure, type State } from '../../session/state.js';
import type { Messages } from '../i18n/messages.js';

/** What the main button of a screen does. `none`: the person can do nothing here that would help. */
export type MainAction =
  'sign-in' | 'switch-account' | 'connect' | 'try-again' | 'check-again' | 'ask-again' | 'none';

/** A pair of messages about a failure: the title `title.…` and the sentence `error.…`. */
type Topic = keyof Messages extends infer Key ? (Key extends `title.${infer Name}` ? Name : never) : never;

/** What is shown of a failure, and the way out of it. */
export interface Outcome {
  /** Absent if no message is shown: a veto does not concern the person, and a refused name is reported at its field. */
  readonly topic?: Topic;
  /** Replaces the sentence of the topic. */
  readonly sentence?: 'outcomeUnknown' | 'earlierUnknown';
  readonly action: MainAction;
  /** Whether to show the ids by which CHeKT's support can find the request. */
  readonly hasReference?: boolean;
}

const outcome = (topic: Topic, action: MainAction, hasReference = false): Outcome => ({
  topic,
  action,
  hasReference,
});

const stillWorking = {
  ...outcome('conflict.idempotency_conflict', 'check-again', true),
  sentence: 'outcomeUnknown',
} as const;

/** Looked up by `code.apiCode`, else by `code`. In `connected`, the action is about disconnecting. */
const outcomes = {
  configuration: outcome('configuration', 'try-again'),
  unauthorized: outcome('unauthorized', 'sign-in'),
  'unauthorized.login_required': outcome('unauthorized.login_required', 'try-again'),
  'forbidden.access_denied': outcome('forbidden.access_denied', 'sign-in'),
  'forbidden.other_account': outcome('forbidden.other_account', 'ask-again'),
  'forbidden.permission_denied': outcome('forbidden.permission_denied', 'switch-account', true),
  // the platform itself forbids it, so no sign-in with CHeKT would help
  'forbidden.not_permitted': outcome('configuration', 'none'),
  // the service refuses the page's origin
  'forbidden.cross_site_request': outcome('configuration', 'none'),
  forbidden: outcome('forbidden', 'switch-account', true),
  'not-found': outcome('not-found', 'switch-account', true),
  'conflict.sign_in_changed': outcome('conflict.sign_in_changed', 'connect'),
  'conflict.idempotency_conflict': stillWorking,
  // the same of the service: another process is at it, or one that has just died was
  'server.operation_running': stillWorking,
  // refusals of the service itself: the page is out of date, or the binding was made with other settings
  'conflict.superseded': outcome('invalid-request', 'try-again', true),
  'conflict.operation_unknown': outcome('invalid-request', 'try-again', true),
  'conflict.other_environment': outcome('configuration', 'none', true),
  conflict: outcome('conflict', 'switch-account', true),
  'invalid-request': outcome('invalid-request', 'try-again', true),
  'rate-limited': outcome('rate-limited', 'try-again'),
  timeout: outcome('server', 'try-again', true),
  network: outcome('network', 'try-again'),
  server: outcome('server', 'try-again', true),
  'invalid-response': outcome('server', 'try-again', true),
  vetoed: { action: 'connect' },
} as const satisfies Readonly<Record<string, Outcome>>;

/** Without a code of CHeKT, these come from a proxy or a framework, so that using another account would not help. */
const NEEDS_API_CODE: readonly string[] = ['forbidden', 'not-found', 'conflict'];

function known({ code, apiCode, status, field }: Failure['error']): Outcome {
  // the page sends something wrong, which the person cannot correct
  if (code === 'invalid-request' && field !== undefined) return outcome('configuration', 'none', true);
  if (NEEDS_API_CODE.includes(code) && status !== undefined && apiCode === undefined) {
    return outcomes['invalid-request'];
  }
  const all: Readonly<Record<string, Outcome>> = outcomes;
  return all[`${code}.${apiCode}`] ?? outcomes[code];
}

/** Whether the error is about the company name, and therefore shown at its field. */
export function isNameRefused(failure: Failure | undefined): boolean {
  return failure?.error.code === 'invalid-request' && failure.error.field === 'company_name';
}

/**
 * Decides what is shown of a failure and what the main action is. No other code decides this.
 * @param companyName the name that would be sent now: only the same name repeats an unsettled operation
 */
export function failureOutcome(state: State, failure: Failure, companyName: string): Outcome {
  const { error, unsettled } = failure;
  const { code, apiCode } = error;
  const plain = known(error);
  switch (state.name) {
    case 'unconfigured':
      return outcome('configuration', 'none');
    case 'unavailable': {
      const isTold = code === 'configuration' || apiCode === 'login_required' || apiCode === 'other_account';
      return isTold ? { ...plain, action: 'ask-again' } : outcome('signInCheckFailed', 'ask-again');
    }
    case 'unauthorized':
      return { ...plain, action: 'sign-in' };
    case 'authorized': {
      if (isNameRefused(failure)) return { action: 'connect' };
      const isSame = unsettled && readsTheSame(unsettled.subject, companyName);
      return isSame ? checkAgain(plain, failure) : unsure(plain, failure);
    }
    case 'connected':
      if (unsettled) return checkAgain(plain, failure);
      if (code === 'vetoed') return { action: 'none' };
      // only the platform's own session can be missing here
      if (code === 'unauthorized') return outcomes['unauthorized.login_required'];
      if (plain.action === 'switch-account') return outcome('forbidden', 'none', true);
      if (plain.action === 'none') return plain;
      return { ...unsure(plain, failure), action: 'try-again' };
    case 'authorizing':
    case 'connecting':
    case 'disconnecting':
      return plain;
    default:
      return assertNever(state);
  }
}

/** Repeating the same operation finds out whether it has gone through. */
function checkAgain(plain: Outcome, { error }: Failure): Outcome {
  const sentence = error.outcome === 'unknown' ? ({ sentence: 'outcomeUnknown' } as const) : {};
  return { ...plain, ...sentence, action: 'check-again' };
}

function unsure(plain: Outcome, { error }: Failure): Outcome {
  const isTold = error.outcome === 'not-applied' || error.apiCode === 'sign_in_changed';
  return isTold ? plain : { ...plain, sentence: 'earlierUnknown' };
}
