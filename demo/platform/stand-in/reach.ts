import { Hono } from 'hono';
import * as openid from 'openid-client';
import { clientSecret, privateKeyJwt, type ClientCredentials } from '../../../src/service/index.js';
import type { Credentials } from './credentials.js';

interface MachineClient {
  readonly issuer: Credentials['signIn' | 'm2m'];
  readonly clientId: string;
  readonly auth: ClientCredentials;
}

const DEALER_IDS = [12345, 23456];

/**
 * Do NOT copy this: no platform holds the credentials of a dealer's own app. The route calls CHeKT with both clients for each
 * dealer to show the two onboarding paths: a dealer app reaches its own dealer, a platform reaches the dealers that have connected.
 */
export function reachRoute({ partnerApi, signIn, m2m, machineClient, dealerApp }: Credentials): Hono {
  const platform = tokensOf({
    issuer: m2m,
    clientId: machineClient.id,
    auth: privateKeyJwt(machineClient),
  });
  const app = tokensOf({ issuer: signIn, clientId: dealerApp.id, auth: clientSecret(dealerApp.secret) });

  /** CHeKT's answer, unchanged; `status` is null if there was none. */
  async function sites(tokenOf: typeof app, dealerId: number) {
    try {
      const headers = { Authorization: `Bearer ${await tokenOf()}` };
      const answer = await fetch(`${partnerApi.baseUrl}/partner/v1/dealers/${dealerId}/sites`, { headers });
      const list: unknown = answer.ok ? await answer.json() : [];
      return { status: answer.status, sites: Array.isArray(list) ? list : [] };
    } catch {
      return { status: null, sites: [] };
    }
  }

  return new Hono().get('/reach', async (c) => {
    c.header('Cache-Control', 'no-store');
    const dealers = DEALER_IDS.map(async (dealerId) => ({
      dealerId,
      platform: await sites(platform, dealerId),
      dealerApp: await sites(app, dealerId),
    }));
    return c.json({ dealers: await Promise.all(dealers) });
  });
}

/** Client credentials (RFC 6749 §4.4); a token is cached until 30 s before it expires. */
function tokensOf({ issuer, clientId, auth }: MachineClient): () => Promise<string> {
  let held: Promise<{ token: string; until: number }> | undefined;
  const ask = async () => {
    const { server, audience } = issuer;
    const client = new openid.Configuration(server, clientId, undefined, await auth.prepare());
    openid.allowInsecureRequests(client); // the sandbox is on this machine
    const answer = await openid.clientCredentialsGrant(client, { audience, resource: audience });
    return { token: answer.access_token, until: Date.now() + (answer.expires_in ?? 0) * 1000 - 30_000 };
  };
  return async () => {
    if (held && (await held).until < Date.now()) held = undefined;
    held ??= ask();
    held.catch(() => (held = undefined));
    return (await held).token;
  };
}
