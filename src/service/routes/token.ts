import { Hono } from 'hono';
import type { RequestEnv } from '../caller.js';
import { otherAccount, send, signedOut } from '../http/refusal.js';
import type { OpenGrant } from '../oauth/grants.js';
import type { Parts } from '../parts.js';

/**
 * Milliseconds, by the store's clock, for which a page may report what it connected with the token it was
 * handed.
 */
const HANDOUT_LIFE = 24 * 60 * 60_000;

/**
 * The element's `token-url`: `/token` describes the authorization (service mode, the page holds no token), `/browser-token`
 * hands the access token out.
 */
export function tokenRoutes({ settings, store, callers, grants, limits }: Parts): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  for (const mode of settings.modes) {
    const isHandedOut = mode === 'browser';
    app.get(isHandedOut ? '/browser-token' : '/token', async (c) => {
      const asked = c.req.query('external_dealer_id') || undefined;
      const caller = await callers.read(c, asked);
      if (!caller) return send(c, signedOut);
      const { owner } = caller;
      if (asked !== undefined && asked !== owner.account) return send(c, otherAccount);

      const granted = await grants.find(owner);
      if (granted.status === 'failed') return c.json({ error: granted.failure.error }, 400);
      if (granted.status === 'none') return c.body(null, 204);
      const reason = c.req.query('reason');
      if (reason === 'rejected' || reason === 'expired') await limits.spendOwn(owner, 1);
      const usable = await grants.usable(granted.open, reason);
      if (!usable) return c.body(null, 204);
      if (!isHandedOut) return c.json(describe(usable, settings.clock()));

      await store.recordHandout({
        ...owner,
        signInId: usable.grant.signInId,
        dealerId: usable.tokens.person.dealerId ?? null,
        expiresAt: settings.clock() + HANDOUT_LIFE,
      });
      return c.json({ access_token: usable.tokens.accessToken, ...describe(usable, settings.clock()) });
    });
  }
  return app;
}

/** Builds an RFC 6749 answer that contains only what the element may know. */
function describe({ grant, tokens }: OpenGrant, now: number): object {
  const { sub, name, email, companyName, dealerId } = tokens.person;
  return {
    token_type: 'Bearer',
    expires_in: Math.max(0, Math.floor((tokens.expiresAt - now) / 1000)),
    scope: tokens.scope,
    sign_in_id: grant.signInId,
    external_dealer_id: grant.account,
    sub,
    name,
    email,
    company_name: companyName,
    dealer_id: dealerId === undefined ? undefined : String(dealerId),
  };
}
