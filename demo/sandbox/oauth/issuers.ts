import { createSigningKey, type SigningKey } from './signing-key.js';

/** CHeKT's sample has two issuers: one for the dealer's sign-in and one for machine clients. */
export type IssuerName = 'sign-in' | 'm2m';

/** The audience that each issuer knows. */
export const audiences: Readonly<Record<IssuerName, string>> = {
  'sign-in': 'https://api.chekt.com/partner',
  m2m: 'https://m2m.chekt.com/',
};

/** The path of each issuer on the sandbox's origin. */
export const issuerPaths: Readonly<Record<IssuerName, string>> = { 'sign-in': '', m2m: '/m2m' };

/** The form field in CHeKT's sample, and the claim of an access token, that names a dealer and a site. */
export const PARTNER_CLAIM = 'https://api.chektdev.com/claims/partner';

export interface Issuer {
  readonly name: IssuerName;
  /** The `iss` of its tokens. */
  readonly url: string;
  readonly audience: string;
  readonly key: SigningKey;
}

/** The issuer identifier. The machine issuer's ends with a slash, like Auth0's. */
export function issuerUrl(name: IssuerName, origin: string): string {
  return name === 'm2m' ? `${origin}${issuerPaths.m2m}/` : origin;
}

export async function createIssuer(name: IssuerName, origin: string): Promise<Issuer> {
  const key = await createSigningKey(`sandbox-${name}-1`);
  return { name, url: issuerUrl(name, origin), audience: audiences[name], key };
}

/** The discovery document's content, with the token endpoints of a run. */
export function serverMetadata(name: IssuerName, origin: string, run: string) {
  const base = `${origin}${issuerPaths[name]}`;
  const inRun = `${origin}${run === 'default' ? '' : `/runs/${run}`}${issuerPaths[name]}`;
  return {
    issuer: issuerUrl(name, origin),
    token_endpoint: `${inRun}/oauth/token`,
    jwks_uri: `${base}/.well-known/jwks.json`,
    ...(name === 'sign-in' && {
      authorization_endpoint: `${base}/authorize`,
      revocation_endpoint: `${inRun}/oauth/revoke`,
    }),
  };
}
