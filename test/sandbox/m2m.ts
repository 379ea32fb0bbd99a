import assert from 'node:assert/strict';
import { importPKCS8 } from 'jose';
import * as oauth from 'openid-client';
import type { Sandbox } from '../../demo/sandbox/index.js';

interface Changes {
  readonly keyId?: string;
  /** The `aud` of the assertion. */
  readonly assertionAudience?: string;
  /** Seconds by which the client's clock is ahead. */
  readonly clock?: number;
  readonly lifetime?: number;
}

/** The sample platform's M2M client, from the sandbox's own description and without any discovery. */
export async function machineClient(sandbox: Pick<Sandbox, 'describe'>, run: string, changes: Changes = {}) {
  const { m2m } = sandbox.describe(run);
  const client = m2m.clients.find(({ id }) => id === 'northwind-m2m');
  assert.ok(client?.privateKey !== undefined && client.keyId !== undefined);
  const key = await importPKCS8(client.privateKey, 'RS256');
  const { keyId, assertionAudience, clock = 0, lifetime = 300 } = changes;
  const auth = oauth.PrivateKeyJwt(
    { key, kid: keyId ?? client.keyId },
    {
      [oauth.modifyAssertion]: (_header, payload) => {
        const now = Math.floor(Date.now() / 1000) + clock;
        Object.assign(payload, { iat: now, nbf: now, exp: now + lifetime });
        if (assertionAudience !== undefined) payload['aud'] = assertionAudience;
      },
    },
  );
  const configuration = new oauth.Configuration(m2m.server, client.id, undefined, auth);
  oauth.allowInsecureRequests(configuration);
  return {
    audience: m2m.audience,
    partnerClaim: m2m.extraTokenParameter,
    configuration,
    ask: (parameters: Record<string, string> = {}) =>
      oauth.clientCredentialsGrant(configuration, { audience: m2m.audience, ...parameters }),
  };
}
