import type { KoaContextWithOIDC } from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { Switches } from '../switches.js';
import type { Issuer } from './issuers.js';

/** Refuses an authorization request whose `audience` the issuer does not know. */
export function checkAudience(
  audience: string | undefined,
  issuer: Issuer,
  { issuerErrors }: Switches,
): void {
  if (audience === undefined || audience === issuer.audience) return;
  // Auth0 uses the same code for this as for "the person declined".
  if (issuerErrors === 'auth0') throw new errors.AccessDenied(`Service not found: ${audience}`);
  throw new errors.InvalidTarget('unknown audience');
}

/** The API that a token request is for: the sign-in's, unless the request names another. */
export function resourceOf(ctx: KoaContextWithOIDC, issuer: Issuer): string {
  const audience: unknown = ctx.oidc.body?.['audience'];
  const needsAudience = issuer.name === 'm2m';
  if (audience === undefined && !needsAudience) return issuer.audience;
  if (audience !== issuer.audience) throw new errors.InvalidTarget('unknown audience');
  return issuer.audience;
}
