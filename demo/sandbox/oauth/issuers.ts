import { createSigningKey, type SigningKey } from './signing-key.js';

/** CHeKT's sample has two issuers: one for the dealer's sign-in, one for machines. */
export type IssuerName = 'sign-in' | 'm2m';

/** The audience that each issuer knows. */
export const audiences: Readonly<Record<IssuerName, string>> = {
  'sign-in': 'https://api.chekt.com/partner',
  m2m: 'https://m2m.chekt.com/',
};

/** Where an issuer is, below the sandbox's origin. */
export const issuerPaths: Readonly<Record<IssuerName, string>> = { 'sign-in': '', m2m: '/m2m' };

/** The form field of CHeKT's sample, and the claim of an access token, that names a dealer and a site. */
export const PARTNER_CLAIM = 'https://api.chektdev.com/claims/partner';

export interface Issuer {
  readonly name: IssuerName;
  /** The `iss` of its tokens. */
  readonly url: string;
  readonly audience: string;
  readonly key: SigningKey;
}

/** The issuer identifier. That of the machines ends with a slash, as Auth0's do. */
export function issuerUrl(name: IssuerName, origin: string): string {
  return name === 'm2m' ? `${origin}${issuerPaths.m2m}/` : origin;
}

export async function createIssuer(name: IssuerName, origin: string): Promise<Issuer> {
  const key = await createSigningKey(`sandbox-${name}-1`);
  return { name, url: issuerUrl(name, origin), audience: audiences[name], key };
}

/** What the discovery document says, with the token endpoints that answer in the name of a run. */
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
