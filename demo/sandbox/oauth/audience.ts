import type { KoaContextWithOIDC } from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { Switches } from '../switches.js';
import type { Issuer } from './issuers.js';

/** Refuses an `audience` of an authorization request that the issuer does not know. */
export function checkAudience(
  audience: string | undefined,
  issuer: Issuer,
  { issuerErrors }: Switches,
): void {
  if (audience === undefined || audience === issuer.audience) return;
  // Auth0 tells it with the very code that means "the person said no".
  if (issuerErrors === 'auth0') throw new errors.AccessDenied(`Service not found: ${audience}`);
  throw new errors.InvalidTarget('unknown audience');
}

/** The API that a token request is for; the one of the sign-in, unless the request names another. */
export function resourceOf(ctx: KoaContextWithOIDC, issuer: Issuer): string {
  const audience: unknown = ctx.oidc.body?.['audience'];
  const needsAudience = issuer.name === 'm2m';
  if (audience === undefined && !needsAudience) return issuer.audience;
  if (audience !== issuer.audience) throw new errors.InvalidTarget('unknown audience');
  return issuer.audience;
}
