import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer, WireOptions } from './answer.js';
import type { Entry, Script } from './script.js';
import { pagePrefix, type WireServer } from './server.js';

/** Serves `createWire`: creates, watches and closes wires. */
export async function control(server: WireServer, request: IncomingMessage, response: ServerResponse) {
  try {
    reply(response, 200, await handle(server, request));
  } catch (error) {
    reply(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

async function handle(server: WireServer, request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '', 'http://page.invalid');
  const [id, action] = url.pathname.slice(`${pagePrefix}/control/`.length).split('/');
  if (!id) {
    const { answers, options } = (await json(request)) as { answers: Answer[]; options?: WireOptions };
    if (!Array.isArray(answers)) throw new Error('answers must be a list.');
    return server.create(answers, options);
  }
  const script = server.script(id);
  if (!script) throw new Error(`there is no wire ${id}: it was closed.`);
  switch (`${request.method} ${action ?? ''}`) {
    case 'GET log':
      await wait(script, url.searchParams);
      return script.log;
    case 'POST release':
      script.release();
      return {};
    case 'PUT script':
      script.append((await json(request)) as Answer[]);
      return {};
    case 'DELETE ':
      server.close(id);
      return {};
    default:
      throw new Error(`${request.method} ${url.pathname} is no command of the wire server.`);
  }
}

async function wait(script: Script, wish: URLSearchParams): Promise<void> {
  const patienceMs = Number(wish.get('within') ?? 0);
  const count = Number(wish.get('count') ?? 0);
  await script.waitFor(`${count} requests`, (requests) => requests.length >= count, patienceMs);
  const bytes = Number(wish.get('bytes') ?? 0);
  const sent = (requests: readonly Entry[]) => requests.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
  await script.waitFor(`${bytes} bytes to be sent`, (requests) => sent(requests) >= bytes, patienceMs);
  if (!wish.has('ended')) return;
  const ended = () => script.log.every(({ end }) => end !== 'open');
  await script.waitFor('every request to end', ended, patienceMs);
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function json(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString());
}
