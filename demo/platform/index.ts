/** The demo's platform, Northwind Cloud: a login, the service, and routes for testers. Read `service.ts` first. */
import { randomBytes } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import type { Store } from '../../src/service/index.js';
import type { Sandbox } from '../sandbox/index.js';
import { standInLogin, type LoginEnv } from './login.js';
import { createNorthwindService } from './service.js';
import { credentialsOf } from './stand-in/credentials.js';
import { reachRoute } from './stand-in/reach.js';
import { sampleSignIn } from './stand-in/sample-sign-in.js';
import type { Stores } from './stand-in/stores.js';

export interface PlatformOptions {
  readonly origin: string;
  readonly sandbox: Sandbox;
  readonly stores: Stores;
  /** Name of a tester's run. Each run has its own sessions and records. */
  readonly run: string;
}

export interface Platform {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  stop(): Promise<void>;
}

const ACCOUNT = 'adc-67890';

export async function createPlatform({ origin, sandbox, stores, run }: PlatformOptions): Promise<Platform> {
  const basePath = `${run === 'default' ? '' : `/runs/${run}`}/chekt`;
  const description = sandbox.describe(run);
  const chekt = credentialsOf(description);
  const encryptionKeys = [{ id: 'demo', key: randomBytes(32).toString('base64url') }];

  const begin = async (store: Store) => {
    const service = createNorthwindService({ origin, basePath, chekt, store, encryptionKeys });
    await service.start();
    const arranging = sampleSignIn({ controls: description.controls, store, encryptionKeys });
    return { service, arranging };
  };
  let now = await begin(await stores.open(run));

  const login = standInLogin({
    path: basePath,
    account: ACCOUNT,
    onLogout: (sessionId) => now.service.endSession({ sessionId }),
  });

  const app = new Hono<LoginEnv>();
  app.use(login.middleware);
  const demo = new Hono<LoginEnv>();
  demo.use(onlyOwnPages(origin));
  demo.get('/demo-session', (c) => {
    c.header('Cache-Control', 'no-store');
    const { partnerApi } = chekt;
    return c.json({ sandboxOrigin: sandbox.origin, apiBaseUrl: partnerApi.baseUrl });
  });
  demo.post('/demo-reset', async (c) => {
    await now.service.stop();
    now = await begin(await stores.renew(run));
    return c.body(null, 204);
  });
  demo.post('/demo-reconcile', async (c) => c.json(await now.service.reconcile()));
  demo.route('/', login.routes);
  demo.post('/demo-sign-in', (c, next) => now.arranging(c, next));
  demo.route('/', reachRoute(chekt));
  app.route(basePath, demo);
  app.all('*', (c) => now.service.fetch(c.req.raw, { native: c }));

  return { fetch: (request) => app.fetch(request), stop: () => now.service.stop() };
}

/** Only the demo's own pages may call the testers' routes, as with the service's routes. */
function onlyOwnPages(origin: string): MiddlewareHandler {
  return async (c, next) => {
    const site = c.req.header('Sec-Fetch-Site');
    const isOwn =
      (site === undefined || site === 'same-origin' || site === 'none') &&
      (c.req.method === 'GET' || c.req.header('Origin') === origin);
    if (!isOwn && /\/(demo-[a-z-]+|reach)$/.test(c.req.path))
      return c.json({ message: 'Only pages of this origin may call this route.' }, 403);
    await next();
  };
}
