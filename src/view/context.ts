import type { Config } from '../config.js';
import type { State } from '../connection/state.js';
import type { AuthorizeReason } from '../events.js';
import type { Dictionary } from '../i18n/messages.js';

/** All that the templates know; they hold nothing and decide nothing. */
export interface ViewContext<S extends State = State> {
  readonly state: S;
  /** Absent while the host has not said enough. */
  readonly config?: Config;
  readonly dictionary: Dictionary;
  readonly typedName: string;
  readonly disabled: boolean;
  /** The reference was copied. */
  readonly copied: boolean;
  readonly on: ViewHandlers;
}

/** What a person can do. */
export interface ViewHandlers {
  readonly authorize: (event: Event, reason: AuthorizeReason) => void;
  readonly input: (event: Event) => void;
  readonly connect: (event: Event) => void;
  readonly retry: () => void;
  readonly askDisconnect: () => void;
  readonly declineDisconnect: () => void;
  readonly disconnect: () => void;
  readonly copy: (reference: string) => void;
}
