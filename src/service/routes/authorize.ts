import { Hono, type Context } from 'hono';
import type { RequestEnv } from '../caller.js';
import { digest } from '../digest.js';
import { page } from '../http/pages.js';
import { returnPath } from '../http/return-to.js';
import { DealerSignIn } from '../oauth/dealer-sign-in.js';
import { OAuthFailure } from '../oauth/diagnose.js';
import type { Parts } from '../parts.js';

/** Milliseconds that a person has to finish on CHeKT's pages, enough to reset a password. */
const SIGN_IN_LIFE = 30 * 60_000;
/** Pending sign-ins that one session may have: more than a person has tabs. */
const MOST_PENDING = 50;
/**
 * How many of these other sites may start. They can use up only this share, so they never end a sign-in or
 * keep a person from one.
 */
const MOST_PENDING_FOR_OTHERS = 10;

/** Starts a dealer admin's sign-in with CHeKT. */
export function authorizeRoute({ settings, store, sealing, callers, signIn }: Parts): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();

  app.get('/authorize', async (c) => {
    if (c.req.method === 'HEAD') return c.body(null, 405);
    // A prefetch does not start a sign-in. A 503 is not reused for the navigation that follows.
    if (isPrefetch(c)) return c.body(null, 503);
    const asked = c.req.query('external_dealer_id') || undefined;
    const returnTo = returnPath(c.req.query('return_to') ?? c.req.header('Referer'), settings);
    const caller = await callers.read(c, asked, { isStart: true });
    const back = { href: returnTo, action: `Back to ${settings.platform.name}` };
    if (!caller) {
      return page(c, {
        ...back,
        status: 401,
        title: `You’re signed out of ${settings.platform.name}`,
        text: `Sign in to ${settings.platform.name} again, then connect CHeKT.`,
      });
    }
    if (asked !== undefined && caller.owner.account !== asked) {
      return page(c, {
        ...back,
        status: 403,
        title: 'This is another account',
        text: `You’re signed in to ${settings.platform.name} with another account than the page you came from.`,
      });
    }
    if (!caller.may.connect) {
      return page(c, {
        ...back,
        status: 403,
        title: 'You can’t connect CHeKT here',
        text: `${settings.platform.name} doesn’t let you connect this account. Ask your account administrator.`,
      });
    }
    const checks = DealerSignIn.newChecks();
    let url: URL;
    try {
      // Without `login`, switching accounts would lead straight back to the person who still has a session at
      // CHeKT.
      url = await signIn.authorizationUrl(checks, c.req.query('reason') === 'switch' ? 'login' : undefined);
    } catch (error) {
      if (!(error instanceof OAuthFailure)) throw error;
      return page(c, {
        status: 502,
        title: 'CHeKT’s sign-in can’t be reached',
        text: 'Nothing has changed. Go back and try again in a moment.',
        ...back,
      });
    }
    const now = settings.clock();
    const stateHash = await digest('state', checks.state);
    const isOwn = c.req.header('Sec-Fetch-Site') === 'same-origin';
    const isBegun = await store.beginSignIn({
      ...caller.owner,
      most: isOwn ? MOST_PENDING : MOST_PENDING_FOR_OTHERS,
      stateHash,
      returnTo: await sealing.seal(returnTo, `return:${stateHash}`),
      sealed: await sealing.seal(checks, `sign-in:${stateHash}`),
      createdAt: now,
      expiresAt: now + SIGN_IN_LIFE,
    });
    if (!isBegun) {
      return page(c, {
        ...back,
        status: 429,
        title: 'Too many sign-ins have begun',
        text: `Finish one of them, or begin again from ${settings.platform.name} in half an hour.`,
      });
    }
    return c.redirect(url.href);
  });

  return app;
}

function isPrefetch(c: Context): boolean {
  const purpose = c.req.header('Sec-Purpose') ?? c.req.header('Purpose') ?? c.req.header('X-Moz') ?? '';
  return /\bprefetch\b|\bprerender\b/i.test(purpose);
}
