import { isSamePerson } from '../authorization/identity.js';
import { updateSignIn, type SignIn } from '../authorization/sign-in.js';
import type { Binding } from '../partner-api/dealer.js';
import type { ChektConnectError } from '../partner-api/errors.js';
import {
  canAsk,
  disconnectedIn,
  failureOf,
  isBusy,
  signInOf,
  type Answer,
  type AuthorizationRequiredReason,
  type Draft,
  type Failure,
  type SessionEvent,
  type State,
} from './state.js';

/** What the host page is notified of; each becomes one DOM event. */
export type Notification =
  | { readonly type: 'connected'; readonly binding: Binding; readonly traceId: string }
  | { readonly type: 'disconnected'; readonly binding: Binding; readonly traceId: string }
  | { readonly type: 'authorization-required'; readonly reason: AuthorizationRequiredReason }
  | { readonly type: 'error'; readonly error: ChektConnectError };

/** What has to be done after a transition, as data. */
export type Effect =
  /** Ask the source now. */
  | { readonly type: 'ask' }
  /** Ask the source, but no more than once in a few seconds. */
  | { readonly type: 'recheck' }
  /** Ask the service for the account and its binding, if they come from the service. */
  | { readonly type: 'ask-service' }
  | Notification;

/** The next state (the same object if nothing changes) and the effects to run. */
export type Transition = readonly [state: State, ...effects: Effect[]];

export const initialState: State = { name: 'unconfigured', failure: null };

const ask: Effect = { type: 'ask' };
const errorEffect = (error: ChektConnectError): Effect => ({ type: 'error', error });
const authorizationRequired = (reason: AuthorizationRequiredReason): Effect => ({
  type: 'authorization-required',
  reason,
});

/** The state machine: a pure function, without a clock, a network or a DOM. */
export function transition(state: State, event: SessionEvent): Transition {
  const { name, draft } = state;
  const unchanged: Transition = [state];

  switch (event.type) {
    case 'configured':
      return name === 'unconfigured' ? [{ name: 'authorizing', draft }, ask] : unchanged;

    case 'misconfigured': {
      const { error } = event;
      if (isBusy(state)) return unchanged;
      return error
        ? [{ name: 'unconfigured', failure: { error }, draft }, errorEffect(error)]
        : [{ ...initialState, draft }];
    }

    case 'source-changed':
      return name === 'connected' ? [{ ...state, signIn: null }] : isBusy(state) ? unchanged : [state, ask];

    case 'bound':
      return bound(state, event.binding);

    case 'answered':
      return canAsk(state) ? answered(state, event.answer) : unchanged;

    case 'typed': {
      const typed = { companyName: event.companyName, of: signInOf(state)?.identity };
      return [
        name === 'authorized' ? { ...state, draft: typed, nameMissing: false } : { ...state, draft: typed },
      ];
    }

    case 'name-missing':
      return name === 'authorized' && !state.nameMissing ? [{ ...state, nameMissing: true }] : unchanged;

    case 'confirm':
      return name === 'connected' ? [{ ...state, confirming: event.confirming }] : unchanged;

    case 'started':
      if (name === 'authorized') return [{ name: 'connecting', signIn: state.signIn, slow: false, draft }];
      return name === 'connected'
        ? [{ name: 'disconnecting', binding: state.binding, signIn: state.signIn, slow: false, draft }]
        : unchanged;

    case 'slow':
      return name === 'connecting' || name === 'disconnecting' ? [{ ...state, slow: true }] : unchanged;

    case 'sign-in-updated':
      return name === 'connecting'
        ? [{ ...state, signIn: event.signIn, draft: draftOf(draft, event.signIn) }]
        : unchanged;

    case 'connected': {
      if (name !== 'connecting') return unchanged;
      const { binding, sentName, traceId } = event;
      const { signIn } = state;
      return [
        { name: 'connected', binding, sentName, signIn, failure: null, confirming: false, draft },
        { type: 'connected', binding, traceId },
      ];
    }

    case 'disconnected':
      return name === 'disconnecting' ? disconnected(state, event.traceId) : unchanged;

    case 'failed':
      return failed(state, event);

    case 'reset':
      if (isBusy(state)) return unchanged;
      if (name === 'connected') return [{ ...state, signIn: null, failure: null, confirming: false }];
      return name === 'unconfigured'
        ? [{ ...initialState, draft }]
        : [{ name: 'authorizing', disconnected: disconnectedIn(state), draft }, ask];
  }
}

