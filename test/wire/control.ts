import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer, WireOptions } from './answer.js';
import { pagePrefix, type WireServer } from './server.js';

/** Shorter than a test may take, so that the sentence of the wire is what its author reads. */
const patienceMs = 8_000;

/** What `createWire` talks to: make, watch and end wires. */
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
  if (!script) throw new Error(`there is no wire ${id}.`);
  switch (`${request.method} ${action ?? ''}`) {
    case 'GET log': {
      const count = Number(url.searchParams.get('count') ?? 0);
      await script.waitFor(`${count} requests`, (requests) => requests.length >= count, patienceMs);
      if (url.searchParams.has('ended')) {
        const ended = () => script.log.every(({ end }) => end !== 'open');
        await script.waitFor('every request to end', ended, patienceMs);
      }
      return script.log;
    }
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
      throw new Error(`${request.method} ${url.pathname} means nothing here.`);
  }
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
