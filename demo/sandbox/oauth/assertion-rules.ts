import { errors } from 'oidc-provider';

/** The longest lifetime of a client assertion that Auth0 accepts, in seconds. */
const LONGEST = 5 * 60;
const SKEW = 10;

interface Rules {
  readonly issuer: string;
  /** Seconds since 1970, by the clock of the issuer. */
  readonly now: number;
}

/**
 * Applies Auth0's rules for a `private_key_jwt` assertion beyond RFC 7523. Throws `invalid_client` with the
 * reason.
 */
export function checkAssertion(claims: Readonly<Record<string, unknown>>, { issuer, now }: Rules): void {
  const { aud, sub, iss, exp, iat, nbf } = claims;
  if (aud !== issuer) throw new errors.InvalidClientAuth(`the assertion's aud is not ${issuer}`);
  if (sub !== iss) throw new errors.InvalidClientAuth("the assertion's sub is not the client id");
  if (typeof exp !== 'number' || exp <= now) throw new errors.InvalidClientAuth('the assertion has expired');
  for (const [name, time] of Object.entries({ iat, nbf })) {
    if (typeof time === 'number' && time > now + SKEW) {
      throw new errors.InvalidClientAuth(`the assertion's ${name} is in the future`);
    }
  }
  if (exp - (typeof iat === 'number' ? iat : now) > LONGEST) {
    throw new errors.InvalidClientAuth('the assertion is good for more than 5 minutes');
  }
}
