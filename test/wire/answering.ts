import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answer.js';
import type { Entry, Script } from './script.js';

const allowedHeaders = 'Accept, Content-Type, Authorization, Idempotency-Key, x-partner-trace-id';
const exposedHeaders = ['Retry-After', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly script: Script;
  readonly entry: Entry;
  /** This wire's two base URLs, for redirects. */
  readonly here: string;
  readonly elsewhere: string;
}

/** Breaks the connection so that the peer sees a reset, not an end. */
function cut({ request, entry, script }: Exchange): void {
  entry.end = 'cut';
  request.socket.resetAndDestroy();
  script.changed();
}

export async function answerPreflight(exchange: Exchange): Promise<void> {
  const { request, response, script, entry } = exchange;
  const method = request.headers['access-control-request-method'] ?? '';
  const preflight = script.peek(method, entry.path)?.answer.preflight ?? 'allowed';
  entry.arrived = true;
  const isAllowed = preflight === 'allowed' || preflight === 'kept';
  if (!isAllowed) entry.answer = script.take(method, entry.path)?.position ?? -1;
  if (preflight === 'reset') return cut(exchange);
  if (preflight === 'stall') return;
  entry.status = isAllowed ? 204 : 403;
  if (isAllowed) {
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Methods', 'GET, PUT, POST, DELETE');
    response.setHeader('Access-Control-Allow-Headers', allowedHeaders);
    // Browsers would otherwise cache a preflight for some seconds, and the next one could not be refused.
    response.setHeader('Access-Control-Max-Age', preflight === 'kept' ? '60' : '0');
  }
  response.writeHead(entry.status).end();
}

export async function answerRequest(exchange: Exchange): Promise<void> {
  const { request, script, entry } = exchange;
  const taken = script.take(entry.method, entry.path);
  entry.answer = taken?.position ?? -1;
  const answer = taken?.answer;
  const fault = answer?.fault;
  if (!answer || (fault?.kind === 'reset' && fault.at === 'before-request-recorded')) {
    entry.arrived = true;
    return cut(exchange);
  }
  entry.body = await read(request);
  entry.arrived = true;
  const status = answer.status ?? (answer.redirect ? 307 : 200);
  const taken2xx = status >= 200 && status < 300;
  entry.recorded = answer.recorded ?? (fault?.kind === 'reset' || taken2xx);
  script.changed();
  if (answer.delayMs) await wait(answer.delayMs);
  if (answer.hold) await script.released();
  if (!request.socket.destroyed) await send(exchange, answer, status);
}

async function send(exchange: Exchange, answer: Answer, status: number): Promise<void> {
  const { request, response, entry } = exchange;
  const { fault } = answer;
  if (fault?.kind === 'stall' && fault.at === 'before-headers') return;
  if (fault?.kind === 'reset' && fault.at === 'after-request-recorded') return cut(exchange);
  if (fault?.kind === 'not-http') {
    entry.end = 'cut';
    request.socket.end('What comes here is not HTTP.\r\n\r\n');
    return;
  }
  const body = Buffer.from(answer.json === undefined ? (answer.body ?? '') : JSON.stringify(answer.json));
  const padding = fault?.kind === 'huge' ? fault.megabytes * 1024 * 1024 : 0;
  setHeaders(exchange, answer);
  const declared = fault?.kind !== 'huge' || fault.declared;
  if (declared && status !== 204 && status !== 304)
    response.setHeader('Content-Length', body.length + padding);
  entry.status = status;
  response.writeHead(status);
  response.flushHeaders();
  await sendBody(exchange, answer, body, padding);
}

async function sendBody(exchange: Exchange, { fault }: Answer, body: Buffer, padding: number): Promise<void> {
  const { request, response, entry } = exchange;
  const half = body.subarray(0, Math.floor(body.length / 2));
  switch (fault?.kind) {
    case 'stall':
      return write(exchange, half);
    case 'reset':
      await write(exchange, half);
      // A reset discards what the browser has not read yet; the headers have to arrive before it.
      await wait(100);
      return cut(exchange);
    case 'truncated':
      await write(exchange, half);
      entry.end = 'cut';
      request.socket.end();
      return;
    case 'drip':
      for (let sent = 0; sent < body.length && !response.destroyed; sent += fault.bytes) {
        if (sent > 0) await wait(fault.everyMs);
        await write(exchange, body.subarray(sent, sent + fault.bytes));
      }
      break;
    case 'huge': {
      await write(exchange, body);
      const block = Buffer.alloc(64 * 1024, ' ');
      for (let sent = 0; sent < padding && !response.destroyed; sent += block.length) {
        if (sent === unasked) await closedWithin(response, 5_000);
        await write(exchange, block);
      }
      break;
    }
    default:
      await write(exchange, body);
  }
  response.end();
}

/**
 * WebKit takes everything from the network, however little of it the page reads. So the server waits here: a page that
 * has read enough can cancel, and one that wants everything gets the rest afterwards.
 */
const unasked = 8 * 1024 * 1024;

async function closedWithin(response: ServerResponse, milliseconds: number): Promise<void> {
  const signal = AbortSignal.timeout(milliseconds);
  await once(response, 'close', { signal }).catch(() => undefined);
}

/** Writes no faster than the browser reads. */
async function write({ response, entry }: Exchange, part: Buffer): Promise<void> {
  if (part.length === 0 || response.destroyed) return;
  const room = response.write(part);
  entry.bytesSent += part.length;
  if (room) return;
  const settled = new AbortController();
  const either = ['drain', 'close'].map((event) => once(response, event, { signal: settled.signal }));
  await Promise.race(either);
  settled.abort();
  await Promise.allSettled(either);
}

function setHeaders({ request, response, here, elsewhere }: Exchange, answer: Answer): void {
  const { origin } = request.headers;
  if (origin !== undefined && answer.cors !== false) {
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader(
      'Access-Control-Expose-Headers',
      [...(answer.exposedHeaders ?? exposedHeaders)].join(', '),
    );
    response.setHeader('Vary', 'Origin');
  }
  if (answer.json !== undefined) response.setHeader('Content-Type', 'application/json');
  const { redirect } = answer;
  if (redirect === 'same-origin') response.setHeader('Location', `${here}/redirected`);
  else if (redirect === 'other-origin') response.setHeader('Location', `${elsewhere}/redirected`);
  else if (redirect) response.setHeader('Location', redirect.location);
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
