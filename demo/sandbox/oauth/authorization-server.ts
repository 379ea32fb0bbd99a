import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { errors, Provider } from 'oidc-provider';
import { accountBySubject } from '../sample-data/accounts.js';
import { clientById, clients, runOfRedirectUri } from '../sample-data/clients.js';
import { issuedClaims, personClaims } from './issued-claims.js';
import { API_SCOPE } from './scopes.js';
import { sendErrorPage } from '../sign-in/sign-in-headers.js';
import type { SigningKey } from './signing-key.js';
import type { IssuedTokens } from './issued-tokens.js';
import { createOAuthAdapter } from './oauth-adapter.js';
import type { Run } from '../store/run.js';
import { defaultSwitches } from '../switches.js';
import { AUDIENCE } from './access-tokens.js';

const DAY = 24 * 60 * 60;

/** CHeKT's authorization server. `runOf` says in which run's name a token request came. */
export function createAuthorizationServer(
  issuer: string,
  key: SigningKey,
  issued: IssuedTokens,
  runOf: (request: IncomingMessage) => Run | undefined,
): Provider {
  const switchesOf = (ctx: KoaContextWithOIDC) => runOf(ctx.req)?.switches ?? defaultSwitches;
  const provider = new Provider(issuer, {
    adapter: createOAuthAdapter(issued),
    jwks: { keys: [{ ...key.privateJwk }] },
    clients: clients.map((client) => ({
      client_id: client.id,
      client_secret: client.secret,
      client_name: client.name,
      token_endpoint_auth_method: 'client_secret_post',
      ...(client.kind === 'platform'
        ? {
            grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
            response_types: ['code'],
            redirect_uris: ['http://localhost:5173/chekt/callback'],
          }
        : { grant_types: ['client_credentials'], response_types: [], redirect_uris: [] }),
    })),
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
        defaultResource: (ctx) => resourceOf(ctx),
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource) => {
          if (resource !== AUDIENCE) throw new errors.InvalidTarget('unknown resource');
          const { tokenFormat, tokenLifetime } = switchesOf(ctx);
          return {
            scope: API_SCOPE,
            audience: AUDIENCE,
            accessTokenTTL: tokenLifetime,
            accessTokenFormat: tokenFormat,
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
    extraParams: { audience: (_ctx, value) => checkAudience(value) },
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
    extraTokenClaims: (ctx, token) => {
      const clientId = token.clientId ?? '';
      const subject = 'accountId' in token ? token.accountId : clientId;
      // With client credentials, asking for no scope means all that the client has.
      token.scope ??= clientById(clientId)?.machineScope;
      const grantId = 'grantId' in token ? token.grantId : undefined;
      const now = Math.floor(Date.now() / 1000);
      issued.add({
        id: token.jti,
        subject,
        clientId,
        scope: token.scope ?? '',
        issuedAt: now,
        expiresAt: now + token.expiration,
        opaque: token.resourceServer?.accessTokenFormat === 'opaque',
        run: issued.runOfGrant(grantId) ?? runOf(ctx.req)?.id ?? 'default',
        grantId,
      });
      return { azp: clientId, ...issuedClaims(subject, clientId) };
    },
    formats: {
      customizers: {
        jwt: (_ctx, token, parts) => {
          parts.payload.scope = token.scope;
          return parts;
        },
      },
    },
    renderError: sendErrorPage,
  });

  // The library documents this override: here any port of a loopback host and any run is a callback.
  provider.Client.prototype.redirectUriAllowed = (uri: string) => runOfRedirectUri(uri) !== undefined;
  provider.on('authorization_code.saved', (code: { grantId?: string; redirectUri?: string }) => {
    const run = runOfRedirectUri(code.redirectUri ?? '');
    if (code.grantId !== undefined && run !== undefined) issued.bindGrantToRun(code.grantId, run);
  });
  provider.on('grant.revoked', (_ctx, grantId) => issued.revokeGrant(grantId));
  return provider;
}

/** Takes back a grant with all that came from it, as when a person withdraws it. */
export async function revokeGrant(provider: Provider, grantId: string): Promise<void> {
  await provider.RefreshToken.revokeByGrantId(grantId);
  await provider.AuthorizationCode.revokeByGrantId(grantId);
  await provider.AccessToken.revokeByGrantId(grantId);
  await provider.Grant.adapter.destroy(grantId);
}

function resourceOf(ctx: KoaContextWithOIDC): string {
  const audience: unknown = ctx.oidc.body?.['audience'];
  if (typeof audience === 'string') checkAudience(audience);
  return AUDIENCE;
}

function checkAudience(audience: string | undefined): void {
  if (audience !== undefined && audience !== AUDIENCE) throw new errors.InvalidTarget('unknown audience');
}
