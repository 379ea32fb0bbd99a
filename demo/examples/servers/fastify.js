import { env } from 'node:process';
import fastify from 'fastify';
import pg from 'pg';
import { clientSecret, createChektService, privateKeyJwt } from 'chekt-connect/service';
import { toNodeHandler } from 'chekt-connect/service/node';
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
  authenticate: (_, { native }) => identityOf(native.session), // native: Fastify's own request
  store,
  encryptionKeys: [{ id: '1', key: env.CHEKT_KEY }],
});
await chekt.start();

const app = fastify();
const handle = toNodeHandler(chekt);
app.addHook('onRequest', async (request) => void (request.session = sessionOf(request.headers.cookie)));
app.get('/login', (_request, reply) => reply.header('Set-Cookie', logIn()).redirect('/'));
app.all('/chekt/*', async (request, reply) => {
  reply.hijack(); // the service answers by itself
  await handle(request.raw, reply.raw, { native: request, body: request.body });
});
await app.listen({ port: Number(env.PORT) });
