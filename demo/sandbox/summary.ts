import type { SandboxDescription } from './description.js';

type Issuer = SandboxDescription['signIn' | 'm2m'];

/** The settings for a partner's tests, as text for the terminal. */
export function summary(description: SandboxDescription, platformOrigins: readonly string[]): string {
  const { partnerApi, signIn, m2m, accounts, controls } = description;
  return [
    `CHeKT sandbox at ${partnerApi.baseUrl}: a stand-in for tests, which keeps nothing when it stops.`,
    '',
    `Partner API   ${partnerApi.baseUrl}`,
    `Controls      ${controls}`,
    `              documented in docs/sandbox.md; all of this as JSON: ${controls}/platform`,
    `Pages of      ${platformOrigins.join(', ')}`,
    '',
    "Issuer of the dealer admin's sign-in",
    ...issuer(signIn),
    '',
    "Issuer of the platform's own client, as in CHeKT's sample",
    ...issuer(m2m),
    '',
    'Sample accounts',
    ...accounts.map(
      ({ email, password, role, companyName, dealerId }) =>
        `  ${email}, password ${password}: ${role.replace('-', ' ')} of ${companyName} (dealer ${dealerId})`,
    ),
  ].join('\n');
}

function issuer({ issuer: url, audience, clients }: Issuer): string[] {
  return [
    `  issuer      ${url}`,
    `  audience    ${audience}`,
    ...clients.map(({ id, secret, keyId }) =>
      secret === undefined
        ? `  client      ${id}, key id ${keyId}, private key in demo/sandbox/sample-data/${id}.sample-key.pem`
        : `  client      ${id}, secret ${secret}`,
    ),
  ];
}
