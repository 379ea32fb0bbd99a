import { Hono } from 'hono';
import { platformSessionEnded } from './errors.js';
import { parseDealerId } from './partner-api.js';
import { saysGone } from './platform-calls.js';
import type { Platform } from './platform.js';
import { notThisAccount, passedOn, refusal, relay } from './relay.js';
import type { PlatformEnv } from './sessions.js';

/** Disconnect needs the platform's own credentials, so it is always relayed; and only for the account's own dealer. */
export function disconnectRoute({ sessions, calls, bindings }: Platform): Hono<PlatformEnv> {
  const app = new Hono<PlatformEnv>();

  app.put('/partner/v1/dealers/:dealerId/disconnect', async (c) => {
    const session = sessions.read(c);
    if (!session) return c.json(platformSessionEnded, 401);
    const { externalDealerId } = session;
    const dealerId = parseDealerId(c.req.param('dealerId'));
    // the account that the page displayed; a page of before says nothing
    const displayed = c.req.query('external_dealer_id');
    if (displayed !== undefined && displayed !== externalDealerId) return relay(c, notThisAccount);
    const stored = bindings.get(externalDealerId);
    if (!dealerId || (stored && stored.dealerId !== dealerId)) return relay(c, notThisAccount);

    // A record can be missing (lost, or our answer was), and it can be stale: disconnected in CHeKT's portal, and
    // connected to another account since. Our credentials reach that one too, so CHeKT is asked first, every time.
    const { of: owner } = await calls.standing(dealerId, externalDealerId);
    if (owner === 'other-account' || owner === 'nobody') {
      bindings.forget(externalDealerId);
      session.connects.clear();
    }
    if (owner === 'other-account') return relay(c, notThisAccount);
    const isGone =
      owner === 'nobody' || (owner === 'unclear' && !stored && session.disconnected.has(dealerId));
    if (isGone) return relay(c, refusal(404, 'dealer_not_connected', 'This dealer is not connected.'));
    // Where we cannot see whose it is, only a dealer of our own record is tried; CHeKT's answer to that decides.
    if (owner === 'unclear' && !stored) return relay(c, notThisAccount);

    const answer = await calls.call('PUT', `/partner/v1/dealers/${dealerId}/disconnect`, passedOn(c));
    if (saysGone(answer) || (answer.status >= 200 && answer.status < 300)) {
      bindings.forget(externalDealerId);
      session.connects.clear();
      session.disconnected.add(dealerId);
    }
    return relay(c, answer);
  });

  return app;
}
