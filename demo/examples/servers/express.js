import { env } from 'node:process';
import express from 'express';
import pg from 'pg';
import { clientSecret, createChektService } from 'chekt-connect/service';
import { toNodeHandler } from 'chekt-connect/service/node';
import { postgresStore } from 'chekt-connect/service/postgres';
import { identityOf, logIn, sessionOf } from './login.js';

const store = postgresStore(new pg.Pool({ connectionString: env.DATABASE_URL }));
await store.migrate();
const client = (name) => ({
  issuer: env[`${name}_ISSUER`],
  clientId: env[`${name}_CLIENT_ID`],
  auth: clientSecret(env[`${name}_SECRET`]), // or privateKeyJwt({ privateKey, keyId })
  audience: env[`${name}_AUDIENCE`],
});
const chekt = createChektService({
  origin: env.ORIGIN, // your own, as browsers see it: https://app.northwind.example
  platform: { name: 'Northwind Cloud' },
  partnerApi: { baseUrl: env.CHEKT_API }, // https://api.chekt.com
  dealerSignIn: {
    ...client('SIGN_IN'),
    scope: 'openid profile email offline_access read:dealer update:dealer',
  },
  platformClient: { ...client('PLATFORM'), scope: 'read:dealer read:sites' },
  authenticate: (_, { native }) => identityOf(native.session), // native: Express' own request
  store,
  encryptionKeys: [{ id: '1', key: env.CHEKT_KEY }], // 32 random bytes, base64url
});
await chekt.start();
for (const { level, setting, message, fix } of await chekt.check()) console.log(level, setting, message, fix);

const app = express();
app.use(express.json(), (request, _, next) => {
  request.session = sessionOf(request.headers.cookie); // your application has a session of its own
  next();
});
app.get('/login', (_, response) => response.set('Set-Cookie', logIn()).redirect('/'));
app.use(toNodeHandler(chekt));
app.use(express.static('public'), express.static('node_modules/chekt-connect/dist'));
app.listen(env.PORT ?? 3000);
