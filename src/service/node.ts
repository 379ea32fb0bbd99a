/// <reference types="node" />
import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { ChektService } from './service.js';

/** What Express and Connect add to a request. */
type NodeRequest = IncomingMessage & {
  /** The URL before a mount took its path away. */
  readonly originalUrl?: string;
  /** What a body parser in front has read. */
  readonly body?: unknown;
  rawBody?: unknown;
};
type Next = (error?: unknown) => void;

/**
 * For node:http, Express (also behind `express.json()` and under any mount), Connect and, by way of a hijacked reply,
 * Fastify. Outside `basePath` it calls `next()`; without `next` it answers 404.
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
    // A mount takes its path off `url`; the routes are matched against the whole path.
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

/** A body parser in front leaves a stream that nobody can read again. The listener takes `rawBody` in its place. */
function restoreBody(request: NodeRequest): void {
  const { body, rawBody } = request;
  if (rawBody instanceof Buffer || body === undefined || !request.readableEnded) return;
  request.rawBody = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
