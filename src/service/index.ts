export {
  clientSecret,
  privateKeyJwt,
  type ClientCredentials,
  type PrivateKeyJwtOptions,
} from './client-auth.js';
export { createChektService, type ActorOption, type ChektService, type FetchContext } from './service.js';
export { toRouteHandlers } from './route-handlers.js';
export type { Finding } from './check.js';
export type { ReconcileResult } from './due/reconcile.js';
export type { DueResult } from './due/run-due.js';
export type { HookEvent, ServiceHooks } from './hooks.js';
export type { Logger } from './log.js';
export type {
  AuthenticateContext,
  ChektServiceOptions,
  ExtraTokenParameters,
  NotConnected,
  OAuthClientOptions,
  PlatformIdentity,
  ServerEndpoints,
} from './options.js';
export type { AuditQuery, AuditRecord, DisconnectResult, PlatformBinding } from './platform-records.js';
export type { EncryptionKey } from './sealing.js';
export type { BindingStatus, HookType, Page, Store } from './store/store.js';
