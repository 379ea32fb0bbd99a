import { Hono } from 'hono';
import { platformSessionEnded, UpstreamError } from './errors.js';
import type { Platform } from './platform.js';
import type { PlatformEnv } from './sessions.js';

/** What the page needs to set up the element, and whether the dealer is still connected. */
export function sessionRoute({ options, sessions, calls, bindings }: Platform): Hono<PlatformEnv> {
  const app = new Hono<PlatformEnv>();

  app.get('/session', async (c) => {
    const session = sessions.read(c);
    if (!session) return c.json(platformSessionEnded, 401);
    const { externalDealerId } = session;
    const { platformName, platformScope, apiBaseUrl } = options;
    return c.json({
      platformName,
      platformScope,
      apiBaseUrl,
      externalDealerId,
      accountName: externalDealerId, // yours has a name for it
      ...(await checked(externalDealerId)),
    });
  });

  /** A dealer can also be disconnected in CHeKT's own portal; nobody tells the platform, so it looks. */
  async function checked(externalDealerId: string) {
    const stored = bindings.get(externalDealerId);
    if (!stored) return { binding: null, bindingStatus: 'none' };
    try {
      const { of } = await calls.standing(stored.dealerId, externalDealerId);
      if (of === 'account') return { binding: stored, bindingStatus: 'connected' };
      // Nothing is forgotten because somebody has looked: the next connect or disconnect does that.
      const status = of === 'unclear' ? 'unreachable' : 'lost';
      return { binding: null, bindingStatus: status, formerBinding: { ...stored, status } };
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return { binding: stored, bindingStatus: 'unchecked' }; // not known to be gone is not gone
    }
  }

  return app;
}
