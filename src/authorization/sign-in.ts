import { claimsOf, partnerClaims } from '../partner-api/claims.js';
import { remaining, type Moment } from '../partner-api/moment.js';
import { normalizeText } from '../partner-api/text.js';
import type { TokenResponse } from './token-response.js';
import { expiryOf } from './token-expiry.js';
import type { Identity } from './identity.js';

/** What the element displays of the dealer's authorization, and nothing else. Unknown fields are absent. */
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

/** What is known of a dealer admin's sign-in with CHeKT, as plain data without the token. */
export interface SignIn {
  readonly authorization: Authorization;
  /** Serves to tell one person from another. */
  readonly identity: Identity;
  /** The company name exactly as it came with the sign-in, which is how it is sent. */
  readonly registeredName?: string;
  readonly expiry?: Moment;
  /** It had already expired when it arrived: the clocks differ, or the source has a newer one. Only asking again can tell. */
  readonly cameExpired?: boolean;
}

/** Who signed in, by a token response. */
export function readSignIn(response: TokenResponse): SignIn {
  const access = claimsOf(response.access_token);
  const id = claimsOf(response.id_token);
  const partner = partnerClaims(access);
  const raw = (field: 'name' | 'email' | 'company_name' | 'dealer_id' | 'scope'): string | undefined => {
    const value = response[field] ?? partner[field] ?? id[field] ?? access[field];
    return typeof value === 'string' || typeof value === 'number' ? `${value}` : undefined;
  };
  const read = (field: Parameters<typeof raw>[0]) => normalizeText(raw(field) ?? '') || undefined;
  const sub = response.sub ?? access.sub ?? id.sub;
  const shown = {
    name: read('name'),
    email: read('email'),
    companyName: read('company_name'),
    dealerId: read('dealer_id'),
  };
  const expiry = expiryOf(response, access.exp);
  return {
    authorization: Object.freeze(known({ ...shown, scope: read('scope'), expiresAt: expiry?.wall })),
    identity: known({
      ...shown,
      sub: typeof sub === 'string' ? sub : undefined,
      signInId: response.sign_in_id,
    }),
    registeredName: raw('company_name'),
    expiry,
    cameExpired: remaining(expiry) <= 0,
  };
}

/** Merges a newer answer about the same person: fields that it omits keep the displayed value. */
export function updateSignIn(displayed: SignIn, newer: SignIn): SignIn {
  return {
    authorization: Object.freeze({
      ...displayed.authorization,
      expiresAt: undefined,
      ...newer.authorization,
    }),
    identity: { ...displayed.identity, ...newer.identity },
    registeredName: newer.registeredName ?? displayed.registeredName,
    expiry: newer.expiry,
    cameExpired: newer.cameExpired,
  };
}

/** The object without its undefined fields. */
function known<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
