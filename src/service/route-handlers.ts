import type { ChektService } from './service.js';

type Handler = (request: Request) => Promise<Response>;

/**
 * For Next.js route handlers and others of the same shape: `export const { GET, PUT, POST } =
 * toRouteHandlers(chekt)`.
 */
export function toRouteHandlers(chekt: Pick<ChektService, 'fetch'>): {
  GET: Handler;
  PUT: Handler;
  POST: Handler;
} {
  // The framework passes its params as the second argument; they must not reach `fetch` as its context.
  const handler: Handler = (request) => chekt.fetch(request, { native: request });
  return { GET: handler, PUT: handler, POST: handler };
}
