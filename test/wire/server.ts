import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Answer, WireDescription, WireOptions } from './answer.js';
import { answerPreflight, answerRequest } from './answering.js';
import { Script } from './script.js';

interface OpenWire {
  readonly script: Script;
  readonly description: WireDescription;
  readonly ownServer: Server | undefined;
}

/** The prefix under which the page's own origin hands requests on to the wires. */
export const pagePrefix = '/__wire';

/** Real servers on other origins than the page, whose answers and faults the tests script. */
export class WireServer {
  readonly #wires = new Map<string, OpenWire>();
  readonly #servers: Server[] = [];
  #held: Socket | undefined;
  #origin = '';
  #otherOrigin = '';

  async start(): Promise<void> {
    this.#origin = await this.#listen();
    this.#otherOrigin = await this.#listen();
    // The port of a client's end of a connection stays taken, and nothing ever listens on it.
    this.#held = connect({ port: Number(new URL(this.#origin).port), host: '127.0.0.1' });
    this.#held.on('error', () => {});
    await once(this.#held, 'connect');
  }

  async stop(): Promise<void> {
    this.#held?.destroy();
    for (const id of [...this.#wires.keys()]) this.close(id);
    for (const server of this.#servers) shut(server);
  }

  async create(answers: readonly Answer[], options: WireOptions = {}): Promise<WireDescription> {
    const id = randomUUID().slice(0, 8);
    const ownServer = options.ownPort ? this.#server() : undefined;
    const origin = ownServer ? await listen(ownServer) : this.#origin;
    const description: WireDescription = {
      id,
      baseUrl: `${origin}/w/${id}`,
      otherBaseUrl: `${this.#otherOrigin}/w/${id}`,
      sameOriginBaseUrl: `${pagePrefix}/w/${id}`,
      refusedUrl: `http://127.0.0.1:${this.#held?.localPort}`,
    };
    this.#wires.set(id, { script: new Script(answers, options), description, ownServer });
    return description;
  }

  script(id: string): Script | undefined {
    return this.#wires.get(id)?.script;
  }

  close(id: string): boolean {
    const wire = this.#wires.get(id);
    if (wire?.ownServer) shut(wire.ownServer);
    return this.#wires.delete(id);
  }

  /** Answers a request below `/w/…`; `prefix` is what the page's origin has in front of that. */
  async handle(request: IncomingMessage, response: ServerResponse, prefix = ''): Promise<void> {
    const [, id = '', path = ''] = /^\/w\/([^/?]+)(.*)$/.exec((request.url ?? '').slice(prefix.length)) ?? [];
    const wire = this.#wires.get(id);
    // A browser repeats a request by itself if it is lost on a connection used before, but not on a new one.
    response.shouldKeepAlive = false;
    if (!wire) {
      response.writeHead(404).end('There is no such wire.');
      return;
    }
    const { script, description } = wire;
    const method = request.method ?? '';
    const preflight = method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    const origin = `http://${request.headers.host}`;
    const entry = script.record({ method, path, origin, preflight, headers: flat(request.headers) });
    response.once('close', () => {
      // A browser that has the whole body may close the connection before the server has noticed its own end.
      const whole = response.writableFinished || entry.bytesSent === response.getHeader('Content-Length');
      if (entry.end === 'open') entry.end = whole ? 'answered' : 'aborted';
      script.changed();
    });
    const here = `${origin}${prefix}/w/${id}`;
    const exchange = { request, response, script, entry, here, elsewhere: description.otherBaseUrl };
    try {
      await (preflight ? answerPreflight(exchange) : answerRequest(exchange));
    } catch {
      // The browser closed the connection during its request or the answer; the log says so.
      response.destroy();
    }
    script.changed();
  }

  #server(): Server {
    const server = createServer((request, response) => void this.handle(request, response));
    this.#servers.push(server);
    return server;
  }

  #listen(): Promise<string> {
    return listen(this.#server());
  }
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function shut(server: Server): void {
  server.close();
  server.closeAllConnections();
}

function flat(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
