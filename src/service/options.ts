import type { ClientCredentials } from './client-auth.js';
import type { Logger } from './log.js';
import type { ServiceHooks } from './hooks.js';
import type { EncryptionKey } from './sealing.js';
import type { Store } from './store/store.js';

/** Who is signed in to the platform, according to your own login. */
export interface PlatformIdentity {
  /** The platform's own id of the account that this person is using. */
  readonly externalDealerId: string;
  /** The account's name, shown to the person. */
  readonly accountName?: string;
  /** Stable for one login, and impossible to guess: an unsalted hash of it is kept. Without it the service sets a cookie of its own. */
  readonly sessionId?: string;
  readonly actor: { readonly id: string; readonly name?: string };
  /** What this person may do here. Default: both. */
  readonly may?: readonly ('connect' | 'disconnect')[];
}

export interface AuthenticateContext<Native = unknown> {
  /**
   * The account that the page (or, at the callback, the stored sign-in) asks for. `undefined` means the
   * session's own.
   */
  readonly externalDealerId: string | undefined;
  /** The framework's own request object, e.g. Express' `req` with its session. */
  readonly native: Native;
}

/** Endpoints of an issuer that has no discovery document (RFC 8414's names). */
export interface ServerEndpoints {
  readonly authorization_endpoint?: string;
  readonly token_endpoint: string;
  readonly revocation_endpoint?: string;
  readonly jwks_uri?: string;
}

export type ExtraTokenParameters =
  Readonly<Record<string, string>> | ((dealerId: number | undefined) => Readonly<Record<string, string>>);

export interface OAuthClientOptions {
  /** The issuer's `iss`. Its endpoints are found by discovery unless `server` gives them. */
  readonly issuer: string;
  readonly server?: ServerEndpoints;
  readonly clientId: string;
  readonly auth: ClientCredentials;
  /**
   * The API that the tokens are for, sent as `audience` and, if it is a URI, also as `resource` (RFC 8707).
   */
  readonly audience?: string;
  /** Space-separated. */
  readonly scope?: string;
  /** Added to every token request, and part of the key of the token cache. */
  readonly extraTokenParameters?: ExtraTokenParameters;
}

/** An answer by which CHeKT states that a dealer is not connected. */
export interface NotConnected {
  readonly status: number;
  readonly code: string;
}

export interface ChektServiceOptions<Native = unknown> {
  /** The platform's own origin, as browsers see it. */
  readonly origin: string;
  /** Where the routes are. Default `/chekt`. */
  readonly basePath?: string;
  readonly platform: { readonly name: string };
  readonly partnerApi: {
    /** E.g. `https://api.chekt.com`. */
    readonly baseUrl: string;
    /** Default `[{ status: 404, code: 'dealer_not_connected' }]`. */
    readonly notConnected?: readonly NotConnected[];
  };
  /** The client for the dealer admin's sign-in (authorization code with PKCE). */
  readonly dealerSignIn: OAuthClientOptions;
  /** The client for the platform itself (client credentials). */
  readonly platformClient: OAuthClientOptions;
  /**
   * Asks your login who is signed in; `null` means nobody. Return an account only if this person may act for
   * it.
   */
  readonly authenticate: (
    request: Request,
    context: AuthenticateContext<Native>,
  ) => PlatformIdentity | null | Promise<PlatformIdentity | null>;
  readonly store: Store;
  /** The first key encrypts; all of them decrypt. */
  readonly encryptionKeys: readonly EncryptionKey[];
  /** `browser` mounts the routes that hand a token to a page. Default `['service']`. */
  readonly modes?: readonly ('service' | 'browser')[];
  readonly on?: ServiceHooks;
  /** pino's interface. Default: the console, warnings and errors. */
  readonly logger?: Logger;
  /** Calls of CHeKT a minute for one person in one account; a connect and a disconnect each count as two. Default 30. */
  readonly limits?: { readonly perMinute?: number };
  /** Days. Default `{ audit: 400, operations: 1 }`. */
  readonly retention?: { readonly audit?: number; readonly operations?: number };
  /** Milliseconds since 1970; for tests. */
  readonly clock?: () => number;
}
