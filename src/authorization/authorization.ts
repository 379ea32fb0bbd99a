import { plainText } from '../plain-text.js';
import type { TokenResponse } from '../token-response.js';
import type { Identity } from './identity.js';
import { Secrets } from '../secrets.js';

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

/** The payload of a JWT (RFC 7519), unverified; a token that is none has no claims. */
function claimsOf(token = ''): Claims {
  const encoded = token.split('.')[1];
  if (!encoded) return {};
  try {
    const bytes = atob(encoded.replace(/-/g, '+').replace(/_/g, '/'));
    // most are plain ASCII, and a decoder would have to be made first
    const text = /[\x80-\xff]/.test(bytes)
      ? new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
      : bytes;
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}

/**
 * Reads a token response; `expires_in` counts from now and wins over the token's own clock.
 * @returns what may be shown, and who has authorized as far as that is known: unmasked, only to tell one person from another
 */
export function readAuthorization(
  response: TokenResponse,
  secrets: Secrets = new Secrets(),
): { readonly shown: Authorization; readonly identity: Identity } {
  const { access_token: token, id_token, expires_in: seconds } = response;
  const access = claimsOf(token);
  const identity = claimsOf(id_token);
  // CHeKT's own claim is an object under a URL that differs by environment
  const partner = Object.keys(access).find((name) => name.endsWith('/claims/partner')) ?? '';
  const claims = Object(access[partner]) as Claims;
  const read = (name: keyof TokenResponse): string | undefined => {
    const value = response[name] ?? claims[name] ?? identity[name] ?? access[name];
    return typeof value === 'string' || typeof value === 'number'
      ? plainText(`${value}`) || undefined
      : undefined;
  };
  const sub = access.sub ?? identity.sub;
  const said = {
    name: read('name'),
    email: read('email'),
    companyName: read('company_name'),
    dealerId: read('dealer_id'),
  };
  return {
    shown: Object.freeze({
      // a host that puts the token into the wrong field does not get it shown
      ...secrets.maskFields({ ...said, scope: read('scope') }),
      expiresAt:
        seconds !== undefined
          ? Date.now() + seconds * 1000
          : Number.isFinite(access.exp)
            ? (access.exp as number) * 1000
            : undefined,
    }),
    identity: { ...said, sub: typeof sub === 'string' ? sub : undefined, signInId: response.sign_in_id },
  };
}
