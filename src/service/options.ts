import type { ClientCredentials } from './client-auth.js';
import type { Logger } from './log.js';
import type { ServiceHooks } from './hooks.js';
import type { EncryptionKey } from './sealing.js';
import type { Store } from './store/store.js';

/** Who is signed in to the platform, as your own login says. */
export interface PlatformIdentity {
  /** The platform's own id of the account that this person is in. */
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
  /** The account that the page, or the stored sign-in at the callback, asks for. Undefined: the session's own. */
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
  /** The `iss` of the issuer; read by discovery unless `server` says where its endpoints are. */
  readonly issuer: string;
  readonly server?: ServerEndpoints;
  readonly clientId: string;
  readonly auth: ClientCredentials;
  /** The API that tokens are for; sent as `audience` and, where it is a URI, as `resource` (RFC 8707). */
  readonly audience?: string;
  /** Space-separated. */
  readonly scope?: string;
  /** Added to every token request; the token cache is keyed by them. */
  readonly extraTokenParameters?: ExtraTokenParameters;
}

/** A statement of CHeKT that a dealer is not connected. */
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
  /** Authorization code with PKCE: the dealer admin. */
  readonly dealerSignIn: OAuthClientOptions;
  /** Client credentials: the platform itself. */
  readonly platformClient: OAuthClientOptions;
  /** Your login; null: nobody is signed in. Return an account only if this person may act for it. */
  readonly authenticate: (
    request: Request,
    context: AuthenticateContext<Native>,
  ) => PlatformIdentity | null | Promise<PlatformIdentity | null>;
  readonly store: Store;
  /** The first seals, all open. */
  readonly encryptionKeys: readonly EncryptionKey[];
  /** `browser` mounts the routes that hand a token to a page. Default `['service']`. */
  readonly modes?: readonly ('service' | 'browser')[];
  readonly on?: ServiceHooks;
  /** pino's interface. Default: the console, warnings and errors. */
  readonly logger?: Logger;
  /** Calls of CHeKT a minute for one person in one account; a connect and a disconnect count two. Default 30. */
  readonly limits?: { readonly perMinute?: number };
  /** Days. Default `{ audit: 400, operations: 1 }`. */
  readonly retention?: { readonly audit?: number; readonly operations?: number };
  /** Milliseconds since 1970; for tests. */
  readonly clock?: () => number;
}
