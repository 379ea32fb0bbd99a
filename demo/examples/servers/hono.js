import { env } from 'node:process';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import { clientSecret, createChektService, privateKeyJwt } from 'chekt-connect/service';
import { postgresStore } from 'chekt-connect/service/postgres';
import { identityOf, logIn, sessionOf } from './login.js';

const store = postgresStore(new pg.Pool({ connectionString: env.DATABASE_URL }));
await store.migrate();

const chekt = createChektService({
  origin: env.ORIGIN,
  platform: { name: 'Northwind Cloud' },
  partnerApi: { baseUrl: env.CHEKT_API },
  dealerSignIn: {
    issuer: env.SIGN_IN_ISSUER,
    clientId: env.SIGN_IN_CLIENT_ID,
    auth: clientSecret(env.SIGN_IN_SECRET),
    audience: env.SIGN_IN_AUDIENCE,
    scope: 'openid profile email offline_access read:dealer update:dealer',
  },
  platformClient: {
    issuer: env.PLATFORM_ISSUER,
    clientId: env.PLATFORM_CLIENT_ID,
    auth: privateKeyJwt({ privateKey: env.PLATFORM_KEY, keyId: env.PLATFORM_KEY_ID }),
    audience: env.PLATFORM_AUDIENCE,
    scope: 'read:dealer read:sites',
  },
  authenticate: (request) => identityOf(sessionOf(request.headers.get('Cookie'))),
  store,
  encryptionKeys: [{ id: '1', key: env.CHEKT_KEY }],
});
await chekt.start();

const app = new Hono();
app.get('/login', (c) => c.body(null, 302, { Location: '/', 'Set-Cookie': logIn() }));
app.all('/chekt/*', (c) => chekt.fetch(c.req.raw, { native: c }));
serve({ fetch: app.fetch, port: Number(env.PORT) });
