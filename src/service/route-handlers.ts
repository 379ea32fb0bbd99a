import type { ChektService } from './service.js';

type Handler = (request: Request) => Promise<Response>;

/** For Next.js' route handlers and what is made like them: `export const { GET, PUT, POST } = toRouteHandlers(chekt)`. */
export function toRouteHandlers(chekt: Pick<ChektService, 'fetch'>): {
  GET: Handler;
  PUT: Handler;
  POST: Handler;
} {
  // The framework's second argument (its params) is none of fetch's options.
  const handler: Handler = (request) => chekt.fetch(request, { native: request });
  return { GET: handler, PUT: handler, POST: handler };
}
