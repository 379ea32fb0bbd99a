import { randomUUID } from 'node:crypto';
import * as openid from 'openid-client';
import { UpstreamError } from './errors.js';

/** RFC 6749's error body. */
export interface OAuthError {
  readonly error: string;
  readonly error_description?: string;
}

/** CHeKT's authorization server answered, and the answer is no: denied by the person, or the grant is over. */
export class OAuthRefusal extends Error {
  override readonly name = 'OAuthRefusal';
  readonly body: OAuthError;

  constructor({ error, error_description }: OAuthError) {
    super(error);
    this.body = { error, ...(error_description ? { error_description } : {}) };
  }
}

/** A dealer's authorization as the platform keeps it: in its session, on the server, for as long as it is needed. */
export interface DealerTokens {
  /** Names the sign-in, of which these may be the second or the tenth tokens. */
  readonly signIn: string;
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly scope: string | undefined;
  readonly expiresAt: number;
  /** Who signed in, for display. From the ID token: what is in an access token is between CHeKT and itself. */
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface OAuthOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The API that the tokens are for. */
  readonly audience: string;
  /** What the platform's own credentials ask for. */
  readonly platformScope: string;
  readonly upstreamTimeout: number;
  /** Another way out to CHeKT's authorization server, e.g. a proxy. */
  readonly fetch?: openid.CustomFetch;
}

/** The platform as an OAuth client of CHeKT. The protocol is openid-client's; this says only what we want of it. */
export class OAuthClient {
  readonly #options: OAuthOptions;
  /** `resource` is RFC 8707's name, `audience` Auth0's; a server ignores the one it does not know. */
  readonly #audience: { resource: string; audience: string };
  #discovered: Promise<openid.Configuration> | undefined;

  constructor(options: OAuthOptions) {
    this.#options = options;
    this.#audience = { resource: options.audience, audience: options.audience };
  }

  authorizationUrl(ask: {
    redirectUri: string;
    scope: string;
    state: string;
    codeVerifier: string;
    prompt?: string;
  }) {
    return this.#ask(async (configuration) =>
      openid.buildAuthorizationUrl(configuration, {
        redirect_uri: ask.redirectUri,
        scope: ask.scope,
        state: ask.state,
        code_challenge: await openid.calculatePKCECodeChallenge(ask.codeVerifier),
        code_challenge_method: 'S256',
        ...(ask.prompt ? { prompt: ask.prompt } : {}),
        ...this.#audience,
      }),
    );
  }

  /** Checks `state`, `iss` and the ID token, and exchanges the code. */
  exchange(callbackUrl: URL, checks: { state: string; codeVerifier: string }): Promise<DealerTokens> {
    const expected = {
      expectedState: checks.state,
      pkceCodeVerifier: checks.codeVerifier,
      idTokenExpected: true,
    };
    return this.#ask(async (configuration) =>
      toTokens(await openid.authorizationCodeGrant(configuration, callbackUrl, expected, this.#audience)),
    );
  }

  refresh(tokens: DealerTokens, refreshToken: string): Promise<DealerTokens> {
    return this.#ask(async (configuration) =>
      toTokens(await openid.refreshTokenGrant(configuration, refreshToken, this.#audience), tokens),
    );
  }

  /** Gives the dealer's authorization back: both tokens, also if one of them cannot be. */
  async revoke({ refreshToken, accessToken }: DealerTokens): Promise<void> {
    const revocations = [refreshToken, accessToken].map(async (token) => {
      if (token) await this.#ask((configuration) => openid.tokenRevocation(configuration, token));
    });
    for (const revocation of await Promise.allSettled(revocations)) {
      if (revocation.status === 'rejected') throw revocation.reason;
    }
  }

  /** The platform itself, without any person. */
  clientCredentials(): Promise<{ token: string; expiresAt: number }> {
    return this.#ask(async (configuration) => {
      const ask = { scope: this.#options.platformScope, ...this.#audience };
      const answer = await openid.clientCredentialsGrant(configuration, ask);
      return { token: answer.access_token, expiresAt: expiryOf(answer) };
    });
  }

  async #ask<T>(request: (configuration: openid.Configuration) => T | Promise<T>): Promise<T> {
    try {
      return await request(await this.#configuration());
    } catch (error) {
      if (error instanceof openid.AuthorizationResponseError) throw new OAuthRefusal(error);
      const grantIsOver = error instanceof openid.ResponseBodyError && error.error === 'invalid_grant';
      if (grantIsOver) throw new OAuthRefusal(error);
      throw new UpstreamError("CHeKT's authorization server did not give a usable answer.", { cause: error });
    }
  }

  /** Read once, when it is first needed, so that the platform starts also while CHeKT is away. */
  #configuration(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret, upstreamTimeout, fetch } = this.#options;
    this.#discovered ??= openid.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      timeout: upstreamTimeout / 1000,
      ...(fetch ? { [openid.customFetch]: fetch } : {}),
      execute: isLoopback(issuer) ? [openid.allowInsecureRequests] : [],
    });
    this.#discovered.catch(() => (this.#discovered = undefined));
    return this.#discovered;
  }
}

function toTokens(
  answer: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers,
  previous?: DealerTokens,
): DealerTokens {
  return {
    signIn: previous?.signIn ?? randomUUID(),
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? previous?.refreshToken, // CHeKT rotates it; a server may also keep it
    scope: answer.scope ?? previous?.scope,
    expiresAt: expiryOf(answer),
    claims: answer.claims() ?? previous?.claims ?? {},
  };
}

function expiryOf(answer: openid.TokenEndpointResponseHelpers): number {
  return Date.now() + (answer.expiresIn() ?? 3600) * 1000;
}

/** Plain http never leaves the machine; it is for the sandbox. */
function isLoopback(issuer: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(issuer).hostname);
}
