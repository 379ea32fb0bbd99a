import type { State } from '../../session/state.js';
import type { AuthorizeReason } from '../events.js';
import type { Options } from '../host-options.js';
import type { Dictionary } from '../i18n/messages.js';

/** All that the templates know; they hold nothing and decide nothing. Every text in it is redacted already. */
export interface ViewContext<S extends State = State> {
  readonly state: S;
  /** Absent while the host has not said enough. */
  readonly options?: Options;
  readonly dictionary: Dictionary;
  /** The platform's account that gets connected; empty while nobody has said it. */
  readonly account: string;
  /** What is sent as the company name, and what its field contains where there is one. */
  readonly companyName: string;
  readonly disabled: boolean;
  /** The reference was copied. */
  readonly copied: boolean;
  /** Where the dealer admin signs in, for this reason; undefined without `authorize-url`. */
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
  readonly disconnect: () => void;
  readonly copy: (reference: string) => void;
}