function bound(state: State, binding: Binding | null): Transition {
  const { name, draft } = state;
  if (isBusy(state)) return [state];
  const signIn = signInOf(state);
  if (binding) {
    // often the host sets the binding that `chekt-connected` just gave it: keep what is displayed
    return name === 'connected' && state.binding.dealerId === binding.dealerId
      ? [{ ...state, binding }]
      : [{ name: 'connected', binding, signIn, failure: null, confirming: false, draft }];
  }
  if (name !== 'connected') return [state];
  return signIn ? [authorized(state, signIn)] : [{ name: 'authorizing', draft }, ask];
}

/** A definite answer changes what is displayed. Any other failure is shown only if nothing is displayed yet. */
function answered(state: State, answer: Answer): Transition {
  const known = failureOf(state)?.error;
  switch (answer.type) {
    case 'signed-in': {
      const { signIn } = answer;
      if (state.name !== 'authorized') return [authorized(state, signIn)];
      if (!isSamePerson(state.signIn.identity, signIn.identity)) return [authorized(state, signIn)];
      const updated = updateSignIn(state.signIn, signIn);
      return [{ ...state, signIn: updated, draft: draftOf(state.draft, updated) }];
    }
    case 'signed-out':
      return state.name === 'unauthorized' ? [state] : signedOut(state, 'missing', null);
    case 'failed': {
      const { error } = answer;
      const isKnown = state.name === 'unavailable' || state.name === 'unauthorized';
      const isAnotherError = !isKnown || known?.code !== error.code || known.apiCode !== error.apiCode;
      if (!isAnotherError) return [state];
      if (error.apiCode === 'access_denied')
        return signedOut(state, 'missing', { error }, errorEffect(error));
      return state.name === 'authorizing' || isDefinite(error)
        ? [{ name: 'unavailable', failure: { error }, draft: state.draft }, errorEffect(error)]
        : [state];
    }
  }
}

/** Whether an error of the source is a statement about the sign-in, and not just a failure to answer. */
export function isDefinite({ apiCode }: ChektConnectError): boolean {
  return apiCode === 'access_denied' || apiCode === 'login_required' || apiCode === 'other_account';
}

/** Ready to connect as this person. What was typed for another person is dropped. */
function authorized(state: State, signIn: SignIn, failure: Failure | null = null): State {
  const { draft } = state;
  const isOwn = draft && (!draft.of || isSamePerson(draft.of, signIn.identity));
  return {
    name: 'authorized',
    signIn,
    failure,
    nameMissing: false,
    disconnected: disconnectedIn(state),
    draft: isOwn ? draftOf(draft, signIn) : undefined,
  };
}

/** Assigns the draft to the newest identity of the displayed person: more may be known now than when it was typed. */
function draftOf(draft: Draft | undefined, { identity }: SignIn): Draft | undefined {
  return draft && { ...draft, of: identity };
}

function signedOut(
  state: State,
  reason: AuthorizationRequiredReason,
  failure: Failure | null,
  end?: Effect,
): Transition {
  const { draft } = state;
  const next: State = { name: 'unauthorized', reason, failure, disconnected: disconnectedIn(state), draft };
  const effects = state.name === 'unauthorized' ? [] : [authorizationRequired(reason)];
  return end ? [next, ...effects, end] : [next, ...effects];
}

function disconnected(state: Extract<State, { name: 'disconnecting' }>, traceId: string): Transition {
  const { binding, signIn, draft } = state;
  const end: Effect = { type: 'disconnected', binding, traceId };
  const company = { disconnected: binding.companyName, draft };
  return signIn
    ? [
        { name: 'authorized', signIn, failure: null, nameMissing: false, ...company },
        end,
        { type: 'recheck' },
      ]
    : // the source has not been asked yet
      [
        { name: 'unauthorized', reason: 'missing', failure: null, ...company },
        authorizationRequired('missing'),
        end,
        ask,
      ];
}

function failed(state: State, { failure, next }: Extract<SessionEvent, { type: 'failed' }>): Transition {
  const end = errorEffect(failure.error);
  switch (state.name) {
    case 'connecting':
    case 'authorized':
      // often another tab has connected the account meanwhile, and the service has revoked the sign-in
      if (next.type === 'signed-out')
        return [...signedOut(state, next.reason, failure, end), { type: 'ask-service' }];
      if (next.type === 'unavailable') return [{ name: 'unavailable', failure, draft: state.draft }, end];
      if (next.type === 'another-person') return [authorized(state, next.signIn, failure), end];
      return [{ ...authorized(state, state.signIn, failure), draft: state.draft }, end];
    case 'disconnecting':
    case 'connected': {
      const { binding, signIn, draft } = state;
      return [{ name: 'connected', binding, signIn, failure, confirming: false, draft }, end];
    }
    default:
      return [state, end];
  }
}
