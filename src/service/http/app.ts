import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AuthenticateFailure, type RequestEnv } from '../caller.js';
import { LimitReached } from '../limits.js';
import { errorFields, schemaWords, thrownAt } from '../log.js';
import { OAuthFailure } from '../oauth/diagnose.js';
import type { Parts } from '../parts.js';
import { authorizeRoute } from '../routes/authorize.js';
import { bindingsRoute } from '../routes/bindings.js';
import { callbackRoute } from '../routes/callback.js';
import { connectRoute } from '../routes/connect.js';
import { disconnectRoute } from '../routes/disconnect.js';
import { sessionRoute } from '../routes/session.js';
import { tokenRoutes } from '../routes/token.js';
import { isStoreFailure } from '../store/failures.js';
import { UpstreamError } from '../upstream/partner-api.js';
import { page } from './pages.js';
import { rateLimited, refusal, send, upstreamUnavailable } from './refusal.js';
import { sameOriginOnly } from './same-origin.js';

const BODY_LIMIT = 16 * 1024;

const tooLarge = refusal(413, 'too_large', 'The body is longer than 16 kB.');
const failed = refusal(500, 'internal_error', 'The platform failed.');
const noEndpoint = refusal(404, 'not_found', 'There is no such endpoint.');

/** All routes below `basePath`. */
export function createApp(parts: Parts): Hono<RequestEnv> {
  const { settings } = parts;
  const { modes, origin, basePath, logger } = settings;
  const app = new Hono<RequestEnv>().basePath(basePath);

  app.use(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff'); // a relayed body must never be rendered as a page
    c.header('Referrer-Policy', 'no-referrer'); // the callback's URL holds a code
    await next();
  });
  // People navigate to these two, and arrive at the second from CHeKT's site, so they are outside the
  // same-origin check.
  app.route('/', authorizeRoute(parts));
  app.route('/', callbackRoute(parts));

  app.use(sameOriginOnly({ origin, logger }));
  app.use(limitBody());
  app.route('/', tokenRoutes(parts));
  if (modes.includes('service')) app.route('/', connectRoute(parts));
  if (modes.includes('browser')) app.route('/', bindingsRoute(parts));
  app.route('/', disconnectRoute(parts));
  app.route('/', sessionRoute(parts));

  app.notFound((c) => send(c, noEndpoint));
  app.onError((error, c) => {
    if (error instanceof LimitReached) return send(c, rateLimited(error.retryAfterMs));
    if (error instanceof UpstreamError) return send(c, upstreamUnavailable(error.message));
    if (error instanceof OAuthFailure) {
      return send(c, upstreamUnavailable("CHeKT's authorization server did not give a usable answer."));
    }
    // Log the kind of error and not its message: a library's error may contain a token.
    const path = c.req.path.slice(basePath.length);
    const { thrown, message } = diagnosis(error);
    const fields = { ...errorFields(thrown), thrownAt: thrownAt(thrown), method: c.req.method, path };
    logger.error(fields, message);
    if (!isNavigation(path)) return send(c, failed);
    return page(c, {
      status: 500,
      title: 'Something went wrong',
      text: `${settings.platform.name} could not do this now. Try again in a moment.`,
      href: '/',
      action: `Back to ${settings.platform.name}`,
    });
  });
  return app;
}

/** A length that the request states is enough: Hono would make a stream of the body to look at it. */
function limitBody(): MiddlewareHandler {
  const measure = bodyLimit({ maxSize: BODY_LIMIT, onError: (c) => send(c, tooLarge) });
  return (c, next) => {
    const length = c.req.header('Content-Length');
    const isStated = length !== undefined && c.req.header('Transfer-Encoding') === undefined;
    return isStated && Number(length) <= BODY_LIMIT ? next() : measure(c, next);
  };
}

function isNavigation(path: string): boolean {
  return path === '/authorize' || path === '/callback';
}

/** Whose failure it is. The messages of `AuthenticateFailure` are ours and quote nothing, so they are safe to log. */
function diagnosis(error: Error): { readonly thrown: unknown; readonly message: string } {
  if (error instanceof AuthenticateFailure) return { thrown: error.cause ?? error, message: error.message };
  const message = isStoreFailure(error)
    ? `The store failed.${schemaWords(error)}`
    : 'The service itself failed.';
  return { thrown: error, message };
}
