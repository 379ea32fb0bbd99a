import type { AccessToken, ClientCredentials, KoaContextWithOIDC } from 'oidc-provider';
import { errors } from 'oidc-provider';
import { clientById } from '../sample-data/clients.js';
import type { Run } from '../store/run.js';
import { defaultSwitches } from '../switches.js';
import { issuedClaims } from './issued-claims.js';
import type { IssuedTokens } from './issued-tokens.js';
import { PARTNER_CLAIM } from './issuers.js';
import { parsePartnerClaim, type PartnerClaim } from './partner-claim.js';

interface NewToken {
  readonly ctx: KoaContextWithOIDC;
  readonly token: AccessToken | ClientCredentials;
  readonly issued: IssuedTokens;
  readonly run: Run | undefined;
}

/** Records an access token that is about to be issued, and returns its claims. */
export function recordToken({ ctx, token, issued, run }: NewToken): Record<string, unknown> {
  const clientId = token.clientId ?? '';
  const isMachine = !('accountId' in token);
  const subject = isMachine ? clientId : token.accountId;
  if (isMachine) token.scope = machineScope(clientId, token.scope, run);
  const partner = isMachine ? partnerOf(ctx) : undefined;
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
    run: issued.runOfGrant(grantId) ?? run?.id ?? 'default',
    grantId,
    partner,
  });
  return { azp: clientId, ...issuedClaims(subject, clientId, partner) };
}

/** With client credentials, a request without a scope gets all scopes of the client. */
function machineScope(clientId: string, asked: string | undefined, run: Run | undefined): string | undefined {
  const client = clientById(clientId);
  const scope = asked ?? client?.machineScope ?? undefined;
  const { platformScopes } = run?.switches ?? defaultSwitches;
  if (client?.kind !== 'platform' || platformScopes === 'all') return scope;
  return scope
    ?.split(' ')
    .filter((each) => each !== 'read:dealer')
    .join(' ');
}

function partnerOf(ctx: KoaContextWithOIDC): PartnerClaim | undefined {
  const text: unknown = ctx.oidc.body?.[PARTNER_CLAIM];
  if (text === undefined) return undefined;
  const partner = typeof text === 'string' ? parsePartnerClaim(text) : undefined;
  if (!partner) throw new errors.InvalidRequest(`${PARTNER_CLAIM} is not JSON with a dealer_id`);
  return partner;
}
