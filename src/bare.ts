/**
 * `chekt-connect` and `chekt-connect/define` for runtimes at the edge and for workers, whose bundlers choose `edge-light`, `workerd` or
 * `worker`: Lit's build for browsers would throw there, because there is no `HTMLElement`. The tag stays bare until a browser runs the
 * script. Code that imports the names of `index.ts` loads all the same: nothing is an instance of them, the error apart.
 */
import { version } from './version.js';

export { ChektConnectError } from './partner-api/errors.js';

export class ChektConnectElement {
  static readonly version: string = version;
  static addMessages(): void {}
}

class NoEvent {}

export {
  NoEvent as ChektAuthorizationRequiredEvent,
  NoEvent as ChektAuthorizeEvent,
  NoEvent as ChektBeforeConnectEvent,
  NoEvent as ChektBeforeDisconnectEvent,
  NoEvent as ChektConnectedEvent,
  NoEvent as ChektDisconnectedEvent,
  NoEvent as ChektErrorEvent,
  NoEvent as ChektReadyEvent,
  NoEvent as ChektStateChangeEvent,
};
