import type { Authorization } from '../authorization/authorization.js';
import type { Binding } from '../binding.js';
import type { ChektConnectError } from '../errors.js';
import type { AuthorizationRequiredReason, ConnectState } from '../events.js';

/** A failed attempt, as long as it is shown. */
export interface Failure {
  readonly error: ChektConnectError;
  /** Until then the server asked to wait: milliseconds since the epoch. */
  readonly retryAt?: number;
  /** Whether it went through is not known, and sending this name again repeats the very same operation. */
  readonly repeats?: string;
}

/** Everything the element knows, one shape a state: data and failures exist only where they have a meaning. */
export type State =
  | { readonly name: 'unconfigured'; readonly failure: Failure | null }
  | { readonly name: 'authorizing' }
  | {
      readonly name: 'unauthorized';
      readonly reason: AuthorizationRequiredReason;
      readonly failure: Failure | null;
      /** The company that was disconnected just now. */
      readonly disconnected?: string;
    }
  | { readonly name: 'unavailable'; readonly failure: Failure }
  | {
      readonly name: 'authorized';
      readonly authorization: Authorization;
      readonly failure: Failure | null;
      /** The person pressed Connect without a name. */
      readonly nameMissing: boolean;
      /** The company that was disconnected just now. */
      readonly disconnected?: string;
    }
  | {
      readonly name: 'connecting';
      readonly authorization: Authorization;
      /** It takes longer than a person expects. */
      readonly slow: boolean;
    }
  | {
      readonly name: 'connected';
      readonly binding: Binding;
      /** What was typed when this was connected here; absent for a binding that the host gave. */
      readonly typedName?: string;
      /** Kept for a later disconnect; null when nobody was asked. */
      readonly authorization: Authorization | null;
      readonly failure: Failure | null;
      /** The person is asked whether to disconnect. */
      readonly confirming: boolean;
    }
  | {
      readonly name: 'disconnecting';
      readonly binding: Binding;
      readonly authorization: Authorization | null;
      readonly slow: boolean;
    };

/** What can happen. An event that has no meaning in a state changes nothing. */
export type MachineEvent =
  | { readonly type: 'configuration-missing' }
  | { readonly type: 'configuration-refused'; readonly error: ChektConnectError }
  | { readonly type: 'configured' }
  | { readonly type: 'source-changed' }
  | { readonly type: 'binding-given'; readonly binding: Binding }
  | { readonly type: 'binding-dropped' }
  | { readonly type: 'authorization-received'; readonly authorization: Authorization }
  | { readonly type: 'authorization-missing' }
  | { readonly type: 'authorization-failed'; readonly error: ChektConnectError }
  | { readonly type: 'name-missing' }
  | { readonly type: 'name-edited' }
  | { readonly type: 'connect-started' }
  | {
      readonly type: 'connect-succeeded';
      readonly binding: Binding;
      readonly typedName: string;
      readonly traceId: string;
    }
  | { readonly type: 'disconnect-asked' }
  | { readonly type: 'disconnect-declined' }
  | { readonly type: 'disconnect-started' }
  | { readonly type: 'disconnect-succeeded'; readonly traceId: string }
  | { readonly type: 'still-working' }
  | {
      readonly type: 'attempt-failed';
      readonly failure: Failure;
      /** Set when the dealer admin has to sign in again before another attempt. */
      readonly reason?: AuthorizationRequiredReason;
    }
  | { readonly type: 'reset' };

/** What a transition asks for. */
export type Effect =
  | { readonly type: 'ask' }
  | { readonly type: 'connected'; readonly binding: Binding; readonly traceId: string }
  | { readonly type: 'disconnected'; readonly binding: Binding; readonly traceId: string }
  | { readonly type: 'authorization-required'; readonly reason: AuthorizationRequiredReason }
  | { readonly type: 'error'; readonly error: ChektConnectError };

/** The failure that a state shows, if it is one that can have any. */
export function failureOf(state: State): Failure | null {
  return 'failure' in state ? state.failure : null;
}

export function isBusy({ name }: { readonly name: ConnectState }): boolean {
  return name === 'connecting' || name === 'disconnecting';
}

/** The server asked for a pause that has not passed yet. */
export function isWaiting(failure: Failure | null): boolean {
  return (failure?.retryAt ?? 0) > Date.now();
}
