import assert from 'node:assert/strict';
import { createServer, IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import express, { type Express } from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { serve } from '@hono/node-server';
import { memoryStore } from '../../src/service/store/memory.js';
import {
  type ChektService,
  clientSecret,
  createChektService,
  privateKeyJwt,
  toRouteHandlers,
} from '../../src/service/index.js';
import { toNodeHandler } from '../../src/service/node.js';
import { ACCOUNT, DANA, loginCookie, startWorld, type Login, type Platform, type World } from './world.js';

type Stop = () => Promise<void>;

describe('the service in every kind of server', () => {
  let world: World;
  const stops: Stop[] = [];
  before(async () => void (world = await startWorld()));
  after(async () => {
    await Promise.all(stops.map((stop) => stop()));
    await world.close();
  });

  async function listen(handler: RequestListener): Promise<string> {
    const server = createServer(handler);
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    stops.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  }

  const login: Login = { sessionId: 's', actor: 'u1', accounts: [ACCOUNT] };

  /** Tries the service behind another server. The sign-in goes through the test's own platform. */
  async function tryAt(origin: string, platform: Platform) {
    const base = origin + platform.options.basePath;
    const headers = { Cookie: loginCookie(login), Origin: platform.origin, 'Sec-Fetch-Site': 'same-origin' };
    const token = await fetch(`${base}/token?reason=initial`, { headers });
    assert.equal(token.status, 200);
    const connect = await fetch(`${base}/partner/v1/dealers/connect`, {
      method: 'PUT',
      headers: {
        ...headers,
        'Content-Type': 'application/json',
        'Idempotency-Key': crypto.randomUUID(),
        'Chekt-Sign-In': (await token.json()).sign_in_id,
      },
      body: JSON.stringify({ external_dealer_id: ACCOUNT, company_name: 'Acmé Security' }),
    });
    assert.equal(connect.status, 200, await connect.clone().text());
    const session = await (await fetch(`${base}/session`, { headers })).json();
    assert.equal(session.bindingStatus, 'connected');
    const disconnect = await fetch(
      `${base}/partner/v1/dealers/12345/disconnect?external_dealer_id=${ACCOUNT}`,
      {
        method: 'PUT',
        headers: { ...headers, 'Idempotency-Key': crypto.randomUUID() },
      },
    );
    assert.equal(disconnect.status, 200);
    assert.equal((await fetch(`${base}/nothing`, { headers })).status, 404);
    const crossSite = await fetch(`${base}/session`, {
      headers: { ...headers, 'Sec-Fetch-Site': 'cross-site' },
    });
    assert.equal(crossSite.status, 403);
  }

  async function signedIn() {
    const natives: unknown[] = [];
    const platform = await world.platform(({ authenticate }) => ({
      authenticate: (request, context) => {
        natives.push(context.native);
        return authenticate(request, context);
      },
    }));
    await platform.person(login).signIn(DANA);
    natives.length = 0;
    return { platform, natives };
  }

  for (const [name, mount] of [
    ['plain', (app: Express, chekt: ChektService) => app.use(toNodeHandler(chekt))],
    [
      'behind express.json()',
      (app: Express, chekt: ChektService) => app.use(express.json(), toNodeHandler(chekt)),
    ],
    [
      'under a mount',
      (app: Express, chekt: ChektService) => app.use('/runs', express.json(), toNodeHandler(chekt)),
    ],
    ['as a route', (app: Express, chekt: ChektService) => app.all('/runs/*path', toNodeHandler(chekt))],
    [
      'behind express.text()',
      (app: Express, chekt: ChektService) => app.use(express.text({ type: '*/*' }), toNodeHandler(chekt)),
    ],
  ] as const) {
    it(`runs in Express, ${name}`, async () => {
      const { platform, natives } = await signedIn();
      const app = express();
      app.use((request, _response, next) => {
        Object.assign(request, { session: { userId: 7 } });
        next();
      });
      mount(app, platform.chekt);
      app.use((request, response) => void response.send(`next ${request.url}`));
      const origin = await listen(app);
      await tryAt(origin, platform);
      assert.equal((natives[0] as { session: { userId: number } }).session.userId, 7);
      assert.equal(await (await fetch(`${origin}/page?x=1`)).text(), 'next /page?x=1');
    });
  }

  it('runs in Fastify, through a hijacked reply', async () => {
    const { platform, natives } = await signedIn();
    const app = fastify();
    app.decorateRequest('session', null);
    app.addHook('onRequest', async (request) => void Object.assign(request, { session: { userId: 7 } }));
    const handle = toNodeHandler(platform.chekt);
    app.all(`${platform.options.basePath}/*`, async (request, reply) => {
      reply.hijack();
      await handle(request.raw, reply.raw, { native: request, body: request.body });
    });
    app.get('/page', async () => 'a page');
    const origin = await app.listen({ port: 0, host: 'localhost' });
    stops.push(() => app.close());
    await tryAt(origin, platform);
    assert.ok(natives.length > 0);
    for (const native of natives) assert.equal((native as { session: { userId: number } }).session.userId, 7);
    assert.equal(await (await fetch(`${origin}/page`)).text(), 'a page');
  });

  it('runs in node:http, and answers 404 outside basePath', async () => {
    const { platform, natives } = await signedIn();
    const handle = toNodeHandler(platform.chekt);
    const origin = await listen((request, response) => void handle(request, response));
    await tryAt(origin, platform);
    assert.ok(natives[0] instanceof IncomingMessage);
    assert.equal((await fetch(`${origin}/page`)).status, 404);
  });

  it('runs in Hono', async () => {
    const { platform, natives } = await signedIn();
    const app = new Hono();
    app.all('/runs/*', (c) => platform.chekt.fetch(c.req.raw, { native: c }));
    app.get('/page', (c) => c.text('a page'));
    const server = serve({ fetch: app.fetch, port: 0, hostname: 'localhost' });
    await new Promise((resolve) => server.once('listening', resolve));
    stops.push(() => new Promise((resolve) => server.close(() => resolve())));
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    await tryAt(origin, platform);
    assert.ok(natives[0]);
    assert.equal(await (await fetch(`${origin}/page`)).text(), 'a page');
  });

  it('runs as route handlers, as in Next.js, and with waitUntil, as in Workers', async () => {
    const { platform } = await signedIn();
    const { GET, PUT, POST } = toRouteHandlers(platform.chekt);
    const headers = { Cookie: loginCookie(login), Origin: platform.origin };
    const at = (path: string, init: RequestInit = {}) =>
      new Request(`http://internal:3000${platform.options.basePath}${path}`, { headers, ...init });
    assert.equal((await GET(at('/token'))).status, 200);
    assert.equal((await POST(at('/bindings', { method: 'POST', body: '{}' }))).status, 400);
    const answer = await PUT(at('/partner/v1/dealers/1/disconnect', { method: 'PUT' }));
    assert.equal(answer.status, 400); // no key

    const waited: Promise<unknown>[] = [];
    const { fetch } = platform.chekt; // bound
    const { sign_in_id } = await (await fetch(at('/token'))).json();
    const connect = at('/partner/v1/dealers/connect', {
      method: 'PUT',
      headers: { ...headers, 'Idempotency-Key': crypto.randomUUID(), 'Chekt-Sign-In': sign_in_id },
      body: JSON.stringify({ external_dealer_id: ACCOUNT, company_name: 'Acme' }),
    });
    assert.equal((await fetch(connect, { waitUntil: (work) => void waited.push(work) })).status, 200);
    assert.equal(waited.length, 3);
    await Promise.all(waited);
    assert.equal((await fetch(new Request('http://internal:3000/elsewhere'))).status, 404);
  });

  it('trusts neither Host nor X-Forwarded-Host for the redirect URI', async () => {
    const { platform } = await signedIn();
    const request = new Request(`http://evil.example${platform.options.basePath}/authorize`, {
      headers: { Cookie: loginCookie(login), 'X-Forwarded-Host': 'evil.example' },
    });
    const answer = await platform.chekt.fetch(request);
    const { searchParams } = new URL(answer.headers.get('Location') ?? '');
    assert.ok(searchParams.get('redirect_uri')?.startsWith(`${platform.origin}/`));
  });
});

describe('options', () => {
  it('are refused with a message that names them and quotes no value', async () => {
    const world = await startWorld();
    const { options } = await world.platform();
    const refuses = (changes: object, words: RegExp) => {
      const wrong = { ...options, ...changes } as typeof options;
      assert.throws(
        () => createChektService(wrong),
        (error: unknown) => {
          assert.ok(error instanceof TypeError);
          assert.match(error.message, words);
          assert.doesNotMatch(error.message, /sample-secret/);
          return true;
        },
      );
    };
    refuses({ origin: 'https://app.example/path' }, /origin must be the platform's own origin/);
    refuses({ origin: 'http://app.example' }, /origin must be/);
    refuses({ basePath: 'chekt/' }, /basePath must be a path such as \/chekt/);
    refuses({ platform: undefined }, /platform must be \{ name \}/);
    refuses(
      { partnerApi: { baseUrl: 'https://api.chekt.com/partner/v1' } },
      /must be the part before \/partner\/v1/,
    );
    refuses(
      { dealerSignIn: { ...options.dealerSignIn, auth: 'sample-secret' } },
      /dealerSignIn.auth must be clientSecret/,
    );
    refuses(
      {
        dealerSignIn: { ...options.dealerSignIn, auth: clientSecret(undefined) },
        platformClient: { ...options.platformClient, auth: privateKeyJwt({ privateKey: '' }) },
      },
      /dealerSignIn.auth has no secret or key; .*; platformClient.auth has no secret or key/,
    );
    refuses(
      { platformClient: { ...options.platformClient, issuer: 'http://login.example' } },
      /platformClient.issuer must be an https URL/,
    );
    refuses(
      { dealerSignIn: { ...options.dealerSignIn, server: { token_endpoint: options.dealerSignIn.issuer } } },
      /authorization_endpoint/,
    );
    refuses({ authenticate: undefined }, /authenticate must be a function/);
    refuses({ store: undefined }, /store must be a store/);
    refuses({ encryptionKeys: [] }, /encryptionKeys must hold at least one key/);
    refuses({ encryptionKeys: [{ id: 'k', key: 'sample-secret' }] }, /encryptionKeys.0.key must be 32 bytes/);
    refuses({ modes: ['both'] }, /modes.0 must be 'service' or 'browser'/);
    refuses({ logger: {} }, /logger must have the methods warn and error/);
    refuses({ store: memoryStore(), origin: 'https://app.example' }, /memory/);
    await world.close();
  });
});
