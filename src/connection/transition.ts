import type { ChektConnectError } from '../errors.js';
import {
  ChektAuthorizationRequiredEvent,
  ChektConnectedEvent,
  ChektDisconnectedEvent,
  ChektErrorEvent,
  type AuthorizationRequiredReason,
} from '../events.js';
import { isBusy, type Failure, type MachineEvent, type State } from './state.js';

/** To ask the host for the authorization (`refresh`: quietly, and not too often), or to tell the host something. */
export type Effect =
  | 'ask'
  | 'refresh'
  | ChektConnectedEvent
  | ChektDisconnectedEvent
  | ChektErrorEvent
  | ChektAuthorizationRequiredEvent;

/** The next state, the very same object when nothing changes, and what it asks for. */
export type Transition = readonly [state: State, ...effects: Effect[]];

export const initialState: State = { name: 'unconfigured', failure: null };

const authorizing: Transition = [{ name: 'authorizing' }, 'ask'];
const tell = (error: ChektConnectError) => new ChektErrorEvent({ error });

function unauthorized(
  reason: AuthorizationRequiredReason,
  failure: Failure | null,
  end?: Effect,
  disconnected?: string,
): Transition {
  const required = new ChektAuthorizationRequiredEvent({ reason });
  const state: State = { name: 'unauthorized', reason, failure, disconnected };
  return end ? [state, required, end] : [state, required];
}

/** The whole behaviour, without a clock, a network or a DOM. */
export function transition(state: State, event: MachineEvent): Transition {
  const { name } = state;
  const unchanged: Transition = [state];

  switch (event.type) {
    case 'configured':
      return name === 'unconfigured' ? authorizing : unchanged;

    case 'misconfigured': {
      const { error } = event;
      if (isBusy(state)) return unchanged;
      if (error) return [{ name: 'unconfigured', failure: { error } }, tell(error)];
      return [initialState];
    }

    case 'source-changed':
      return [name === 'connected' && state.authorization ? { ...state, authorization: null } : state, 'ask'];

    case 'bound': {
      const { binding } = event;
      if (isBusy(state)) return unchanged;
      const authorization = 'authorization' in state ? state.authorization : null;
      if (binding) {
        // often the host hands back what `chekt-connected` gave it: what the person sees stays as it is
        return name === 'connected' && state.binding.dealerId === binding.dealerId
          ? [{ ...state, binding }]
          : [{ name: 'connected', binding, authorization, failure: null }];
      }
      if (name !== 'connected') return unchanged;
      return authorization ? [{ name: 'authorized', authorization, failure: null }] : authorizing;
    }

    case 'authorization': {
      const { authorization } = event;
      const disconnected = disconnectedIn(state);
      if (!authorization) {
        return canAsk(state) && name !== 'unauthorized'
          ? unauthorized('missing', null, undefined, disconnected)
          : unchanged;
      }
      if (event.isSame && (name === 'authorized' || name === 'connecting'))
        return [{ ...state, authorization }];
      return canAsk(state) ? [{ name: 'authorized', authorization, failure: null, disconnected }] : unchanged;
    }

    case 'authorization-failed': {
      const { error } = event;
      const known = name === 'unavailable' || name === 'unauthorized' ? state.failure?.error : null;
      // asked again behind the person's back, with the same result: nothing to tell
      if (!canAsk(state) || (known?.code === error.code && known.apiCode === error.apiCode)) return unchanged;
      return error.apiCode === 'access_denied'
        ? unauthorized('missing', { error }, tell(error))
        : [{ name: 'unavailable', failure: { error } }, tell(error)];
    }

    case 'name-missing':
      return name === 'authorized' && !state.nameMissing !== !event.nameMissing
        ? [{ ...state, nameMissing: event.nameMissing }]
        : unchanged;

    case 'confirm':
      return name === 'connected' ? [{ ...state, confirming: event.confirming }] : unchanged;

    case 'started':
      if (name === 'authorized') return [{ name: 'connecting', authorization: state.authorization }];
      return name === 'connected'
        ? [{ name: 'disconnecting', binding: state.binding, authorization: state.authorization }]
        : unchanged;

    case 'slow':
      return name === 'connecting' || name === 'disconnecting' ? [{ ...state, slow: true }] : unchanged;

    case 'connected': {
      if (name !== 'connecting') return unchanged;
      const { binding, typedName, traceId } = event;
      return [
        { name: 'connected', binding, typedName, authorization: state.authorization, failure: null },
        new ChektConnectedEvent({ binding, traceId }),
      ];
    }

    case 'disconnected': {
      if (name !== 'disconnecting') return unchanged;
      const { authorization, binding } = state;
      const end = new ChektDisconnectedEvent({ binding, traceId: event.traceId });
      const disconnected = binding.companyName;
      return authorization
        ? [{ name: 'authorized', authorization, failure: null, disconnected }, end, 'refresh']
        : // whoever is signed in was not asked yet
          [...unauthorized('missing', null, end, disconnected), 'refresh'];
    }

    case 'failed': {
      const { failure, reason } = event;
      const end = tell(failure.error);
      if (name === 'connecting' || name === 'authorized') {
        if (failure.error.apiCode === 'other_account') return [{ name: 'unavailable', failure }, end];
        return reason
          ? unauthorized(reason, failure, end)
          : [{ name: 'authorized', authorization: event.authorization ?? state.authorization, failure }, end];
      }
      return name === 'disconnecting' || name === 'connected'
        ? [{ name: 'connected', binding: state.binding, authorization: state.authorization, failure }, end]
        : [state, end];
    }

    case 'reset':
      if (isBusy(state)) return unchanged;
      if (name === 'connected') return [{ ...state, authorization: null, failure: null, confirming: false }];
      return name === 'unconfigured'
        ? [initialState]
        : [{ name: 'authorizing', disconnected: disconnectedIn(state) }, 'ask'];

    default:
      return unchanged;
  }
}

/** What was told of a disconnect stays, also when the host asks afresh who is signed in. */
function disconnectedIn(state: State): string | undefined {
  return 'disconnected' in state ? state.disconnected : undefined;
}

/** The states in which the source is asked again when the page is shown. */
export function canRefresh({ name }: State): boolean {
  return name === 'unauthorized' || name === 'unavailable' || name === 'authorized';
}

/** The states in which the host's answer about the authorization matters. */
export function canAsk({ name }: State): boolean {
  return name === 'authorizing' || name === 'unauthorized' || name === 'unavailable' || name === 'authorized';
}
