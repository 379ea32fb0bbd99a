import { jwtDecode } from 'jwt-decode';
import { plainText } from '../plain-text.js';
import type { TokenResponse } from '../token-response.js';

/** What the element shows of the dealer's authorization. For display only, never for a decision; what is unknown is absent. */
export interface Authorization {
  readonly name?: string;
  readonly email?: string;
  readonly companyName?: string;
  /** CHeKT's id of the dealer. */
  readonly dealerId?: string;
  /** Space-separated, as granted to the person. */
  readonly scope?: string;
  /** Milliseconds since the epoch, by the clock of this browser. */
  readonly expiresAt?: number;
}

type Claims = Record<string, unknown>;

/** A token that is no JWT has no claims. */
function claimsOf(token: string | undefined): Claims {
  try {
    return { ...jwtDecode<Claims>(token!) };
  } catch {
    return {};
  }
}

/** CHeKT's own claim is an object under a URL that differs by environment. */
function partnerClaim(claims: Claims): Claims {
  const key = Object.keys(claims).find((name) => name.endsWith('/claims/partner'));
  return { ...(key ? (claims[key] as object) : undefined) };
}

/** What may be shown of a token response; `expires_in` counts from now and wins over the token's own clock. */
export function describeAuthorization(response: TokenResponse): Authorization {
  const token = response.access_token;
  const access = claimsOf(token);
  const claims: Claims = { ...access, ...claimsOf(response.id_token), ...partnerClaim(access), ...response };
  const show = (name: string): string | undefined => {
    const value = claims[name] ?? access[name];
    const text = typeof value === 'number' ? String(value) : value;
    // a host that puts the token into the wrong field does not get it shown
    if (typeof text !== 'string' || (token && text.includes(token))) return undefined;
    return plainText(text) || undefined;
  };
  const { expires_in: seconds } = response;
  const expiry = typeof access.exp === 'number' ? access.exp * 1000 : undefined;
  return Object.freeze({
    name: show('name'),
    email: show('email'),
    companyName: show('company_name'),
    dealerId: show('dealer_id'),
    scope: show('scope'),
    expiresAt: seconds === undefined ? expiry : Date.now() + seconds * 1000,
  });
}
