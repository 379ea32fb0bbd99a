import { Hono } from 'hono';
import { OAuthClient, type OAuthOptions } from '../oauth-client.js';
import { PartnerApi } from '../partner-api.js';
import { PlatformCalls } from '../platform-calls.js';
import { sameOriginOnly } from '../same-origin.js';

interface ReachOptions extends OAuthOptions {
  readonly origin: string;
  readonly basePath: string;
  readonly apiBaseUrl: string;
  /** The app of one dealer: the other of CHeKT's two onboarding paths. */
  readonly dealerApp: { readonly clientId: string; readonly clientSecret: string };
  readonly dealerIds: readonly number[];
}

/**
 * NOT to be copied: no platform holds the credentials of a dealer's own app. Here both are asked for each dealer, so
 * that the two onboarding paths can be seen: a dealer app reaches its dealer, a platform those who have connected.
 */
export function reachRoute({ origin, basePath, dealerApp, dealerIds, ...options }: ReachOptions): Hono {
  const api = new PartnerApi(options);
  const clients = {
    platform: new PlatformCalls(api, new OAuthClient(options)),
    dealerApp: new PlatformCalls(api, new OAuthClient({ ...options, ...dealerApp })),
  };

  const app = new Hono().basePath(basePath);
  app.get('/reach', sameOriginOnly(origin), async (c) => {
    c.header('Cache-Control', 'no-store');
    const reach = async (dealerId: number) => ({
      dealerId,
      platform: await sites(clients.platform, dealerId),
      dealerApp: await sites(clients.dealerApp, dealerId),
    });
    return c.json({ dealers: await Promise.all(dealerIds.map(reach)) });
  });
  return app;
}

/** What CHeKT answers, as it answers; `status` is null if it did not. */
async function sites(
  client: PlatformCalls,
  dealerId: number,
): Promise<{ status: number | null; sites: unknown[] }> {
  try {
    const { status, body } = await client.call('GET', `/partner/v1/dealers/${dealerId}/sites`);
    const list: unknown = status === 200 ? JSON.parse(body) : [];
    return { status, sites: Array.isArray(list) ? list : [] };
  } catch {
    return { status: null, sites: [] };
  }
}
