export { ChektConnectElement } from './element/chekt-connect-element.js';
export { ChektConnectError } from './partner-api/errors.js';
export type {
  ChektConnectErrorCode,
  ChektConnectErrorDetails,
  ChektConnectOutcome,
} from './partner-api/errors.js';
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
} from './element/events.js';
export type { AuthorizeDetail, AuthorizeReason, ChektConnectEventMap } from './element/events.js';
export type { AuthorizationRequiredReason, ConnectState } from './session/state.js';
export type { Authorization } from './authorization/sign-in.js';
export type { GetAccessToken, TokenRequest } from './authorization/token-provider.js';
export type { TokenResponse } from './authorization/token-response.js';
export type { Binding } from './partner-api/dealer.js';
export type { FormerBinding } from './session/effects/load-account.js';
export type { Diagnostics } from './element/diagnostics.js';
export type { AttemptRecord } from './partner-api/operation.js';
export type { Messages } from './element/i18n/messages.js';
