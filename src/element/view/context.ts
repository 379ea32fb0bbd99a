import type { State } from '../../session/state.js';
import type { AuthorizeReason } from '../events.js';
import type { Options } from '../host-options.js';
import type { Dictionary } from '../i18n/messages.js';

/** Everything that the templates render from; they keep no state of their own. Every text in it is already redacted. */
export interface ViewContext<S extends State = State> {
  readonly state: S;
  /** Absent while the host's configuration is incomplete. */
  readonly options?: Options;
  readonly dictionary: Dictionary;
  /** The platform's account that gets connected; empty while it is not known. */
  readonly account: string;
  /** The company name to send, which is also the content of the field. */
  readonly companyName: string;
  readonly disabled: boolean;
  /** The person has copied the reference. */
  readonly copied: boolean;
  /** The address of the sign-in, with this reason; undefined without `authorize-url`. */
  readonly authorizeHref: (reason: AuthorizeReason) => string | undefined;
  readonly on: ViewHandlers;
}

/** What a person can do. */
export interface ViewHandlers {
  readonly authorize: (event: Event, reason: AuthorizeReason) => void;
  readonly change: () => void;
  readonly input: (event: Event) => void;
  readonly connect: (event: Event) => void;
  readonly retry: () => void;
  readonly askDisconnect: () => void;
  readonly declineDisconnect: () => void;
  readonly disconnect: (event: Event) => void;
  readonly copy: (reference: string) => void;
}
