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
  | 'ask'
  /** Ask the source, but no more than once in a few seconds. */
  | 'recheck'
  /** Ask the service for the account and its binding, if they come from the service. */
  | 'ask-service'
  | Notification;

/** The next state (the same object if nothing changes) and the effects to run. */
export type Transition = readonly [state: State, ...effects: Effect[]];

export const initialState: State = { name: 'unconfigured' };

const errorEffect = (error: ChektConnectError): Effect => ({ type: 'error', error });

/** The state machine: a pure function, without a clock, a network or a DOM. */
export function transition(state: State, event: SessionEvent): Transition {
  const [next, ...effects] = step(state, event);
  const draft =
    event.type === 'typed'
      ? { companyName: event.companyName, of: signInOf(state)?.identity }
      : draftOf(state, signInOf(next));
  return [next === state ? state : { ...next, draft }, ...effects];
}

/**
 * Drops what was typed when a different person has signed in. For the same person it is kept, together with what is known of them
 * now, which may be more than when it was typed.
 */
function draftOf(state: State, signIn: SignIn | undefined): Draft | undefined {
  const { draft } = state;
  if (!draft || !signIn || signIn === signInOf(state)) return draft;
  const isOwn = !draft.of || isSamePerson(draft.of, signIn.identity);
  return isOwn ? { ...draft, of: signIn.identity } : undefined;
}

/** The transition without the draft, which every state carries on. */
function step(state: State, event: SessionEvent): Transition {
  const { name } = state;
  const unchanged: Transition = [state];

  switch (event.type) {
    case 'configured':
      return name === 'unconfigured' ? [{ name: 'authorizing' }, 'ask'] : unchanged;

    case 'misconfigured': {
      const { error } = event;
      if (isBusy(state)) return unchanged;
      return error ? [{ name: 'unconfigured', failure: { error } }, errorEffect(error)] : [initialState];
    }

    case 'source-changed':
      if (name === 'connected') return [{ ...state, signIn: undefined }];
      return isBusy(state) ? unchanged : [state, 'ask'];

    case 'bound':
      return bound(state, event.binding);

    case 'answered':
      return canAsk(state) ? answered(state, event.answer) : unchanged;

    case 'typed':
      return [name === 'authorized' ? { ...state, nameMissing: false } : { ...state }];

    case 'name-missing':
      return name === 'authorized' ? [{ ...state, nameMissing: true }] : unchanged;

    case 'confirm':
      return name === 'connected' ? [{ ...state, confirming: event.confirming }] : unchanged;

    case 'started':
      if (name === 'authorized') return [{ name: 'connecting', signIn: state.signIn }];
      return name === 'connected'
        ? [{ name: 'disconnecting', binding: state.binding, signIn: state.signIn }]
        : unchanged;

    case 'slow':
      return name === 'connecting' || name === 'disconnecting' ? [{ ...state, slow: true }] : unchanged;

    case 'sign-in-updated':
      return name === 'connecting' ? [{ ...state, signIn: event.signIn }] : unchanged;

    case 'connected': {
      if (name !== 'connecting') return unchanged;
      const { binding, sentName, traceId } = event;
      return [
        { name: 'connected', binding, sentName, signIn: state.signIn },
        { type: 'connected', binding, traceId },
      ];
    }

    case 'disconnected': {
      if (name !== 'disconnecting') return unchanged;
      const { binding, signIn } = state;
      const disconnected = binding.companyName;
      const end: Effect = { type: 'disconnected', binding, traceId: event.traceId };
      if (signIn) return [{ name: 'authorized', signIn, disconnected }, end, 'recheck'];
      // the source has not been asked yet
      return [...signedOut({ name: 'authorizing', disconnected }, 'missing'), end, 'ask'];
    }

    case 'failed':
      return failed(state, event);

    case 'reset':
      if (isBusy(state)) return unchanged;
      if (name === 'connected') return [{ name, binding: state.binding, sentName: state.sentName }];
      return name === 'unconfigured'
        ? [initialState]
        : [{ name: 'authorizing', disconnected: disconnectedIn(state) }, 'ask'];
  }
}

function bound(state: State, binding: Binding | null): Transition {
  const { name } = state;
  if (isBusy(state)) return [state];
  const signIn = signInOf(state);
  if (binding) {
    // often the host sets the binding that `chekt-connected` just gave it: keep what is displayed
    return name === 'connected' && state.binding.dealerId === binding.dealerId
      ? [{ ...state, binding }]
      : [{ name: 'connected', binding, signIn }];
  }
  if (name !== 'connected') return [state];
  return signIn ? [authorized(state, signIn)] : [{ name: 'authorizing' }, 'ask'];
}

/** A definite answer changes what is displayed. Any other failure is shown only if nothing is displayed yet. */
function answered(state: State, answer: Answer): Transition {
  switch (answer.type) {
    case 'signed-in': {
      const { signIn } = answer;
      return state.name === 'authorized' && isSamePerson(state.signIn.identity, signIn.identity)
        ? [{ ...state, signIn: updateSignIn(state.signIn, signIn) }]
        : [authorized(state, signIn)];
    }
    case 'signed-out':
      return state.name === 'unauthorized' ? [state] : signedOut(state, 'missing');
    case 'failed': {
      const { error } = answer;
      const known = state.name === 'authorized' ? undefined : failureOf(state)?.error;
      if (known?.code === error.code && known.apiCode === error.apiCode) return [state];
      if (error.apiCode === 'access_denied') return signedOut(state, 'missing', { error });
      return state.name === 'authorizing' || isDefinite(error)
        ? [{ name: 'unavailable', failure: { error } }, errorEffect(error)]
        : [state];
    }
  }
}

/** Whether an error of the source is a statement about the sign-in, and not just a failure to answer. */
export function isDefinite({ apiCode }: ChektConnectError): boolean {
  return apiCode === 'access_denied' || apiCode === 'login_required' || apiCode === 'other_account';
}

/** Ready to connect as this person. */
function authorized(state: State, signIn: SignIn, failure?: Failure): State {
  return { name: 'authorized', signIn, failure, disconnected: disconnectedIn(state) };
}

function signedOut(state: State, reason: AuthorizationRequiredReason, failure?: Failure): Transition {
  const next: State = { name: 'unauthorized', reason, failure, disconnected: disconnectedIn(state) };
  const effects: Effect[] = [];
  if (state.name !== 'unauthorized') effects.push({ type: 'authorization-required', reason });
  if (failure) effects.push(errorEffect(failure.error));
  return [next, ...effects];
}

function failed(state: State, { failure, next }: Extract<SessionEvent, { type: 'failed' }>): Transition {
  const end = errorEffect(failure.error);
  switch (state.name) {
    case 'connecting':
    case 'authorized':
      // often another tab has connected the account meanwhile, and the service has revoked the sign-in
      if (next.type === 'signed-out') return [...signedOut(state, next.reason, failure), 'ask-service'];
      if (next.type === 'unavailable') return [{ name: 'unavailable', failure }, end];
      return [authorized(state, next.type === 'another-person' ? next.signIn : state.signIn, failure), end];
    case 'disconnecting':
    case 'connected':
      return [{ name: 'connected', binding: state.binding, signIn: state.signIn, failure }, end];
    default:
      return [state, end];
  }
}
