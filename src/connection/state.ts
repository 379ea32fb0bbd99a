import type { Authorization } from '../authorization/authorization.js';
import type { Binding } from '../binding.js';
import type { ChektConnectError } from '../errors.js';
import type { AuthorizationRequiredReason } from '../events.js';
import type { Operation } from '../partner-api/operation.js';

/** A failed attempt, as long as it is shown. */
export interface Failure {
  readonly error: ChektConnectError;
  /** Until then the server asked to wait: milliseconds since the epoch. */
  readonly retryAt?: number;
  readonly operation?: Operation;
  /** Whether it went through is not known, and an attempt with this subject repeats the very same operation. */
  readonly repeats?: string;
}

/** Everything the element knows, one shape a state: data and failures exist only where they have a meaning. */
export type State =
  | { readonly name: 'unconfigured'; readonly failure: Failure | null }
  | {
      readonly name: 'authorizing';
      /** The company that was disconnected just now. */
      readonly disconnected?: string;
    }
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
      readonly nameMissing?: boolean;
      /** The company that was disconnected just now. */
      readonly disconnected?: string;
    }
  | {
      readonly name: 'connecting';
      readonly authorization: Authorization;
      /** It takes longer than a person expects. */
      readonly slow?: boolean;
    }
  | {
      readonly name: 'connected';
      readonly binding: Binding;
      /** What was typed when this was connected here; absent for a binding that the host gave. */
      readonly typedName?: string;
      /** Kept for after a disconnect; null when nobody was asked. */
      readonly authorization: Authorization | null;
      readonly failure: Failure | null;
      /** The person is asked whether to disconnect. */
      readonly confirming?: boolean;
    }
  | {
      readonly name: 'disconnecting';
      readonly binding: Binding;
      readonly authorization: Authorization | null;
      /** It takes longer than a person expects. */
      readonly slow?: boolean;
    };

/** What can happen. An event that has no meaning in a state changes nothing. */
export type MachineEvent =
  /** The host has said enough. */
  | { readonly type: 'configured' }
  /** The host has said something wrong, or (without an error) not enough yet. */
  | { readonly type: 'misconfigured'; readonly error?: ChektConnectError }
  | { readonly type: 'source-changed' }
  /** The host says which binding there is. */
  | { readonly type: 'bound'; readonly binding: Binding | null }
  /** The host's answer: null when the dealer has not authorized. */
  | {
      readonly type: 'authorization';
      readonly authorization: Authorization | null;
      /** It is of the person who was shown before. */
      readonly isSame?: boolean;
    }
  | { readonly type: 'authorization-failed'; readonly error: ChektConnectError }
  | { readonly type: 'name-missing'; readonly nameMissing: boolean }
  | { readonly type: 'confirm'; readonly confirming: boolean }
  /** An attempt: connect where one can connect, disconnect where one can disconnect. */
  | { readonly type: 'started' }
  | { readonly type: 'slow' }
  | {
      readonly type: 'connected';
      readonly binding: Binding;
      readonly typedName: string;
      readonly traceId: string;
    }
  | { readonly type: 'disconnected'; readonly traceId: string }
  | {
      readonly type: 'failed';
      readonly failure: Failure;
      /** Set when the dealer admin has to sign in again before another attempt. */
      readonly reason?: AuthorizationRequiredReason;
      /** Who is signed in now, where that is another person. */
      readonly authorization?: Authorization;
    }
  | { readonly type: 'reset' };

/** The failure that a state shows, if it is one that can have any. */
export function failureOf(state: State): Failure | null {
  return 'failure' in state ? state.failure : null;
}

export function isBusy({ name }: State): boolean {
  return name === 'connecting' || name === 'disconnecting';
}

/** The server asked for a pause that has not passed yet. */
export function isWaiting(failure: Failure | null): boolean {
  return (failure?.retryAt ?? 0) > Date.now();
}
