import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContext } from 'playwright-core';
import { launchChromium } from '../browsers/chromium.js';
import { built, root } from '../package/built.js';
import { bundle } from './bundle.js';
import { ServiceStub, type ReceivedRequest } from './service-stub.js';

/** A page of a partner, at any path. */
export interface HostPage {
  /** Bytes as they go over the wire: some pages are not in UTF-8. */
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Visit {
  readonly context: BrowserContext;
  readonly origin: string;
  /** The requests that the service has received in this visit. */
  readonly requests: readonly ReceivedRequest[];
  /** The page at each path; a function gets the request. */
  readonly pages: Map<string, HostPage | ((request: IncomingMessage) => HostPage)>;
}

/** A partner's site with the built script-tag file, the npm packages of its page and its service, and a browser to open it in. */
export class Site {
  readonly #browser: Browser;
  constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async open(): Promise<Site> {
    return new Site(await launchChromium({ args: ['--lang=en'] }));
  }

  /** Runs a visit, which has a server, cookies and a service of its own. */
  async visit<T>(
    options: Parameters<Browser['newContext']>[0],
    run: (visit: Visit) => Promise<T>,
  ): Promise<T> {
    const service = new ServiceStub();
    const pages: Visit['pages'] = new Map();
    const server = createServer((request, response) => {
      void answer(request, response, { service, pages });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const context = await this.#browser.newContext({ locale: 'en-US', ...options });
    context.setDefaultTimeout(20_000);
    try {
      const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
      return await run({ context, origin, pages, requests: service.requests });
    } finally {
      await context.close();
      server.closeAllConnections();
      server.close();
    }
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { service, pages }: { service: ServiceStub; pages: Visit['pages'] },
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://host');
  const javascript = (code: string, charset = '; charset=utf-8') =>
    response.setHeader('Content-Type', `text/javascript${charset}`).end(code);
  const page = pages.get(pathname);
  if (page) {
    const { body, headers = {} } = typeof page === 'function' ? page(request) : page;
    for (const [name, value] of Object.entries({ 'Content-Type': 'text/html', ...headers })) {
      response.setHeader(name, value);
    }
    response.end(body);
  } else if (pathname.startsWith('/chekt/')) {
    await service.answer(request, response);
  }
  // without a charset, as many servers send it: the file has to be independent of the encoding of the page
  else if (pathname.startsWith('/dist/')) javascript(built(pathname.slice('/dist/'.length)), '');
  else if (pathname.startsWith('/bundle/')) javascript(await bundle(pathname.slice('/bundle/'.length)));
  else if (pathname.startsWith('/npm/')) {
    const file = `${root}node_modules/${pathname.slice('/npm/'.length)}`;
    if (existsSync(file)) javascript(readFileSync(file, 'utf8'));
    else response.writeHead(404).end();
  } else response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
}
