import type { Identity } from '../authorization/identity.js';
import type { SignIn } from '../authorization/sign-in.js';
import type { SourceAnswer } from '../authorization/token-provider.js';
import type { Binding } from '../partner-api/dealer.js';
import type { ChektConnectError } from '../partner-api/errors.js';
import { remaining, type Moment } from '../partner-api/moment.js';
import type { Operation } from '../partner-api/operation.js';

/** The states of the element; also its custom states for CSS, `chekt-connect:state(connected)`. */
export type ConnectState =
  | 'unconfigured'
  | 'authorizing'
  | 'unauthorized'
  | 'unavailable'
  | 'authorized'
  | 'connecting'
  | 'connected'
  | 'disconnecting';

/** Why the dealer admin has to sign in. */
export type AuthorizationRequiredReason = 'missing' | 'expired' | 'rejected';

/** An operation that may have gone through. The next attempt with the same subject repeats it. */
export interface Unsettled {
  readonly operation: Operation;
  /** The company name, or the dealer id on disconnect, as it was sent. */
  readonly subject: string;
}

/** A failed attempt, as long as it is shown. */
export interface Failure {
  readonly error: ChektConnectError;
  /** Until then the server asked to wait. */
  readonly retryAt?: Moment;
  readonly unsettled?: Unsettled;
}

/** What the person typed, and who was displayed meanwhile. It is never carried over to another person. */
export interface Draft {
  readonly companyName: string;
  readonly of?: Identity;
}

interface Common {
  readonly draft?: Draft;
}

/** The company that was disconnected just now. */
interface Disconnected {
  readonly disconnected?: string;
}

/** Everything the session knows: one shape for each state, plain data only. */
export type State =
  | (Common & { readonly name: 'unconfigured'; readonly failure: Failure | null })
  | (Common & Disconnected & { readonly name: 'authorizing' })
  | (Common &
      Disconnected & {
        readonly name: 'unauthorized';
        readonly reason: AuthorizationRequiredReason;
        readonly failure: Failure | null;
      })
  | (Common & { readonly name: 'unavailable'; readonly failure: Failure })
  | (Common &
      Disconnected & {
        readonly name: 'authorized';
        readonly signIn: SignIn;
        readonly failure: Failure | null;
        /** The person pressed Connect without a name. */
        readonly nameMissing: boolean;
      })
  | (Common & {
      readonly name: 'connecting';
      readonly signIn: SignIn;
      /** It takes longer than a person expects. */
      readonly slow: boolean;
    })
  | (Common & {
      readonly name: 'connected';
      readonly binding: Binding;
      /** The name that was sent when this was connected here; absent for a binding that the host gave. */
      readonly sentName?: string;
      /** Kept for after a disconnect; null when nobody was asked. */
      readonly signIn: SignIn | null;
      readonly failure: Failure | null;
      /** The person is asked whether to disconnect. */
      readonly confirming: boolean;
    })
  | (Common & {
      readonly name: 'disconnecting';
      readonly binding: Binding;
      readonly signIn: SignIn | null;
      /** It takes longer than a person expects. */
      readonly slow: boolean;
    });

/** How an attempt that failed goes on. */
export type FailedNext =
  | { readonly type: 'same-person' }
  | { readonly type: 'signed-out'; readonly reason: AuthorizationRequiredReason }
  | { readonly type: 'another-person'; readonly signIn: SignIn }
  /** The page has to be put in order first: the platform's own session is of another account. */
  | { readonly type: 'unavailable' };

/** What can happen. An event that has no meaning in a state changes nothing. */
export type SessionEvent =
  /** The host has said enough. */
  | { readonly type: 'configured' }
  /** The host has said something wrong, or (without an error) not enough yet. */
  | { readonly type: 'misconfigured'; readonly error?: ChektConnectError }
  | { readonly type: 'source-changed' }
  /** The host, or its service, says which binding there is. */
  | { readonly type: 'bound'; readonly binding: Binding | null }
  /** The source answered a question that was not part of an attempt. */
  | { readonly type: 'answered'; readonly answer: Answer }
  | { readonly type: 'typed'; readonly companyName: string }
  | { readonly type: 'name-missing' }
  | { readonly type: 'confirm'; readonly confirming: boolean }
  /** An attempt: connect where one can connect, disconnect where one can disconnect. */
  | { readonly type: 'started' }
  | { readonly type: 'slow' }
  /** The source spoke of the displayed person again, within an attempt. */
  | { readonly type: 'sign-in-updated'; readonly signIn: SignIn }
  | {
      readonly type: 'connected';
      readonly binding: Binding;
      readonly sentName: string;
      readonly traceId: string;
    }
  | { readonly type: 'disconnected'; readonly traceId: string }
  | { readonly type: 'failed'; readonly failure: Failure; readonly next: FailedNext }
  | { readonly type: 'reset' };

/** What the source said, with the sign-in already read. */
export type Answer =
  | { readonly type: 'signed-in'; readonly signIn: SignIn }
  | { readonly type: 'signed-out' }
  | Extract<SourceAnswer, { type: 'failed' }>;

/** The failure that a state shows, if it is one that can have any. */
export function failureOf(state: State): Failure | null {
  switch (state.name) {
    case 'unconfigured':
    case 'unauthorized':
    case 'unavailable':
    case 'authorized':
    case 'connected':
      return state.failure;
    case 'authorizing':
    case 'connecting':
    case 'disconnecting':
      return null;
    default:
      return assertNever(state);
  }
}

/** The sign-in that a state displays, if there is one. */
export function signInOf(state: State): SignIn | null {
  return 'signIn' in state ? state.signIn : null;
}

export function isBusy({ name }: State): boolean {
  return name === 'connecting' || name === 'disconnecting';
}

/** The states in which the source is asked without an attempt. */
export function canAsk({ name }: State): boolean {
  return name === 'authorizing' || name === 'unauthorized' || name === 'unavailable' || name === 'authorized';
}

/** The server asked for a pause that has not passed yet. */
export function isPaused(failure: Failure | null): boolean {
  return !!failure?.retryAt && remaining(failure.retryAt) > 0;
}

/** Makes a switch exhaustive: a new state does not compile until each switch has a case for it. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected: ${String(value)}`);
}
