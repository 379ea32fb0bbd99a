import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerStep, WorldOptions } from '../schedule.js';
import { refusal, type Reply } from './reply.js';
import { type Put, World } from './world.js';

/** A command of the schedule to the model; the element never sends one. */
export type Command =
  | ServerStep
  | { readonly do: 'create'; readonly options: WorldOptions }
  | { readonly do: 'show page' | 'end' };

/** Serves the worlds: the platform on the page's own origin, CHeKT on an origin of its own. */
export class ModelServer {
  readonly #worlds = new Map<string, World>();
  #count = 0;
  #api?: Server;
  #apiBaseUrl = '';

  async start(): Promise<void> {
    const api = (this.#api = createServer((request, response) => {
      // a page that is unloaded aborts its request
      this.#answerApi(request, response).catch(() => response.destroy());
    }));
    api.listen(0, '127.0.0.1');
    await once(api, 'listening');
    this.#apiBaseUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#api?.close();
    this.#api?.closeAllConnections();
  }

  /** Answers `/{world}/{tab}/token`, `/session` and `/partner/v1/…`, and the commands of the schedule. */
  async answerPage(request: IncomingMessage, response: ServerResponse, prefix: string): Promise<void> {
    const url = new URL((request.url ?? '').slice(prefix.length), 'http://page.invalid');
    const [, id = '', tab = '', path = ''] = /^\/([^/]+)\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
    if (id === 'command') return send(response, this.#obeyAll(tab, (await json(request)) as Command[]));
    const world = this.#worlds.get(id);
    if (!world) return send(response, refusal(404, 'no_such_world'));
    const { searchParams } = url;
    if (path === '/session') return send(response, world.session());
    if (path === '/token') {
      const asked = searchParams.get('external_dealer_id');
      return send(response, world.question(asked, searchParams.get('reason'), tab));
    }
    return send(response, await answerPut(world, request, path, searchParams));
  }

  /** @returns the reply to the last command; without any, the data of a page */
  #obeyAll(id: string, commands: readonly Command[]): Reply {
    const replies = commands.map((command) => this.#obey(id, command));
    return replies.at(-1) ?? this.#obey(id, { do: 'show page' });
  }

  #obey(id: string, command: Command): Reply {
    if (command.do === 'create') {
      const world = new World(`w${++this.#count}`, command.options);
      this.#worlds.set(world.id, world);
      return { status: 200, body: { id: world.id, apiBaseUrl: this.#apiBaseUrl, page: world.page() } };
    }
    const world = this.#worlds.get(id);
    if (!world) return refusal(404, 'no_such_world');
    switch (command.do) {
      case 'change':
        world.change(command.change);
        break;
      case 'fail put':
        world.failPut(command.fault);
        break;
      case 'fail question':
        world.failQuestion(command.fault);
        break;
      case 'say less':
        world.sayLess();
        break;
      case 'end':
        this.#worlds.delete(id);
        return { status: 200, body: world.outcome };
      case 'show page':
    }
    return { status: 200, body: world.page() };
  }

  async #answerApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Methods', 'PUT');
      response.setHeader(
        'Access-Control-Allow-Headers',
        request.headers['access-control-request-headers'] ?? '',
      );
      response.setHeader('Access-Control-Max-Age', '600');
      return send(response, { status: 204 });
    }
    const [, id = ''] = /\.(w\d+)-\d+$/.exec(request.headers.authorization ?? '') ?? [];
    const world = this.#worlds.get(id);
    const { pathname, searchParams } = new URL(request.url ?? '', this.#apiBaseUrl);
    if (!world) return send(response, refusal(401, 'invalid_api_key'));
    send(response, await answerPut(world, request, pathname, searchParams));
  }
}

async function answerPut(
  world: World,
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
): Promise<Reply> {
  const header = (name: string) => request.headers[name]?.toString();
  const common = {
    key: header('idempotency-key') ?? '',
    attempt: header('x-attempt') ?? '',
    signInId: header('chekt-sign-in'),
    token: header('authorization')?.replace(/^Bearer /, ''),
  } satisfies Partial<Put>;
  const body = (await json(request)) as { external_dealer_id?: string; company_name?: string } | undefined;
  const [, dealerId] = /^\/partner\/v1\/dealers\/(\d+)\/disconnect$/.exec(path) ?? [];
  if (request.method === 'PUT' && dealerId) {
    const account = query.get('external_dealer_id');
    return world.put({ ...common, disconnect: { dealerId: Number(dealerId), account } });
  }
  if (request.method !== 'PUT' || path !== '/partner/v1/dealers/connect' || !body) {
    return refusal(404, 'not_found');
  }
  const { external_dealer_id: account = '', company_name: company = '' } = body;
  return world.put({ ...common, connect: { account, company } });
}

function send(response: ServerResponse, { status, body, headers, isLost }: Reply): void {
  // Browsers repeat a request by themselves if it is lost on a connection that was used before.
  response.shouldKeepAlive = false;
  if (isLost) return void response.socket?.destroy();
  response.writeHead(status, {
    ...headers,
    'Cache-Control': 'no-store',
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function json(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text ? JSON.parse(text) : undefined;
}
