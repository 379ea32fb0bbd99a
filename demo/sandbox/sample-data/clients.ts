import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { JWK } from 'jose';
import type { IssuerName } from '../oauth/issuers.js';
import { MACHINE_SCOPE } from '../oauth/scopes.js';
import type { DealerId } from './dealers.js';

/** How a client authenticates at the token endpoint. */
export type Credential =
  | { readonly method: 'client_secret_post'; readonly secret: string }
  | {
      readonly method: 'private_key_jwt';
      readonly keyId: string;
      /** PKCS #8, as PEM. A platform keeps its own secret; this one is a sample and public. */
      readonly privateKey: string;
      readonly publicJwk: JWK;
    };

/** An application that is registered with CHeKT. */
export type RegisteredClient = {
  readonly id: string;
  readonly issuer: IssuerName;
  readonly credential: Credential;
  readonly name: string;
  /** Clients of one app share its rate limit and its idempotency keys. */
  readonly app: string;
  /** Whether dealer admins sign in through it. */
  readonly signsIn: boolean;
  /** The scope of its client credentials, or `null` if it gets none. */
  readonly machineScope: string | null;
} & ({ readonly kind: 'platform' } | { readonly kind: 'dealer-app'; readonly dealerId: DealerId });

const northwind = { kind: 'platform', app: 'northwind', name: 'Northwind Cloud' } as const;

/** The sample platform as a single client, used both for sign-in and for client credentials. */
export const platformClient: RegisteredClient = {
  ...northwind,
  id: 'northwind-platform',
  issuer: 'sign-in',
  credential: { method: 'client_secret_post', secret: 'northwind-sample-secret' },
  signsIn: true,
  machineScope: MACHINE_SCOPE,
};

/** The sample platform in the shape of CHeKT's own sample: one client for the dealer's sign-in … */
const signInClient: RegisteredClient = {
  ...northwind,
  id: 'northwind-sign-in',
  issuer: 'sign-in',
  credential: { method: 'client_secret_post', secret: 'northwind-sign-in-sample-secret' },
  signsIn: true,
  machineScope: null,
};

/** … and a second client, registered with a second issuer, for the platform itself. */
const machineClient: RegisteredClient = {
  ...northwind,
  id: 'northwind-m2m',
  issuer: 'm2m',
  credential: sampleKey('northwind-key-1', './northwind-m2m.sample-key.pem'),
  signsIn: false,
  machineScope: MACHINE_SCOPE,
};

const dealerApp: RegisteredClient = {
  kind: 'dealer-app',
  id: 'acme-dashboard',
  issuer: 'sign-in',
  credential: { method: 'client_secret_post', secret: 'acme-sample-secret' },
  name: 'Acme Dashboard',
  app: 'acme-dashboard',
  signsIn: false,
  machineScope: MACHINE_SCOPE,
  dealerId: 12345,
};

export const clients: readonly RegisteredClient[] = [platformClient, signInClient, machineClient, dealerApp];

export function clientById(id: string): RegisteredClient | undefined {
  return clients.find((client) => client.id === id);
}

function sampleKey(keyId: string, file: string): Credential {
  const privateKey = readFileSync(new URL(file, import.meta.url), 'utf8');
  const { kty, n, e } = createPublicKey(createPrivateKey(privateKey)).export({ format: 'jwk' });
  if (kty === undefined || n === undefined || e === undefined) throw new Error(`${file} is no RSA key.`);
  const publicJwk = { kty, n, e, kid: keyId, alg: 'RS256', use: 'sig' };
  return { method: 'private_key_jwt', keyId, privateKey, publicJwk };
}
