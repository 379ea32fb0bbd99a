import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { errors, Provider } from 'oidc-provider';
import type { Exchange } from '../exchange/exchange.js';
import { accountBySubject } from '../sample-data/accounts.js';
import type { RedirectUris } from '../sample-data/redirect-uris.js';
import { sendErrorPage } from '../sign-in/sign-in-headers.js';
import type { Runs } from '../store/runs.js';
import { defaultSwitches } from '../switches.js';
import { checkAssertion } from './assertion-rules.js';
import { pageAsAuth0 } from './auth0-errors.js';
import { checkAudience, resourceOf } from './audience.js';
import { clientMetadata } from './client-metadata.js';
import { personClaims } from './issued-claims.js';
import type { IssuedTokens } from './issued-tokens.js';
import type { Issuer } from './issuers.js';
import { createOAuthAdapter } from './oauth-adapter.js';
import { API_SCOPE } from './scopes.js';
import { recordToken } from './token-record.js';
import { withoutSecrets } from './token-request.js';

const DAY = 24 * 60 * 60;

export interface AuthorizationServerParts {
  readonly issuer: Issuer;
  readonly issued: IssuedTokens;
  readonly runs: Runs;
  readonly redirectUris: RedirectUris;
  /** Finds the exchange of a token or revocation request, which knows the run. */
  readonly exchangeOf: (request: IncomingMessage) => Exchange | undefined;
}

/** One of CHeKT's authorization servers. */
export function createAuthorizationServer(parts: AuthorizationServerParts): Provider {
  const { issuer, issued, runs, redirectUris, exchangeOf } = parts;
  const runOf = (ctx: KoaContextWithOIDC) => {
    const redirectUri = ctx.oidc?.params?.['redirect_uri'];
    const asked = typeof redirectUri === 'string' ? redirectUris.runOf(redirectUri) : undefined;
    return exchangeOf(ctx.req)?.run ?? runs.get(asked);
  };
  const switchesOf = (ctx: KoaContextWithOIDC) => runOf(ctx)?.switches ?? defaultSwitches;
  const provider = new Provider(issuer.url, {
    adapter: createOAuthAdapter(issued),
    jwks: { keys: [{ ...issuer.key.privateJwk }] },
    clients: clientMetadata(issuer.name),
    clientAuthMethods: ['client_secret_post', 'private_key_jwt'],
    assertJwtClientAuthClaimsAndHeader: async (ctx, claims) => {
      const now = Date.now() / 1000 + switchesOf(ctx).clockOffset;
      checkAssertion(claims, { issuer: issuer.url, now });
    },
    routes: {
      authorization: '/authorize',
      token: '/oauth/token',
      revocation: '/oauth/revoke',
      jwks: '/.well-known/jwks.json',
    },
    cookies: {
      names: { session: 'chekt_session', interaction: 'chekt_sign_in', resume: 'chekt_resume' },
      keys: [randomBytes(32).toString('hex')],
      long: { httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    claims: { openid: ['sub'], profile: ['name', 'company_name', 'dealer_id'], email: ['email'] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: (ctx) => resourceOf(ctx, issuer),
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource) => {
          if (resource !== issuer.audience) throw new errors.InvalidTarget('unknown resource');
          const { tokenFormat, tokenLifetime } = switchesOf(ctx);
          return {
            scope: API_SCOPE,
            audience: issuer.audience,
            accessTokenTTL: tokenLifetime,
            accessTokenFormat: tokenFormat,
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
    extraParams: { audience: (ctx, value) => checkAudience(value, issuer, switchesOf(ctx)) },
    pkce: { methods: ['S256'], required: () => true },
    conformIdTokenClaims: false,
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    // OpenID Connect grants offline access only with a consent prompt; CHeKT has no such rule.
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 3600,
      ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 3600,
      AuthorizationCode: 60,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 14 * DAY,
      Session: 14 * DAY,
      Grant: 14 * DAY,
    },
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    findAccount: (_ctx, subject) => {
      const account = accountBySubject(subject);
      return account && { accountId: subject, claims: () => ({ sub: subject, ...personClaims(account) }) };
    },
    extraTokenClaims: (ctx, token) => recordToken({ ctx, token, issued, run: runOf(ctx) }),
    formats: {
      customizers: {
        jwt: (_ctx, token, parts) => {
          parts.payload.scope = token.scope;
          // Auth0 marks machine clients this way.
          if (issuer.name === 'm2m') parts.payload.sub = `${token.clientId}@clients`;
          return parts;
        },
      },
    },
    renderError: (ctx, out) => {
      const page = switchesOf(ctx).issuerErrors === 'auth0' ? pageAsAuth0(out) : { out };
      if (page.status !== undefined) ctx.status = page.status;
      return sendErrorPage(ctx, page.out);
    },
  });

  // The library documents this override: here any port of a loopback host and any run is a callback.
  provider.Client.prototype.redirectUriAllowed = (uri: string) => redirectUris.runOf(uri) !== undefined;
  provider.on('authorization_code.saved', (code: { grantId?: string; redirectUri?: string }) => {
    const run = redirectUris.runOf(code.redirectUri ?? '');
    if (code.grantId !== undefined && run !== undefined) issued.bindGrantToRun(code.grantId, run);
  });
  const note = (ctx: KoaContextWithOIDC, error?: errors.OIDCProviderError) => {
    const exchange = exchangeOf(ctx.req);
    if (!exchange) return;
    exchange.parameters = withoutSecrets(ctx.oidc.body ?? {});
    exchange.detail = error?.error_detail ?? error?.error_description;
  };
  provider.on('grant.success', (ctx) => note(ctx));
  provider.on('grant.error', note);
  provider.on('grant.revoked', (_ctx, grantId) => issued.revokeGrant(grantId));
  return provider;
}

/** Revokes a grant with all its tokens, as when a person withdraws it. */
export async function revokeGrant(provider: Provider, grantId: string): Promise<void> {
  await provider.RefreshToken.revokeByGrantId(grantId);
  await provider.AuthorizationCode.revokeByGrantId(grantId);
  await provider.AccessToken.revokeByGrantId(grantId);
  await provider.Grant.adapter.destroy(grantId);
}
