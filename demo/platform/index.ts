/**
 * A platform's side of `<chekt-connect>`: what a partner's backend has to do, to read from top to bottom.
 *
 *   sign-in-routes   /authorize, /callback, /token, /browser-token   the dealer admin signs in with CHeKT
 *   connect-routes   PUT …/dealers/connect, POST /bindings           CHeKT records, the platform verifies and stores
 *   disconnect-route PUT …/dealers/{dealerId}/disconnect             with the platform's own credentials
 *   session-route    /session                                        what the page shows on load
 *
 * `modes` says which of them there are: PUT …/dealers/connect and /token belong to service mode, POST /bindings and
 * /browser-token to browser mode. Mount only what you use; the demo mounts both because it shows both.
 *
 * It trusts nothing from the page: the account is the session's, and a connection is true when CHeKT says so.
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Bindings } from './bindings.js';
import { connectRoutes } from './connect-routes.js';
import { giveBack } from './dealer-tokens.js';
import { disconnectRoute } from './disconnect-route.js';
import { errorBody, UpstreamError } from './errors.js';
import { OAuthClient } from './oauth-client.js';
import { PartnerApi } from './partner-api.js';
import { PlatformCalls } from './platform-calls.js';
import type { Platform, PlatformOptions } from './platform.js';
import { sameOriginOnly } from './same-origin.js';
import { sessionRoute } from './session-route.js';
import type { PlatformEnv, Sessions } from './sessions.js';
import { signInRedirects, tokenRoutes } from './sign-in-routes.js';

export type { PlatformOptions } from './platform.js';
export { Sessions, type PlatformEnv } from './sessions.js';

/** `sessions` is your platform's own login: the routes only read from it who is signed in. */
export function createPlatform({
  sessions,
  ...options
}: PlatformOptions & { sessions: Sessions }): Hono<PlatformEnv> {
  const oauth = new OAuthClient(options);
  const api = new PartnerApi(options);
  const calls = new PlatformCalls(api, oauth);
  sessions.onEnd = (session) => {
    giveBack(session.tokens, oauth);
    session.tokens = null;
  };
  const platform: Platform = { options, sessions, oauth, api, calls, bindings: new Bindings() };

  const app = new Hono<PlatformEnv>().basePath(options.basePath);
  app.use(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff'); // a relayed body is never a page of ours
    c.header('Referrer-Policy', 'no-referrer'); // the callback's URL holds a code
    await next();
  });
  app.route('/', signInRedirects(platform)); // the only routes that another site may lead to

  app.use(sameOriginOnly(options.origin));
  app.use(
    bodyLimit({ maxSize: 16 * 1024, onError: (c) => c.json(errorBody('too_large', 'Too long.'), 413) }),
  );
  app.route('/', tokenRoutes(platform));
  app.route('/', connectRoutes(platform));
  app.route('/', disconnectRoute(platform));
  app.route('/', sessionRoute(platform));

  app.onError((error, c) => {
    // The message, not the error: what an HTTP library hangs on an error may hold a token.
    console.error(`${c.req.method} ${c.req.path}: ${error.message}`);
    return error instanceof UpstreamError
      ? c.json(errorBody('upstream_unavailable', error.message), 502)
      : c.json(errorBody('internal_error', 'The platform failed.'), 500);
  });
  return app;
}
