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

/** An operation whose outcome is unknown. The next attempt about the same subject repeats it. */
export interface Unsettled {
  readonly operation: Operation;
  /** The company name, or the dealer id on disconnect, as it was sent. */
  readonly subject: string;
}

/** An error while it is shown. */
export interface Failure {
  readonly error: ChektConnectError;
  /** The server asked not to try again before then (`Retry-After`). */
  readonly retryAt?: Moment;
  readonly unsettled?: Unsettled;
}

/** What the person typed, and whose sign-in was displayed at the time. Dropped when another person signs in. */
export interface Draft {
  readonly companyName: string;
  readonly of?: Identity;
}

interface Common {
  readonly draft?: Draft;
}

interface Disconnected {
  /** The company that was just disconnected. */
  readonly disconnected?: string;
}

/** States in which nothing has failed. A new state does not compile until it says whether it has a failure. */
interface Unfailed {
  readonly failure?: undefined;
}

/** States in which nobody is displayed. A new state does not compile until it says who is. */
interface Nobody {
  readonly signIn?: undefined;
}

/** An attempt that is running. */
interface Running extends Unfailed {
  /** The attempt takes longer than a person expects. */
  readonly slow?: true;
}

/** Everything the session knows, as plain data: one shape per state. */
export type State =
  | (Common & Nobody & { readonly name: 'unconfigured'; readonly failure?: Failure })
  | (Common & Nobody & Disconnected & Unfailed & { readonly name: 'authorizing' })
  | (Common &
      Nobody &
      Disconnected & {
        readonly name: 'unauthorized';
        readonly reason: AuthorizationRequiredReason;
        readonly failure?: Failure;
      })
  | (Common & Nobody & { readonly name: 'unavailable'; readonly failure: Failure })
  | (Common &
      Disconnected & {
        readonly name: 'authorized';
        readonly signIn: SignIn;
        readonly failure?: Failure;
        /** Another person was displayed before; until the next attempt starts. */
        readonly changed?: boolean;
        /** The person pressed Connect with an empty company name. */
        readonly nameMissing?: boolean;
      })
  | (Common & Running & { readonly name: 'connecting'; readonly signIn: SignIn })
  | (Common & {
      readonly name: 'connected';
      readonly binding: Binding;
      /** The company name that was sent, if this element made the connection; absent for a binding set by the host. */
      readonly sentName?: string;
      /** Displayed again after a disconnect; absent if the source has not been asked. */
      readonly signIn?: SignIn;
      readonly failure?: Failure;
      /** The person is being asked to confirm the disconnect. */
      readonly confirming?: boolean;
    })
  | (Common &
      Running & { readonly name: 'disconnecting'; readonly binding: Binding; readonly signIn?: SignIn });

/** What follows a failed attempt. */
export type FailedNext =
  | { readonly type: 'same-person' }
  | { readonly type: 'signed-out'; readonly reason: AuthorizationRequiredReason }
  | { readonly type: 'another-person'; readonly signIn: SignIn }
  /** The platform's own session is for another account; the person has to change that first. */
  | { readonly type: 'unavailable' };

/** Everything that can happen. An event that has no meaning in a state changes nothing. */
export type SessionEvent =
  /** The host's configuration is complete. */
  | { readonly type: 'configured' }
  /** The host's configuration is wrong or, without an error, still incomplete. */
  | { readonly type: 'misconfigured'; readonly error?: ChektConnectError }
  | { readonly type: 'source-changed' }
  /** The host or its service has reported the binding. */
  | { readonly type: 'bound'; readonly binding: Binding | null }
  /** The source has answered a question that was not part of an attempt. */
  | { readonly type: 'answered'; readonly answer: Answer }
  | { readonly type: 'typed'; readonly companyName: string }
  | { readonly type: 'name-missing' }
  | { readonly type: 'confirm'; readonly confirming: boolean }
  /** An attempt starts: to connect in `authorized`, to disconnect in `connected`. */
  | { readonly type: 'started' }
  | { readonly type: 'slow' }
  /** During an attempt, the source has answered again for the person who is displayed. */
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

/** An answer of the source, with its token response read into a sign-in. */
export type Answer =
  | { readonly type: 'signed-in'; readonly signIn: SignIn }
  | { readonly type: 'signed-out' }
  | Extract<SourceAnswer, { type: 'failed' }>;

/** The company that the notice "… is disconnected" is about. */
export function disconnectedIn(state: State): string | undefined {
  return 'disconnected' in state ? state.disconnected : undefined;
}

type Asking = 'authorizing' | 'unauthorized' | 'unavailable' | 'authorized';
type Busy = 'connecting' | 'disconnecting';
type Idle = 'unconfigured' | 'connected';

/** Whether an attempt is running. */
export function isBusy({ name }: State): boolean {
  if (name === 'connecting' || name === 'disconnecting') return true;
  void (name satisfies Asking | Idle); // a new state does not compile until it is listed above
  return false;
}

/** Whether the source may be asked in this state outside an attempt. */
export function canAsk({ name }: State): boolean {
  if (name === 'authorizing' || name === 'unauthorized' || name === 'unavailable' || name === 'authorized')
    return true;
  void (name satisfies Busy | Idle);
  return false;
}

/** Whether the pause that the server asked for is not over yet. */
export function isPaused(failure: Failure | undefined): boolean {
  return !!failure?.retryAt && remaining(failure.retryAt) > 0;
}

/** Makes a switch exhaustive: a new state does not compile until every such switch has a case for it. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected: ${String(value)}`);
}
