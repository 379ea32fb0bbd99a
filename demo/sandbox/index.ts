import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createAuthorizationServer } from './oauth/authorization-server.js';
import { createControlApi } from './control/control-api.js';
import { PlatformOrigins } from './partner-api/cors.js';
import { createOAuthEndpoint } from './oauth/oauth-endpoint.js';
import type { NodeEnv } from './partner-api/partner-api.js';
import { createPartnerApi } from './partner-api/partner-api.js';
import type { Clock } from './partner-api/rate-limit.js';
import { createSignInPages } from './sign-in/sign-in-pages.js';
import { createSigningKey } from './oauth/signing-key.js';
import { IssuedTokens } from './oauth/issued-tokens.js';
import type { Run } from './store/run.js';
import { Runs } from './store/runs.js';
import { AccessTokens } from './oauth/access-tokens.js';

export interface SandboxOptions {
  /** 0 or none: any free port. */
  readonly port?: number | undefined;
  /** The origins of the platform's pages, which may call the Partner API and the controls from a browser. */
  readonly platformOrigins: readonly string[];
  /** The clock of rate limits and idempotency keys, in milliseconds. */
  readonly now?: Clock | undefined;
}

export interface Sandbox {
  readonly origin: string;
  /** Lets the pages of one more origin in; for a platform whose port is known only later. */
  allowOrigin(origin: string): void;
  close(): Promise<void>;
}

const PROVIDER_PATHS = /^\/(?:authorize|oauth|\.well-known)(?:[/?]|$)/;

/** Starts a stand-in for CHeKT on a loopback port: authorization server, Partner API, faults and controls. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const runs = new Runs(options.now ?? Date.now);
  const origins = new PlatformOrigins(options.platformOrigins);
  const issued = new IssuedTokens();
  const key = await createSigningKey();
  const tokens = new AccessTokens(origin, key, issued);
  const runOfRequest = new WeakMap<IncomingMessage, Run>();
  const provider = createAuthorizationServer(origin, key, issued, (request) => runOfRequest.get(request));

  const authorize = provider.callback();
  const answerOAuth = createOAuthEndpoint(runs, runOfRequest, authorize);
  const app = new Hono<NodeEnv>()
    .route('/', createPartnerApi(runs, tokens, origins))
    .route('/', createSignInPages(provider));
  const control = createControlApi({ runs, tokens, issued, provider, origins });
  app.all('/sandbox/*', (c) => control.fetch(c.req.raw, c.env));
  const answer = getRequestListener(app.fetch);

  server.on('request', async (request, response) => {
    if (await answerOAuth(request, response)) return;
    if (PROVIDER_PATHS.test(request.url ?? '')) authorize(request, response);
    else await answer(request, response);
  });

  return {
    origin,
    allowOrigin: (added) => origins.add(added),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
