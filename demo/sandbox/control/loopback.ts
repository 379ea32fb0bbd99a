import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { PlatformOrigins } from '../partner-api/cors.js';
import type { NodeEnv } from '../partner-api/partner-api.js';

const LOOPBACK_PEER = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_HOST = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;

/**
 * Refuses requests from other machines, and host names that an attacker has pointed at this one (DNS
 * rebinding).
 */
export const onlyLoopback: MiddlewareHandler<NodeEnv> = async (c, next) => {
  const { headers, socket } = c.env.incoming;
  if (!LOOPBACK_PEER.test(socket.remoteAddress ?? '') || !LOOPBACK_HOST.test(headers.host ?? '')) {
    return c.json({ message: 'The sandbox is controlled from its own machine only.' }, 403);
  }
  return next();
};

/** Admits only the platform's pages. A form on another site cannot write, because a JSON body is required. */
export function onlyPlatformPages(origins: PlatformOrigins): MiddlewareHandler<NodeEnv>[] {
  const headers = cors({
    origin: (origin) => (origins.has(origin) ? origin : null),
    allowMethods: ['GET', 'PUT', 'POST', 'DELETE'],
    allowHeaders: ['Content-Type', 'Last-Event-ID'],
  });
  const guard: MiddlewareHandler<NodeEnv> = async (c, next) => {
    const origin = c.req.header('origin');
    const own = new URL(c.req.url).origin;
    if (origin !== undefined && origin !== own && !origins.has(origin)) {
      return c.json({ message: 'Pages of this origin may not control the sandbox.' }, 403);
    }
    const writesText = c.req.method === 'POST' || c.req.method === 'PUT';
    if (writesText && !/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
      return c.json({ message: 'Send a JSON body with the content type application/json.' }, 400);
    }
    return next();
  };
  return [headers, guard];
}
