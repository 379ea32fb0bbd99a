import fastify from 'fastify';
import pg from 'pg';
import { clientSecret, createChektService, privateKeyJwt } from 'chekt-connect/service';
import { toNodeHandler } from 'chekt-connect/service/node';
import { postgresStore } from 'chekt-connect/service/postgres';
import { identityOf, logIn, sessionOf } from '../login.js';

const { env } = process;
const store = postgresStore(new pg.Pool({ connectionString: env.DATABASE_URL }));
await store.migrate();

const chekt = createChektService({
  origin: env.ORIGIN,
  platform: { name: 'Northwind Cloud' },
  partnerApi: { baseUrl: env.CHEKT_API },
  dealerSignIn: {
    issuer: env.CHEKT_SIGN_IN_ISSUER,
    clientId: env.CHEKT_SIGN_IN_CLIENT_ID,
    auth: clientSecret(env.CHEKT_SIGN_IN_SECRET),
    audience: env.CHEKT_SIGN_IN_AUDIENCE,
    scope: 'openid profile email offline_access read:dealer update:dealer',
  },
  platformClient: {
    issuer: env.CHEKT_M2M_ISSUER,
    clientId: env.CHEKT_M2M_CLIENT_ID,
    auth: privateKeyJwt({ privateKey: env.CHEKT_M2M_KEY, keyId: env.CHEKT_M2M_KEY_ID }),
    audience: env.CHEKT_M2M_AUDIENCE,
    scope: env.CHEKT_M2M_SCOPE,
  },
  authenticate: (request) => identityOf(sessionOf(request.headers.get('Cookie'))),
  store,
  encryptionKeys: [{ id: '2026-11', key: env.CHEKT_ENCRYPTION_KEY }],
});
await chekt.start();

const app = fastify();
const handle = toNodeHandler(chekt);
app.get('/login', (_request, reply) => reply.header('Set-Cookie', logIn()).redirect('/'));
app.all('/chekt/*', async (request, reply) => {
  reply.hijack(); // the service answers by itself
  await handle(Object.assign(request.raw, { body: request.body }), reply.raw);
});
await app.listen({ port: Number(env.PORT) });
