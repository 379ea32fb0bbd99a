import { Hono } from 'hono';
import { platformSessionEnded } from './errors.js';
import { errorCode, parseDealerId } from './partner-api.js';
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
    const stored = bindings.get(externalDealerId);
    if (!dealerId || (stored && stored.dealerId !== dealerId)) return relay(c, notThisAccount);

    // A record can be missing (lost, or our answer was), and it can be stale: disconnected in CHeKT's portal, and
    // connected to another account since. Our credentials reach that one too, so CHeKT is asked first, every time.
    const { of: owner } = await calls.standing(dealerId, externalDealerId);
    if (owner !== 'account') {
      bindings.forget(externalDealerId);
      session.connects.clear();
    }
    if (owner === 'other-account') return relay(c, notThisAccount);
    if (owner === 'nobody')
      return relay(c, refusal(404, 'dealer_not_found', 'This dealer is not connected.'));

    const answer = await calls.call('PUT', `/partner/v1/dealers/${dealerId}/disconnect`, passedOn(c));
    const alreadyGone = answer.status === 404 && errorCode(answer) !== undefined;
    if (alreadyGone || (answer.status >= 200 && answer.status < 300)) {
      bindings.forget(externalDealerId);
      session.connects.clear();
    }
    return relay(c, answer);
  });

  return app;
}
