import type { Authorization } from '../authorization/authorization.js';
import type { AuthorizationRequiredReason } from '../events.js';
import { isBusy, type Effect, type Failure, type MachineEvent, type State } from './state.js';

/** A state and what it asks for. `state` is the very same object when the event changes nothing. */
export interface Transition {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export const initialState: State = { name: 'unconfigured', failure: null };

const stay = (state: State): Transition => ({ state, effects: [] });
const to = (state: State, ...effects: Effect[]): Transition => ({ state, effects });
const authorizing = (): Transition => to({ name: 'authorizing' }, { type: 'ask' });

function unauthorized(
  reason: AuthorizationRequiredReason,
  failure: Failure | null,
  ...effects: Effect[]
): Transition {
  return to(
    { name: 'unauthorized', reason, failure },
    { type: 'authorization-required', reason },
    ...effects,
  );
}

/** The whole behaviour, without a clock, a network or a DOM. Operations that run are told from `isBusy`. */
export function transition(state: State, event: MachineEvent): Transition {
  switch (event.type) {
    case 'configuration-missing':
      return isBusy(state) || state === initialState ? stay(state) : to(initialState);

    case 'configuration-refused': {
      if (isBusy(state)) return stay(state);
      const { error } = event;
      return to({ name: 'unconfigured', failure: { error } }, { type: 'error', error });
    }

    case 'configured':
      return state.name === 'unconfigured' ? authorizing() : stay(state);

    case 'source-changed':
      return canAsk(state) ? to(state, { type: 'ask' }) : stay(state);

    case 'binding-given':
      if (isBusy(state)) return stay(state);
      // often the host hands back what `chekt-connected` gave it: the page in front of the person stays as it is
      if (state.name === 'connected' && state.binding.dealerId === event.binding.dealerId) {
        return to({ ...state, binding: event.binding });
      }
      return to({
        name: 'connected',
        binding: event.binding,
        authorization: state.name === 'authorized' || state.name === 'connected' ? state.authorization : null,
        failure: null,
        confirming: false,
      });

    case 'binding-dropped':
      if (state.name !== 'connected') return stay(state);
      return state.authorization ? to(authorized(state.authorization)) : authorizing();

    case 'authorization-received':
      switch (state.name) {
        case 'authorizing':
        case 'unauthorized':
        case 'unavailable':
          return to(authorized(event.authorization));
        case 'authorized':
        case 'connecting':
          return to({ ...state, authorization: event.authorization });
        default:
          return stay(state);
      }

    case 'authorization-missing':
      return state.name === 'authorizing' || state.name === 'unavailable' || state.name === 'authorized'
        ? unauthorized('missing', null)
        : stay(state);

    case 'authorization-failed': {
      if (!canAsk(state)) return stay(state);
      const { error } = event;
      const known = 'failure' in state && state.failure?.error;
      // asked again behind the person's back, with the same result: nothing to tell
      if (known && known.code === error.code && known.apiCode === error.apiCode) return stay(state);
      const failure = { error };
      return error.apiCode === 'access_denied'
        ? unauthorized('missing', failure, { type: 'error', error })
        : to({ name: 'unavailable', failure }, { type: 'error', error });
    }

    case 'name-missing':
      return state.name === 'authorized' ? to({ ...state, nameMissing: true }) : stay(state);

    case 'name-edited':
      return state.name === 'authorized' && state.nameMissing
        ? to({ ...state, nameMissing: false })
        : stay(state);

    case 'connect-started':
      return state.name === 'authorized'
        ? to({ name: 'connecting', authorization: state.authorization, slow: false })
        : stay(state);

    case 'connect-succeeded': {
      if (state.name !== 'connecting') return stay(state);
      const { binding, typedName, traceId } = event;
      return to(
        {
          name: 'connected',
          binding,
          typedName,
          authorization: state.authorization,
          failure: null,
          confirming: false,
        },
        { type: 'connected', binding, traceId },
      );
    }

    case 'disconnect-asked':
    case 'disconnect-declined':
      return state.name === 'connected'
        ? to({ ...state, confirming: event.type === 'disconnect-asked' })
        : stay(state);

    case 'disconnect-started':
      return state.name === 'connected'
        ? to({
            name: 'disconnecting',
            binding: state.binding,
            authorization: state.authorization,
            slow: false,
          })
        : stay(state);

    case 'disconnect-succeeded': {
      if (state.name !== 'disconnecting') return stay(state);
      const disconnected: Effect = { type: 'disconnected', binding: state.binding, traceId: event.traceId };
      const company = state.binding.companyName;
      return state.authorization
        ? to({ ...authorized(state.authorization), disconnected: company }, disconnected)
        : to(
            { name: 'unauthorized', reason: 'missing', failure: null, disconnected: company },
            { type: 'authorization-required', reason: 'missing' },
            disconnected,
          );
    }

    case 'still-working':
      return isBusy(state) ? to({ ...state, slow: true } as State) : stay(state);

    case 'attempt-failed': {
      const { failure, reason } = event;
      const error: Effect = { type: 'error', error: failure.error };
      switch (state.name) {
        case 'connecting':
        case 'authorized':
          return reason
            ? unauthorized(reason, failure, error)
            : to({ ...authorized(state.authorization), failure }, error);
        case 'disconnecting':
        case 'connected': {
          const { binding, authorization } = state;
          return to({ name: 'connected', binding, authorization, failure, confirming: false }, error);
        }
        default:
          return to(state, error);
      }
    }

    case 'reset':
      if (isBusy(state)) return stay(state);
      if (state.name === 'connected') {
        return to({ ...state, authorization: null, failure: null, confirming: false });
      }
      return state.name === 'unconfigured' ? to(initialState) : authorizing();
  }
}

function canAsk({ name }: State): boolean {
  return name === 'authorizing' || name === 'unauthorized' || name === 'unavailable' || name === 'authorized';
}

function authorized(authorization: Authorization) {
  return { name: 'authorized', authorization, failure: null, nameMissing: false } as const satisfies State;
}
