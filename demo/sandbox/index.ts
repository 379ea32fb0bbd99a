import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createControlApi } from './control/control-api.js';
import { describeSandbox, type SandboxDescription } from './description.js';
import type { Exchange } from './exchange/exchange.js';
import { AccessTokens } from './oauth/access-tokens.js';
import { createAuthorizationServer } from './oauth/authorization-server.js';
import { IssuedTokens } from './oauth/issued-tokens.js';
import { createIssuer } from './oauth/issuers.js';
import { createOAuthEndpoint } from './oauth/oauth-endpoint.js';
import { createIssuerRoutes } from './oauth/issuer-routes.js';
import { PlatformOrigins } from './partner-api/cors.js';
import type { NodeEnv } from './partner-api/partner-api.js';
import { createPartnerApi } from './partner-api/partner-api.js';
import type { Clock } from './partner-api/rate-limit.js';
import { RedirectUris } from './sample-data/redirect-uris.js';
import { createSignInPages } from './sign-in/sign-in-pages.js';
import { Runs } from './store/runs.js';

export interface SandboxOptions {
  /** 0 or undefined takes any free port. */
  readonly port?: number | undefined;
  /** The origins of the platform's pages, which may call the Partner API and the controls from a browser. */
  readonly platformOrigins: readonly string[];
  /** Redirect URIs to register on top of `/chekt/callback` on any port of a loopback host. */
  readonly redirectUris?: readonly string[] | undefined;
  /** The clock of rate limits and idempotency keys, in milliseconds. */
  readonly now?: Clock | undefined;
}

export interface Sandbox {
  readonly origin: string;
  /** The settings for a platform in a run (`default` if none is given). */
  describe(run?: string): SandboxDescription;
  /** Admits the pages of another origin, for a platform whose port is known only later. */
  allowOrigin(origin: string): void;
  close(): Promise<void>;
}

/** Starts a stand-in for CHeKT on a loopback port: authorization servers, Partner API, faults and controls. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const runs = new Runs(options.now ?? Date.now);
  const origins = new PlatformOrigins(options.platformOrigins);
  const redirectUris = new RedirectUris(options.redirectUris ?? []);
  const issued = new IssuedTokens();
  const issuers = {
    'sign-in': await createIssuer('sign-in', origin),
    m2m: await createIssuer('m2m', origin),
  };
  const tokens = new AccessTokens(Object.values(issuers), issued);
  const exchanges = new WeakMap<IncomingMessage, Exchange>();
  const exchangeOf = (request: IncomingMessage) => exchanges.get(request);
  const shared = { issued, runs, redirectUris, exchangeOf };
  const provider = createAuthorizationServer({ ...shared, issuer: issuers['sign-in'] });
  const machines = createAuthorizationServer({ ...shared, issuer: issuers.m2m });
  const listeners = { 'sign-in': provider.callback(), m2m: machines.callback() };

  const answerOAuth = createOAuthEndpoint(runs, { listeners, exchanges });
  const answerIssuer = createIssuerRoutes(runs, listeners);
  const app = new Hono<NodeEnv>()
    .route('/', createPartnerApi(runs, tokens, origins))
    .route('/', createSignInPages(provider));
  const control = createControlApi({ runs, tokens, issued, provider, origins, origin });
  app.all('/sandbox/*', (c) => control.fetch(c.req.raw, c.env));
  const answer = getRequestListener(app.fetch);

  server.on('request', async (request, response) => {
    if (await answerOAuth(request, response)) return;
    if (!answerIssuer(request, response)) await answer(request, response);
  });

  return {
    origin,
    describe: (run = 'default') => describeSandbox(origin, run),
    allowOrigin: (added) => origins.add(added),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
