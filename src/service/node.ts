/// <reference types="node" />
import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { ChektService } from './service.js';

/** What Express and Connect add to a request. */
type NodeRequest = IncomingMessage & {
  /** The URL before a mount stripped its path. */
  readonly originalUrl?: string;
  /** The body that an earlier body parser has read. */
  readonly body?: unknown;
  rawBody?: unknown;
};
type Next = (error?: unknown) => void;

/**
 * Makes a handler for node:http, Express (also behind `express.json()` and under any mount), Connect and,
 * through a hijacked reply, Fastify. Outside `basePath` it calls `next()`, or answers 404 if there is no
 * `next`.
 */
export function toNodeHandler(
  chekt: Pick<ChektService, 'fetch' | 'owns'>,
): (request: IncomingMessage, response: ServerResponse, next?: Next) => Promise<void> {
  const listener = getRequestListener(
    (request, env) => chekt.fetch(request, { native: (env as HttpBindings).incoming }),
    { overrideGlobalObjects: false, errorHandler: () => new Response(null, { status: 500 }) },
  );

  return async (incoming, response, next) => {
    const request = incoming as NodeRequest;
    // A mount strips its path from `url`, but the routes are matched against the whole path.
    const url = request.originalUrl ?? request.url ?? '/';
    const path = url.split(/[?#]/, 1)[0] ?? '/';
    if (next && !chekt.owns(path)) return next();
    const mounted = request.url;
    request.url = url;
    restoreBody(request);
    try {
      await listener(request, response);
    } finally {
      if (mounted !== undefined) request.url = mounted;
    }
  };
}

/** A body parser leaves a stream that cannot be read again. The listener accepts `rawBody` instead. */
function restoreBody(request: NodeRequest): void {
  const { body, rawBody } = request;
  if (rawBody instanceof Buffer || body === undefined || !request.readableEnded) return;
  request.rawBody = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
