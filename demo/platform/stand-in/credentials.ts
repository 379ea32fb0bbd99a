import type { SandboxDescription } from '../../sandbox/description.js';

/**
 * The credentials that CHeKT gives a partner, taken from the sandbox. As in CHeKT's own sample, the client for dealer sign-ins has
 * a secret at one issuer, and the platform's own client has a key at another.
 */
export function credentialsOf({ partnerApi, signIn, m2m }: SandboxDescription) {
  const dealerClient = signIn.clients.find(({ id }) => id === 'northwind-platform');
  const machineClient = m2m.clients.find(({ id }) => id === 'northwind-m2m');
  const dealerApp = signIn.clients.find(({ kind }) => kind === 'dealer-app');
  const { privateKey, keyId } = machineClient ?? {};
  const authorization_endpoint = signIn.server.authorization_endpoint;
  if (!dealerClient?.secret || !dealerApp?.secret || !machineClient || !privateKey || !keyId)
    throw new Error(
      'The sandbox lacks one of its sample clients: northwind-platform, northwind-m2m or a dealer app.',
    );
  if (authorization_endpoint === undefined) throw new Error('The sandbox names no authorization_endpoint.');
  return {
    partnerApi,
    signIn: { ...signIn, server: { ...signIn.server, authorization_endpoint } },
    m2m,
    dealerClient: { id: dealerClient.id, secret: dealerClient.secret },
    machineClient: { id: machineClient.id, privateKey, keyId },
    /** A dealer app, the other of CHeKT's two onboarding paths: it reaches one dealer. */
    dealerApp: { id: dealerApp.id, secret: dealerApp.secret },
  };
}

export type Credentials = ReturnType<typeof credentialsOf>;
