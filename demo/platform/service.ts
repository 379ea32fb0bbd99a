import type { Context } from 'hono';
import { clientSecret, createChektService, privateKeyJwt, type Store } from '../../src/service/index.js';
import type { LoginEnv } from './login.js';
import type { Credentials } from './stand-in/credentials.js';

/** What a partner writes besides a login: CHeKT's addresses, the platform's credentials there, and who is signed in here. */
export function createNorthwindService({ origin, basePath, chekt, store, encryptionKeys }: NorthwindOptions) {
  const { partnerApi, signIn, m2m, dealerClient, machineClient } = chekt;
  return createChektService<Context<LoginEnv>>({
    origin,
    basePath,
    platform: { name: 'Northwind Cloud' },
    partnerApi,
    dealerSignIn: {
      issuer: signIn.issuer,
      server: signIn.server,
      clientId: dealerClient.id,
      auth: clientSecret(dealerClient.secret),
      audience: signIn.audience,
      scope: signIn.scope,
    },
    platformClient: {
      issuer: m2m.issuer,
      server: m2m.server,
      clientId: machineClient.id,
      auth: privateKeyJwt(machineClient),
      audience: m2m.audience,
      scope: m2m.scope,
    },
    authenticate: (_request, { native }) => native.get('login'),
    store,
    encryptionKeys,
    modes: ['service', 'browser'], // the demo shows both; name only the one that you use
  });
}

interface NorthwindOptions {
  readonly origin: string;
  readonly basePath: string;
  readonly chekt: Credentials;
  readonly store: Store;
  readonly encryptionKeys: readonly { readonly id: string; readonly key: string }[];
}
