import type { MiddlewareHandler } from 'hono';
import type { Logger } from '../log.js';
import { refusal, send } from './refusal.js';

const crossSite = refusal(
  403,
  'cross_site_request',
  'This request did not come from a page of the platform.',
);

/** Of as many origins: anybody can send one. */
const MOST_WARNINGS = 5;

/**
 * Lets only the platform's own pages use the JSON routes. `SameSite=Lax` alone is not enough: for it, every subdomain and
 * every port of localhost is the same site. A request that writes must name its origin, and both headers must agree.
 */
export function sameOriginOnly({ origin, logger }: { origin: string; logger: Logger }): MiddlewareHandler {
  const warned = new Set<string>();
  return async (c, next) => {
    const site = c.req.header('Sec-Fetch-Site');
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    const allowed = reads
      ? site === undefined || site === 'same-origin' || site === 'none' // none: opened from the address bar or a bookmark
      : c.req.header('Origin') === origin && (site === undefined || site === 'same-origin');
    if (allowed) return next();
    // The browser says that page and service have one origin, so the setting is another: a dev server or proxy is in front.
    const header = c.req.header('Origin') ?? '';
    const from = URL.canParse(header) ? new URL(header).origin : undefined;
    if (site === 'same-origin' && from !== undefined && !warned.has(from) && warned.size < MOST_WARNINGS) {
      warned.add(from);
      logger.warn(
        { setting: 'origin', origin, from },
        'Requests that write are refused: the page is on another origin than `origin`. Set `origin` to the address that browsers show.',
      );
    }
    return send(c, crossSite);
  };
}
