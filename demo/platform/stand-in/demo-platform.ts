import { Hono } from 'hono';
import type { CustomFetchOptions } from 'openid-client';
import { createPlatform, Sessions, type PlatformEnv } from '../index.js';
import { standInLogin } from './login.js';
import { reachRoute } from './reach.js';
import { sampleSignIn } from './sample-sign-in.js';

/** Northwind Cloud, the platform of the demo, for one run: a tester's own sessions and records. */
export function createDemoPlatform(at: {
  origin: string;
  sandboxOrigin: string;
  run: string;
}): Hono<PlatformEnv> {
  const prefix = at.run === 'default' ? '' : `/runs/${at.run}`;
  const basePath = `${prefix}/chekt`;
  const options = {
    origin: at.origin,
    basePath,
    platformName: 'Northwind Cloud',
    modes: ['service', 'browser'] as const, // the demo shows both; mount only the one that you use
    issuer: at.sandboxOrigin,
    audience: 'https://api.chekt.com/partner',
    apiBaseUrl: at.sandboxOrigin + prefix,
    clientId: 'northwind-platform',
    clientSecret: 'northwind-sample-secret',
    platformScope:
      'read:dealer create:sites read:sites update:sites delete:sites create:devices read:devices update:devices delete:devices',
    dealerScope: 'openid profile email offline_access read:dealer update:dealer',
    // The sandbox has one authorization server for all runs; the path tells it whose faults and settings to use.
    fetch: (url: string, init: CustomFetchOptions) =>
      fetch(url.replace(/\/(?=oauth\/(token|revoke)$)/, `${prefix}/`), init as RequestInit),
    upstreamTimeout: 6000, // shorter than an attempt of the element (8 s): it gets our 502 rather than nothing
  };
  const dealerApp = { clientId: 'acme-dashboard', clientSecret: 'acme-sample-secret' };
  const sessions = new Sessions(options);

  const app = new Hono<PlatformEnv>();
  app.route(
    '/',
    standInLogin({ ...options, sessions, account: 'adc-67890', sandboxOrigin: at.sandboxOrigin }),
  );
  app.route('/', sampleSignIn({ ...options, ...at, sessions }));
  app.route('/', createPlatform({ ...options, sessions }));
  app.route('/', reachRoute({ ...options, dealerApp, dealerIds: [12345, 23456] }));
  return app;
}
