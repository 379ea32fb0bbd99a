import type { SandboxDescription } from '../../sandbox/description.js';

/**
 * What CHeKT gives a partner, taken from the sandbox in the shape of CHeKT's own sample: dealers sign in with a secret at one
 * issuer, the platform itself has a key at another.
 */
export function credentialsOf({ partnerApi, signIn, m2m }: SandboxDescription) {
  const dealerClient = signIn.clients.find(({ id }) => id === 'northwind-platform');
  const machineClient = m2m.clients.find(({ id }) => id === 'northwind-m2m');
  const dealerApp = signIn.clients.find(({ kind }) => kind === 'dealer-app');
  const { privateKey, keyId } = machineClient ?? {};
  const authorization_endpoint = signIn.server.authorization_endpoint;
  if (!dealerClient?.secret || !dealerApp?.secret || !machineClient || !privateKey || !keyId)
    throw new Error('The sandbox has no sample clients.');
  if (authorization_endpoint === undefined) throw new Error('The sandbox has no sign-in.');
  return {
    partnerApi,
    signIn: { ...signIn, server: { ...signIn.server, authorization_endpoint } },
    m2m,
    dealerClient: { id: dealerClient.id, secret: dealerClient.secret },
    machineClient: { id: machineClient.id, privateKey, keyId },
    /** The app of one dealer: the other of CHeKT's two onboarding paths. */
    dealerApp: { id: dealerApp.id, secret: dealerApp.secret },
  };
}

export type Credentials = ReturnType<typeof credentialsOf>;
