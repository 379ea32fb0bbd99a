import type { Bindings } from './bindings.js';
import type { OAuthClient, OAuthOptions } from './oauth-client.js';
import type { PartnerApi } from './partner-api.js';
import type { PlatformCalls } from './platform-calls.js';
import type { Sessions } from './sessions.js';

export interface PlatformOptions extends OAuthOptions {
  /** The platform's own origin, as browsers see it. */
  readonly origin: string;
  /** Where the routes are, e.g. `/chekt`. */
  readonly basePath: string;
  readonly platformName: string;
  /**
   * Whether pages connect through these routes (`service`) or call CHeKT themselves (`browser`). Name only what your
   * pages use: `browser` mounts the routes that hand a dealer's access token to a page, and `service` never needs to.
   */
  readonly modes: readonly ('service' | 'browser')[];
  /** What a dealer admin is asked to allow; `offline_access` asks for a refresh token. */
  readonly dealerScope: string;
  readonly apiBaseUrl: string;
}

/** What the routes share. */
export interface Platform {
  readonly options: PlatformOptions;
  readonly sessions: Sessions;
  readonly oauth: OAuthClient;
  readonly api: PartnerApi;
  readonly calls: PlatformCalls;
  readonly bindings: Bindings;
}
