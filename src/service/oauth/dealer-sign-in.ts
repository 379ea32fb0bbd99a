import { SIGN_IN_REQUIRED_ERRORS } from '../../partner-api/wire-error.js';
import * as openid from 'openid-client';
import { claimsOf, partnerClaims, type Claims } from '../../partner-api/claims.js';
import { dealerId as readDealerId } from '../../partner-api/fields.js';
import { OAuthFailure, type Diagnosis } from './diagnose.js';
import type { OAuthClient, TokenAnswer } from './oauth-client.js';

/** What the tokens say of the person, for display and to tell one from another, and of the dealer. */
export interface Person {
  readonly sub?: string;
  readonly name?: string;
  readonly email?: string;
  readonly companyName?: string;
  /** CHeKT's dealer id. */
  readonly dealerId?: number;
}

/** A dealer's tokens. They are sealed in the store, and decrypted only while they are used. */
export interface DealerTokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly scope?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly person: Person;
}

/** What the callback of a sign-in is verified against; sealed until then. */
export interface SignInChecks {
  readonly state: string;
  readonly codeVerifier: string;
  readonly nonce: string;
}

/** The authorization code flow with PKCE (RFC 7636), `state` and, for OpenID Connect, `nonce`. */
export class DealerSignIn {
  readonly #client: OAuthClient;
  readonly #redirectUri: string;
  readonly #clock: () => number;

  constructor(client: OAuthClient, redirectUri: string, clock: () => number) {
    this.#client = client;
    this.#redirectUri = redirectUri;
    this.#clock = clock;
  }

  static newChecks(): SignInChecks {
    return {
      state: openid.randomState(),
      codeVerifier: openid.randomPKCECodeVerifier(),
      nonce: openid.randomNonce(),
    };
  }

  get #isOpenId(): boolean {
    return this.#scope.split(' ').includes('openid');
  }

  get #scope(): string {
    return this.#client.options.scope ?? '';
  }

  /** @throws {OAuthFailure} if the issuer cannot be reached */
  authorizationUrl(checks: SignInChecks, prompt?: 'login' | 'none'): Promise<URL> {
    return this.#client.ask('Beginning a sign-in', async (configuration) =>
      openid.buildAuthorizationUrl(configuration, {
        redirect_uri: this.#redirectUri,
        response_mode: 'query',
        scope: this.#scope,
        state: checks.state,
        ...(this.#isOpenId ? { nonce: checks.nonce } : {}),
        code_challenge: await openid.calculatePKCECodeChallenge(checks.codeVerifier),
        code_challenge_method: 'S256',
        ...(prompt ? { prompt } : {}),
        ...this.#client.audience,
      }),
    );
  }

  /**
   * Exchanges the code, and verifies `state`, `iss` and the ID token.
   * @param query the request's query; the rest of the URL is taken from the configuration, because a proxy
   *   may have changed it
   * @throws {OAuthFailure}
   */
  exchange(query: string, checks: SignInChecks): Promise<DealerTokens> {
    const expected = {
      expectedState: checks.state,
      pkceCodeVerifier: checks.codeVerifier,
      ...(this.#isOpenId ? { expectedNonce: checks.nonce, idTokenExpected: true } : {}),
    };
    const parameters = { ...this.#client.audience, ...this.#client.extraParameters(undefined) };
    const url = new URL(this.#redirectUri + query);
    return this.#client.ask(
      'The sign-in with CHeKT',
      async (configuration) =>
        this.#read(await openid.authorizationCodeGrant(configuration, url, expected, parameters)),
      isPeoplesAnswer,
    );
  }

  /** @returns null if the issuer says that the authorization has ended. @throws {OAuthFailure} */
  async refresh(tokens: DealerTokens, refreshToken: string): Promise<DealerTokens | null> {
    const parameters = {
      ...this.#client.audience,
      ...this.#client.extraParameters(tokens.person.dealerId),
    };
    try {
      return await this.#client.ask(
        'Renewing a dealer authorization',
        async (configuration) =>
          this.#read(await openid.refreshTokenGrant(configuration, refreshToken, parameters), tokens),
        ({ oauthError }) => oauthError === 'invalid_grant',
      );
    } catch (error) {
      if (error instanceof OAuthFailure && error.diagnosis.oauthError === 'invalid_grant') return null;
      throw error;
    }
  }

  /** Revokes both tokens; a failure of one does not stop the other. @throws {OAuthFailure} */
  async revoke({ refreshToken, accessToken }: DealerTokens): Promise<void> {
    const { revocation_endpoint: endpoint } = (await this.#client.configuration()).serverMetadata();
    if (endpoint === undefined) return; // without an endpoint the tokens just expire
    const revocations = [refreshToken, accessToken].map(async (token) => {
      if (token === undefined) return;
      await this.#client.ask('Revoking a dealer authorization', (configuration) =>
        openid.tokenRevocation(configuration, token),
      );
    });
    for (const revocation of await Promise.allSettled(revocations)) {
      if (revocation.status === 'rejected') throw revocation.reason;
    }
  }

  #read(answer: TokenAnswer, previous?: DealerTokens): DealerTokens {
    const refreshToken = answer.refresh_token ?? previous?.refreshToken; // CHeKT rotates it; other issuers may not
    const scope = answer.scope ?? previous?.scope ?? this.#scope;
    const person = personOf(answer.claims() ?? {}, claimsOf(answer.access_token));
    return {
      accessToken: answer.access_token,
      ...(refreshToken === undefined ? {} : { refreshToken }),
      ...(scope === '' ? {} : { scope }),
      expiresAt: this.#clock() + (answer.expiresIn() ?? 3600) * 1000,
      person: { ...previous?.person, ...person },
    };
  }
}

/**
 * The OAuth errors at the callback that are about the person and not the set-up (RFC 6749 §4.1.2.1, OpenID
 * Connect Core §3.1.2.6).
 */
const PEOPLES_ANSWERS = ['access_denied', ...SIGN_IN_REQUIRED_ERRORS];

/**
 * Whether the error is the person's own decision or means "not signed in". It has to come from the
 * authorization endpoint (an error of the token endpoint has a status) and not be about an audience, because
 * Auth0 also answers `access_denied` for an API that it does not know.
 */
export function isPeoplesAnswer({ oauthError, status, setting }: Diagnosis): boolean {
  return status === undefined && PEOPLES_ANSWERS.includes(oauthError ?? '') && !setting.endsWith('.audience');
}

/**
 * The element reads the same places in the same order (src/authorization/sign-in.ts). Both tokens come from the issuer's token
 * endpoint over TLS, which vouches for them as a signature does (OpenID Connect Core §3.1.3.7); an opaque one says nothing.
 */
function personOf(id: Claims, access: Claims): Person {
  const partner = partnerClaims(access);
  const claim = (name: string) => partner[name] ?? id[name] ?? access[name];
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const person = {
    sub: text(access['sub'] ?? id['sub']),
    name: text(claim('name')),
    email: text(claim('email')),
    companyName: text(claim('company_name')),
    dealerId: readDealerId(claim('dealer_id')),
  };
  return Object.fromEntries(Object.entries(person).filter(([, value]) => value !== undefined));
}
