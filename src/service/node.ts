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

/** What a framework with a request object of its own, such as Fastify, passes on beside node's. */
export interface FrameworkRequest {
  /** For `authenticate`. Default: the request of node:http. */
  readonly native?: unknown;
  /** The body, if the framework has read it. */
  readonly body?: unknown;
}

/** The third parameter is one and not two: Express takes a function of four for an error handler. */
export type NodeHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  nextOrFramework?: Next | FrameworkRequest,
) => Promise<void>;

/**
 * Makes a handler for node:http, Express (also behind `express.json()` and under any mount), Connect and,
 * through a hijacked reply, Fastify. Outside `basePath` it calls `next()`, or answers 404 if there is no
 * `next`.
 */
export function toNodeHandler(chekt: Pick<ChektService, 'fetch' | 'owns'>): NodeHandler {
  const natives = new WeakMap<HttpBindings['incoming'], unknown>();
  const listener = getRequestListener(
    (request, env) => chekt.fetch(request, { native: natives.get((env as HttpBindings).incoming) }),
    { overrideGlobalObjects: false, errorHandler: () => new Response(null, { status: 500 }) },
  );

  return async (incoming, response, nextOrFramework) => {
    const request = incoming as NodeRequest;
    const [next, framework = {}] =
      typeof nextOrFramework === 'function' ? [nextOrFramework] : [undefined, nextOrFramework];
    const { native = request, body = request.body } = framework;
    // A mount strips its path from `url`, but the routes are matched against the whole path.
    const url = request.originalUrl ?? request.url ?? '/';
    const path = url.split(/[?#]/, 1)[0] ?? '/';
    if (next && !chekt.owns(path)) return next();
    const mounted = request.url;
    request.url = url;
    natives.set(request, native);
    restoreBody(request, body);
    try {
      await listener(request, response);
    } finally {
      if (mounted !== undefined) request.url = mounted;
    }
  };
}

/** A body parser leaves a stream that cannot be read again. The listener accepts `rawBody` instead. */
function restoreBody(request: NodeRequest, body: unknown): void {
  if (request.rawBody instanceof Buffer || body === undefined || !request.readableEnded) return;
  request.rawBody = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
