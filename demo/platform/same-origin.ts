import type { MiddlewareHandler } from 'hono';
import { errorBody } from './errors.js';

/**
 * Lets only the platform's own pages use a route. The element sends plain requests without a header of its own, so
 * the proof is what browsers add and no page can forge: `Sec-Fetch-Site`, and `Origin` where that is missing.
 * `SameSite=Lax` alone is not enough: for it, every subdomain (and every port of localhost) is the same site.
 *
 * (`hono/csrf` looks at the content types of HTML forms only; connect is JSON and disconnect has no body.)
 */
export function sameOriginOnly(origin: string): MiddlewareHandler {
  return async (c, next) => {
    const site = c.req.header('Sec-Fetch-Site');
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    const allowed = reads
      ? site === undefined || site === 'same-origin' || site === 'none' // none: typed into the address bar
      : site === undefined
        ? c.req.header('Origin') === origin
        : site === 'same-origin';
    if (!allowed) {
      return c.json(
        errorBody('cross_site_request', 'This request did not come from a page of the platform.'),
        403,
      );
    }
    await next();
  };
}
