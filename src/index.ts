export { ChektConnectElement } from './chekt-connect-element.js';
export { ChektConnectError } from './errors.js';
export type { ChektConnectErrorCode, ChektConnectErrorDetails, ChektConnectOutcome } from './errors.js';
export {
  ChektAuthorizationRequiredEvent,
  ChektAuthorizeEvent,
  ChektBeforeConnectEvent,
  ChektBeforeDisconnectEvent,
  ChektConnectedEvent,
  ChektDisconnectedEvent,
  ChektErrorEvent,
  ChektReadyEvent,
  ChektStateChangeEvent,
} from './events.js';
export type {
  AuthorizationRequiredReason,
  AuthorizeReason,
  ChektConnectEventMap,
  ConnectState,
} from './events.js';
export type { Authorization } from './authorization/authorization.js';
export type { GetAccessToken, TokenRequest } from './authorization/token-source.js';
export type { TokenResponse } from './token-response.js';
export type { Binding } from './binding.js';
export type { Diagnostics } from './diagnostics.js';
export type { AttemptRecord } from './partner-api/operation.js';
export type { Messages } from './i18n/messages.js';
