import { accounts, SAMPLE_PASSWORD } from './sample-data/accounts.js';
import { clients, type RegisteredClient } from './sample-data/clients.js';
import { dealerById } from './sample-data/dealers.js';
import { audiences, PARTNER_CLAIM, serverMetadata, type IssuerName } from './oauth/issuers.js';
import { MACHINE_SCOPE } from './oauth/scopes.js';

/** All settings that a platform needs to use the sandbox. All secrets in it are samples. */
export function describeSandbox(origin: string, run: string) {
  return {
    partnerApi: { baseUrl: `${origin}${run === 'default' ? '' : `/runs/${run}`}` },
    signIn: {
      ...describeIssuer('sign-in', origin, run),
      scope: 'openid profile email offline_access read:dealer update:dealer',
    },
    m2m: {
      ...describeIssuer('m2m', origin, run),
      scope: MACHINE_SCOPE,
      extraTokenParameter: PARTNER_CLAIM,
    },
    accounts: accounts.map(({ name, email, role, dealerId }) => ({
      name,
      email,
      password: SAMPLE_PASSWORD,
      role,
      dealerId,
      companyName: dealerById(dealerId)?.companyName ?? '',
    })),
    controls: `${origin}/sandbox/runs/${run}`,
  };
}

export type SandboxDescription = ReturnType<typeof describeSandbox>;

function describeIssuer(name: IssuerName, origin: string, run: string) {
  const server = serverMetadata(name, origin, run);
  return {
    issuer: server.issuer,
    audience: audiences[name],
    server,
    clients: clients.filter(({ issuer }) => issuer === name).map(describeClient),
  };
}

interface ClientDescription {
  readonly id: string;
  readonly kind: RegisteredClient['kind'];
  /** Whether dealer admins sign in through it. */
  readonly signsIn: boolean;
  readonly hasClientCredentials: boolean;
  readonly secret?: string;
  readonly keyId?: string;
  /** PKCS #8, as PEM. */
  readonly privateKey?: string;
}

function describeClient({
  id,
  kind,
  credential,
  signsIn,
  machineScope,
}: RegisteredClient): ClientDescription {
  return {
    id,
    kind,
    signsIn,
    hasClientCredentials: machineScope !== null,
    ...(credential.method === 'client_secret_post'
      ? { secret: credential.secret }
      : { keyId: credential.keyId, privateKey: credential.privateKey }),
  };
}
