import { randomPKCECodeVerifier, randomState } from 'openid-client';
import { Hono, type Context } from 'hono';
import { describe, giveBack, usableTokens } from './dealer-tokens.js';
import { platformSessionEnded } from './errors.js';
import { OAuthRefusal } from './oauth-client.js';
import type { Platform } from './platform.js';
import { notThisAccount, relay } from './relay.js';
import type { PlatformEnv } from './sessions.js';

const PENDING_LIMIT = 10;

/** A dealer admin signs in with CHeKT: a redirect there and a redirect back. */
export function signInRedirects({ options, sessions, oauth }: Platform): Hono<PlatformEnv> {
  const app = new Hono<PlatformEnv>();
  const callback = `${options.origin}${options.basePath}/callback`;

  app.get('/authorize', async (c) => {
    const session = sessions.read(c);
    if (!session) return c.json(platformSessionEnded, 401); // yours leads to its own login first
    const state = randomState();
    const codeVerifier = randomPKCECodeVerifier();
    const url = await oauth.authorizationUrl({
      redirectUri: callback,
      scope: options.dealerScope,
      state,
      codeVerifier,
      // "Not you?" would lead straight back to the same person, who still has a session at CHeKT.
      ...(c.req.query('reason') === 'switch' ? { prompt: 'login' } : {}),
    });
    const [oldest] = session.pendingSignIns.keys();
    if (oldest && session.pendingSignIns.size >= PENDING_LIMIT) session.pendingSignIns.delete(oldest);
    session.pendingSignIns.set(state, { codeVerifier, returnTo: returnTo(c, options.origin) });
    return c.redirect(url.href);
  });

  app.get('/callback', async (c) => {
    const session = sessions.read(c);
    const state = c.req.query('state') ?? '';
    const pending = session?.pendingSignIns.get(state);
    // An answer to a question that this browser did not ask: somebody else's sign-in, put under this person.
    if (!session || !pending) {
      return c.text(
        'This sign-in did not begin here, or it is too old. Please go back and sign in again.',
        400,
      );
    }
    session.pendingSignIns.delete(state);
    try {
      // Built from our own origin: behind a proxy, the URL of the request is not what CHeKT redirected to.
      const url = new URL(callback + new URL(c.req.url).search);
      const tokens = await oauth.exchange(url, { state, codeVerifier: pending.codeVerifier });
      if (!sessions.rotate(c, session)) {
        giveBack(tokens, oauth);
        return c.text(
          'Your session here ended while you signed in with CHeKT. Please go back and sign in again.',
          400,
        );
      }
      giveBack(session.tokens, oauth);
      session.tokens = tokens;
      session.signInError = null;
    } catch (error) {
      if (!(error instanceof OAuthRefusal)) console.error('Sign-in with CHeKT failed:', String(error));
      session.signInError = error instanceof OAuthRefusal ? error.body : { error: 'server_error' };
    }
    return c.redirect(pending.returnTo); // also after a failure: the element on the page says what happened
  });

  return app;
}

/**
 * The element's `token-url`, for either mode: `/token` only describes the authorization (service mode, the page holds
 * no token at all), `/browser-token` hands the access token out. Only those of the platform's `modes` are there.
 */
export function tokenRoutes({ options, sessions, oauth }: Platform): Hono<PlatformEnv> {
  const app = new Hono<PlatformEnv>();
  for (const mode of options.modes) {
    const withAccessToken = mode === 'browser';
    const path = withAccessToken ? '/browser-token' : '/token';
    app.get(path, async (c) => {
      const session = sessions.read(c);
      if (!session) return c.json(platformSessionEnded, 401);
      const asked = c.req.query('external_dealer_id');
      if (asked !== undefined && asked !== session.externalDealerId) return relay(c, notThisAccount);
      const { signInError } = session;
      session.signInError = null; // said once; the next question starts afresh
      if (signInError) return c.json(signInError, 400);
      const tokens = await usableTokens(session, oauth, c.req.query('reason'));
      if (!tokens) return c.body(null, 204);
      if (withAccessToken) session.handedOut.set(tokens.signIn, tokens.claims.dealer_id);
      return c.json(describe(tokens, session.externalDealerId, { withAccessToken }));
    });
  }

  return app;
}

/** The page that the person came from, if it is one of ours. Anything else would make this an open redirect. */
function returnTo(c: Context, origin: string): string {
  const page = c.req.query('return_to') ?? c.req.header('Referer') ?? '/';
  const url = new URL(URL.canParse(page, origin) ? page : '/', origin);
  return url.href.startsWith(`${origin}/`) ? url.href : `${origin}/`; // a blob: URL has our origin, too
}
