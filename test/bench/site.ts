import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { built } from '../package/built.js';
import { fullDealer } from '../support/dealer.js';
import { pageScripts, scriptFile } from './build.js';

/** Milliseconds until the bench's Partner API answers. */
export const ANSWER_TIME = 20;

/** A platform's server with pages, scripts and a service, and the Partner API on an origin of its own. */
export interface Site {
  /** Serves this HTML and returns its address. */
  page(html: string): string;
  /** The origin of the Partner API. */
  readonly api: string;
  close(): Promise<void>;
}

export async function startSite(): Promise<Site> {
  const pages: string[] = [];
  const scripts = new Map([['/chekt-connect.js', built('chekt-connect.js')]]);
  for (const name of pageScripts) scripts.set(`/${name}.js`, readFileSync(scriptFile(name), 'utf8'));
  const send = (response: ServerResponse, type: string, body: string) =>
    response.setHeader('Content-Type', `${type}; charset=utf-8`).end(body);

  const connect: RequestListener = async (request, response) => {
    request.resume();
    await setTimeout(ANSWER_TIME);
    send(response, 'application/json', JSON.stringify(fullDealer));
  };
  const platform = await listen((request, response) => {
    const { method, url = '/' } = request;
    response.setHeader('Cache-Control', 'no-store');
    const script = scripts.get(url);
    const page = pages[Number(/^\/page\/(\d+)$/.exec(url)?.[1])];
    if (method === 'PUT') connect(request, response);
    else if (script !== undefined) send(response, 'text/javascript', script);
    else if (page !== undefined) send(response, 'text/html', page);
    else response.writeHead(404).end();
  });
  const api = await listen((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    if (request.method === 'PUT') return connect(request, response);
    response.setHeader('Access-Control-Allow-Methods', 'PUT');
    response.setHeader(
      'Access-Control-Allow-Headers',
      request.headers['access-control-request-headers'] ?? '',
    );
    response.writeHead(204, { 'Access-Control-Max-Age': '600' }).end();
  });

  return {
    page(html) {
      const known = pages.indexOf(html);
      return `${platform.origin}/page/${known < 0 ? pages.push(html) - 1 : known}`;
    },
    api: api.origin,
    close: async () => void (await Promise.all([platform.close(), api.close()])),
  };
}

async function listen(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
