import { isSamePerson } from '../authorization/identity.js';
import { updateSignIn, type SignIn } from '../authorization/sign-in.js';
import type { Binding } from '../partner-api/dealer.js';
import type { ChektConnectError } from '../partner-api/errors.js';
import {
  canAsk,
  disconnectedIn,
  isBusy,
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

/** Which question is due after a transition: to the source now, to the source in a few seconds, or to the service, if it has one. */
export type Command = 'ask' | 'recheck' | 'ask-service';

/** What follows from an event, as data. */
export interface Transition {
  /** The same object if nothing changes. */
  readonly state: State;
  readonly notifications?: readonly Notification[];
  readonly command?: Command;
}

export const initialState: State = { name: 'unconfigured' };

const errorOf = (error: ChektConnectError): Notification => ({ type: 'error', error });

/** The state machine: a pure function, without a clock, a network or a DOM. */
export function transition(state: State, event: SessionEvent): Transition {
  const { state: next, ...effects } = step(state, event);
  if (next === state) return { state, ...effects };
  const draft =
    event.type === 'typed'
      ? { companyName: event.companyName, of: state.signIn?.identity }
      : draftOf(state, next.signIn);
  return { state: { ...next, draft }, ...effects };
}

/**
 * Drops what was typed when a different person has signed in. For the same person it is kept, together with what is known of them
 * now, which may be more than when it was typed.
 */
function draftOf(state: State, signIn: SignIn | undefined): Draft | undefined {
  const { draft } = state;
  if (!draft || !signIn || signIn === state.signIn) return draft;
  const isOwn = !draft.of || isSamePerson(draft.of, signIn.identity);
  return isOwn ? { ...draft, of: signIn.identity } : undefined;
}

/** The transition without the draft, which every state carries on. */
function step(state: State, event: SessionEvent): Transition {
  const { name } = state;
  const unchanged: Transition = { state };

  switch (event.type) {
    case 'configured':
      return name === 'unconfigured' ? { state: { name: 'authorizing' }, command: 'ask' } : unchanged;

    case 'misconfigured': {
      const { error } = event;
      if (isBusy(state)) return unchanged;
      return error
        ? { state: { name: 'unconfigured', failure: { error } }, notifications: [errorOf(error)] }
        : { state: initialState };
    }

    case 'source-changed':
      if (name === 'connected') return { state: { ...state, signIn: undefined } };
      return isBusy(state) ? unchanged : { state, command: 'ask' };

    case 'bound':
      return bound(state, event.binding);

    case 'answered':
      return canAsk(state) ? answered(state, event.answer) : unchanged;

    case 'typed':
      return { state: name === 'authorized' ? { ...state, nameMissing: false } : { ...state } };

    case 'name-missing':
      return name === 'authorized' ? { state: { ...state, nameMissing: true } } : unchanged;

    case 'confirm':
      return name === 'connected' ? { state: { ...state, confirming: event.confirming } } : unchanged;

    case 'started':
      if (name === 'authorized') return { state: { name: 'connecting', signIn: state.signIn } };
      return name === 'connected'
        ? { state: { name: 'disconnecting', binding: state.binding, signIn: state.signIn } }
        : unchanged;

    case 'slow':
      return name === 'connecting' || name === 'disconnecting'
        ? { state: { ...state, slow: true } }
        : unchanged;

    case 'sign-in-updated':
      return name === 'connecting' ? { state: { ...state, signIn: event.signIn } } : unchanged;

    case 'connected': {
      if (name !== 'connecting') return unchanged;
      const { binding, sentName, traceId } = event;
      return {
        state: { name: 'connected', binding, sentName, signIn: state.signIn },
        notifications: [{ type: 'connected', binding, traceId }],
      };
    }

    case 'disconnected': {
      if (name !== 'disconnecting') return unchanged;
      const { binding, signIn } = state;
      const disconnected = binding.companyName;
      const end: Notification = { type: 'disconnected', binding, traceId: event.traceId };
      if (signIn) {
        return {
          state: { name: 'authorized', signIn, disconnected },
          notifications: [end],
          command: 'recheck',
        };
      }
      // the source has not been asked yet
      return {
        state: { name: 'unauthorized', reason: 'missing', disconnected },
        notifications: [{ type: 'authorization-required', reason: 'missing' }, end],
        command: 'ask',
      };
    }

    case 'failed':
      return failed(state, event);

    case 'reset':
      if (isBusy(state)) return unchanged;
      if (name === 'connected') return { state: { name, binding: state.binding, sentName: state.sentName } };
      return name === 'unconfigured'
        ? { state: initialState }
        : { state: { name: 'authorizing', disconnected: disconnectedIn(state) }, command: 'ask' };
  }
}

function bound(state: State, binding: Binding | null): Transition {
  const { name } = state;
  if (isBusy(state)) return { state };
  const { signIn } = state;
  if (binding) {
    // often the host sets the binding that `chekt-connected` just gave it: keep what is displayed
    return name === 'connected' && state.binding.dealerId === binding.dealerId
      ? { state: { ...state, binding } }
      : { state: { name: 'connected', binding, signIn } };
  }
  if (name !== 'connected') return { state };
  return signIn ? { state: authorized(state, signIn) } : { state: { name: 'authorizing' }, command: 'ask' };
}

/** A definite answer changes what is displayed. Any other failure is shown only if nothing is displayed yet. */
function answered(state: State, answer: Answer): Transition {
  switch (answer.type) {
    case 'signed-in': {
      const { signIn } = answer;
      return state.name === 'authorized' && isSamePerson(state.signIn.identity, signIn.identity)
        ? { state: { ...state, signIn: updateSignIn(state.signIn, signIn) } }
        : { state: { ...authorized(state, signIn), changed: state.name === 'authorized' } };
    }
    case 'signed-out':
      return state.name === 'unauthorized' ? { state } : signedOut(state, 'missing');
    case 'failed': {
      const { error } = answer;
      const known = state.name === 'authorized' ? undefined : state.failure?.error;
      if (known?.code === error.code && known.apiCode === error.apiCode) return { state };
      if (error.apiCode === 'access_denied') return signedOut(state, 'missing', { error });
      return state.name === 'authorizing' || isDefinite(error)
        ? { state: { name: 'unavailable', failure: { error } }, notifications: [errorOf(error)] }
        : { state };
    }
  }
}

/** Whether an error of the source is a statement about the sign-in, and not just a failure to answer. */
export function isDefinite({ apiCode }: ChektConnectError): boolean {
  return apiCode === 'access_denied' || apiCode === 'login_required' || apiCode === 'other_account';
}

/** Ready to connect as this person. */
function authorized(state: State, signIn: SignIn, failure?: Failure): Extract<State, { name: 'authorized' }> {
  return { name: 'authorized', signIn, failure, disconnected: disconnectedIn(state) };
}

function signedOut(state: State, reason: AuthorizationRequiredReason, failure?: Failure): Transition {
  const notifications: Notification[] = [];
  if (state.name !== 'unauthorized') notifications.push({ type: 'authorization-required', reason });
  if (failure) notifications.push(errorOf(failure.error));
  return {
    state: { name: 'unauthorized', reason, failure, disconnected: disconnectedIn(state) },
    notifications,
  };
}

function failed(state: State, { failure, next }: Extract<SessionEvent, { type: 'failed' }>): Transition {
  const notifications = [errorOf(failure.error)];
  switch (state.name) {
    case 'connecting':
    case 'authorized':
      // often another tab has connected the account meanwhile, and the service has revoked the sign-in
      if (next.type === 'signed-out')
        return { ...signedOut(state, next.reason, failure), command: 'ask-service' };
      if (next.type === 'unavailable') return { state: { name: 'unavailable', failure }, notifications };
      return {
        state: authorized(state, next.type === 'another-person' ? next.signIn : state.signIn, failure),
        notifications,
      };
    case 'disconnecting':
    case 'connected':
      return {
        state: { name: 'connected', binding: state.binding, signIn: state.signIn, failure },
        notifications,
      };
    default:
      return { state, notifications };
  }
}
