/** The demo: the sandbox (a stand-in for CHeKT) and a platform with the element on its page, on two sites. */
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { createPlatform, type Platform } from './platform/index.js';
import { databaseStores, memoryStores, type Stores } from './platform/stand-in/stores.js';
import { createSandbox, type Sandbox } from './sandbox/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}.cache/demo`;
const dist = `${root}dist`;

export interface Demo {
  readonly url: string;
  readonly platformOrigin: string;
  readonly sandboxOrigin: string;
  close(): Promise<void>;
}

interface DemoOptions {
  readonly platformPort?: number;
  readonly sandboxPort?: number;
  /** Where the platform keeps its records. Default: in memory, for tests. */
  readonly stores?: Stores;
}

/** Port 0 takes any free one. */
export async function startDemo({
  platformPort = 5173,
  sandboxPort = 5174,
  stores = memoryStores(),
}: DemoOptions = {}): Promise<Demo> {
  // Each origin has to know the other, and port 0 is known only after listening: the pages come last.
  let app = new Hono().all((c) => c.text('Starting.', 503));
  const server = createAdaptorServer({ fetch: (request, env) => app.fetch(request, env) });
  await listen(server, platformPort).catch(explain);
  const platformOrigin = `http://localhost:${(server.address() as AddressInfo).port}`;
  try {
    const sandbox = await createSandbox({ port: sandboxPort, platformOrigins: [platformOrigin] });
    const platforms = new Map<string, Promise<Platform>>();
    app = createApp({ origin: platformOrigin, sandbox, stores, platforms });
    return {
      url: `${platformOrigin}/`,
      platformOrigin,
      sandboxOrigin: sandbox.origin,
      close: async () => {
        await stop(server);
        await Promise.all([...platforms.values()].map(async (platform) => (await platform).stop()));
        await Promise.all([sandbox.close(), stores.close()]);
      },
    };
  } catch (error) {
    await stop(server);
    return explain(error);
  }
}

function explain(error: unknown): never {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code !== 'EADDRINUSE') throw error;
  throw new Error(`Port ${port} is taken. Choose others with PLATFORM_PORT and SANDBOX_PORT.`, {
    cause: error,
  });
}

function listen(server: ServerType, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, 'localhost', resolve);
  });
}

function stop(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections(); // browsers keep theirs open
  });
}

interface Site {
  readonly origin: string;
  readonly sandbox: Sandbox;
  readonly stores: Stores;
  /** One for each run, from its first request on. */
  readonly platforms: Map<string, Promise<Platform>>;
}

function createApp({ platforms, ...site }: Site): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('Content-Security-Policy', contentSecurityPolicy(site.sandbox.origin, c.req.path));
    c.header('X-Content-Type-Options', 'nosniff');
    // a page with the element is of one account and one sign-in, and is not to come out of a cache
    if (c.res.headers.get('Content-Type')?.startsWith('text/html')) c.header('Cache-Control', 'no-store');
    if (!c.res.headers.has('Referrer-Policy')) {
      c.header('Referrer-Policy', 'strict-origin-when-cross-origin');
    }
  });

  const answer = async (run: string, request: Request) => {
    const platform = platforms.get(run) ?? createPlatform({ ...site, run });
    platforms.set(run, platform);
    return (await platform).fetch(request);
  };
  app.all('/chekt/*', (c) => answer('default', c.req.raw));
  app.all('/runs/:run{[a-z0-9-]{1,40}}/chekt/*', (c) => answer(c.req.param('run'), c.req.raw));

  app.use('/dist/*', serveStatic({ root: dist, rewriteRequestPath: (path) => path.slice('/dist'.length) }));
  app.use(serveStatic({ root: page }));
  return app;
}

/** Built with npm, the element has Lit's own policy, and some frameworks bring one. */
const policies: Readonly<Record<string, string>> = {
  '/examples/react/': 'lit-html',
  '/examples/vue/': 'lit-html vue',
  '/examples/svelte/': 'lit-html svelte-trusted-html',
};

/** The policy that SECURITY.md recommends to partners, with the sandbox in the place of CHeKT. */
function contentSecurityPolicy(sandboxOrigin: string, path: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${sandboxOrigin}`,
    `form-action 'self' ${sandboxOrigin}`,
    "base-uri 'none'",
    "frame-ancestors 'self'",
    "frame-src 'self'",
    "require-trusted-types-for 'script'",
    `trusted-types ${policies[path] ?? 'chekt-connect'}`,
  ].join('; ');
}

async function main(): Promise<void> {
  if (!existsSync(`${page}/index.html`) || !existsSync(`${dist}/chekt-connect.js`)) {
    throw new Error('There is no build yet. Run "npm start", which builds first, or "npm run build".');
  }
  const demo = await startDemo({
    platformPort: Number(process.env.PLATFORM_PORT ?? 5173),
    sandboxPort: Number(process.env.SANDBOX_PORT ?? 5174),
    stores: databaseStores(process.env.DATABASE_URL),
  });
  console.log(demo.url);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void demo.close().then(() => process.exit(0)));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
