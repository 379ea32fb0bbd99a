import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandbox, type Sandbox } from '../../demo/sandbox/index.js';
import {
  clientSecret,
  createChektService,
  privateKeyJwt,
  type ChektService,
  type ChektServiceOptions,
} from '../../src/service/index.js';
import { memoryStore } from '../../src/service/store/memory.js';
import { toNodeHandler } from '../../src/service/node.js';
import { Person } from './person.js';

export const DANA = 'dana@acme.example';
export const TOM = 'tom@acme.example';
export const MIRA = 'mira@harbor.example';
export const ACCOUNT = 'adc-67890';
export const OTHER_ACCOUNT = 'adc-11111';

export interface LogLine {
  readonly level: string;
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

type Changes = Partial<ChektServiceOptions>;

/** The sandbox, and as many platforms around it as a test needs. */
export async function startWorld() {
  const sandbox = await createSandbox({ platformOrigins: [] });
  const platforms: Platform[] = [];
  return {
    sandbox,
    /** A platform in a run of its own. */
    async platform(changes: Changes | ((defaults: ChektServiceOptions) => Changes) = {}, run = newRun()) {
      const platform = await Platform.start(sandbox, run, changes);
      platforms.push(platform);
      return platform;
    },
    async close() {
      await Promise.all(platforms.map((platform) => platform.close()));
      await sandbox.close();
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

export function newRun(): string {
  return `t-${randomUUID()}`.slice(0, 40);
}

export const newKey = (id = 'k1') => ({ id, key: randomBytes(32).toString('base64url') });

/** One platform with the service mounted, on a port of its own. */
export class Platform {
  readonly sandbox: Sandbox;
  readonly run: string;
  readonly origin: string;
  readonly options: ChektServiceOptions;
  readonly chekt: ChektService;
  readonly log: LogLine[];
  readonly #server: Server;

  private constructor(
    server: Server,
    parts: Pick<Platform, 'sandbox' | 'run' | 'origin' | 'options' | 'chekt' | 'log'>,
  ) {
    this.#server = server;
    this.sandbox = parts.sandbox;
    this.run = parts.run;
    this.origin = parts.origin;
    this.options = parts.options;
    this.chekt = parts.chekt;
    this.log = parts.log;
  }

  static async start(
    sandbox: Sandbox,
    run: string,
    changes: Changes | ((defaults: ChektServiceOptions) => Changes),
  ): Promise<Platform> {
    let handler: RequestListener = (_request, response) => void response.writeHead(503).end();
    const server = createServer((request, response) => handler(request, response));
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    const log: LogLine[] = [];
    const defaults = sampleOptions(sandbox, { run, origin, log });
    const options = { ...defaults, ...(typeof changes === 'function' ? changes(defaults) : changes) };
    const chekt = createChektService(options);
    const handle = toNodeHandler(chekt);
    handler = (request, response) => {
      void handle(request, response, () => void response.writeHead(200).end('<title>a page</title>'));
    };
    return new Platform(server, { sandbox, run, origin, options, chekt, log });
  }

  /** Another process of the same platform: the same store and origin, a service of its own. */
  again(changes: Changes = {}): ChektService {
    return createChektService({ ...this.options, ...changes });
  }

  person(login: Partial<Login> = {}): Person<Platform> {
    return new Person(this, login);
  }

  /** The sandbox's control API. */
  async control(method: string, path: string, json?: unknown) {
    const response = await fetch(`${this.sandbox.origin}/sandbox/runs/${this.run}${path}`, {
      method,
      ...(json === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(json) }),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  fault(...faults: object[]): Promise<void> {
    return this.control('PUT', '/faults', { faults });
  }

  switch(switches: object): Promise<void> {
    return this.control('PUT', '/switches', switches);
  }

  /** What CHeKT has, in the order it was recorded. */
  async bound(): Promise<{ dealerId: number; externalDealerId: string }[]> {
    return this.control('GET', '/bindings');
  }

  async calls(path: RegExp, method?: string) {
    const entries: {
      method: string;
      path: string;
      operation: string | null;
      status: number | null;
      idempotencyKey: string | null;
      caller: string | null;
      traceId: string | null;
    }[] = await this.control('GET', '/log');
    return entries.filter(
      (entry) => path.test(entry.path) && (method === undefined || entry.method === method),
    );
  }

  warnings(): string[] {
    return this.log.filter(({ level }) => level === 'warn').map(({ message }) => message);
  }

  async close(): Promise<void> {
    await this.chekt.stop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** The platform's own login, as a cookie that says it all. */
export interface Login {
  readonly sessionId: string | undefined;
  readonly actor: string;
  /** The first is the session's own account. */
  readonly accounts: readonly string[];
  readonly may?: readonly ('connect' | 'disconnect')[];
}

export function loginCookie(login: Login): string {
  return `login=${Buffer.from(JSON.stringify(login)).toString('base64url')}`;
}

function readLogin(request: Request): Login | null {
  const value = /(?:^|; )login=([^;]+)/.exec(request.headers.get('Cookie') ?? '')?.[1];
  return value === undefined ? null : JSON.parse(Buffer.from(value, 'base64url').toString());
}

export function sampleOptions(
  sandbox: Pick<Sandbox, 'describe'>,
  { run, origin, log }: { run: string; origin: string; log: LogLine[] },
): ChektServiceOptions {
  const { partnerApi, signIn, m2m } = sandbox.describe(run);
  const dealerClient = signIn.clients.find(({ id }) => id === 'northwind-sign-in');
  const machine = m2m.clients.find(({ id }) => id === 'northwind-m2m');
  assert.ok(machine?.privateKey !== undefined && machine.keyId !== undefined && dealerClient);
  const write = (level: string) => (fields: object, message: string) =>
    void log.push({ level, fields: fields as Record<string, unknown>, message });
  return {
    origin,
    basePath: `/runs/${run}/chekt`,
    platform: { name: 'Northwind Cloud' },
    partnerApi,
    dealerSignIn: {
      issuer: signIn.issuer,
      server: signIn.server as typeof signIn.server & { authorization_endpoint: string },
      clientId: dealerClient.id,
      auth: clientSecret(dealerClient.secret),
      audience: signIn.audience,
      scope: signIn.scope,
    },
    platformClient: {
      issuer: m2m.issuer,
      server: m2m.server,
      clientId: machine.id,
      auth: privateKeyJwt({ privateKey: machine.privateKey, keyId: machine.keyId }),
      audience: m2m.audience,
      scope: m2m.scope,
    },
    authenticate: (request, { externalDealerId }) => {
      const login = readLogin(request);
      if (!login) return null;
      const { sessionId, actor, accounts, may } = login;
      const own = accounts[0] ?? ACCOUNT;
      return {
        externalDealerId: accounts.includes(externalDealerId ?? own) ? (externalDealerId ?? own) : own,
        accountName: 'Acme, Springfield',
        actor: { id: actor, name: `${actor} at Northwind` },
        ...(sessionId === undefined ? {} : { sessionId }),
        ...(may === undefined ? {} : { may }),
      };
    },
    store: memoryStore(),
    encryptionKeys: [newKey()],
    modes: ['service', 'browser'],
    logger: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
  };
}

/** Waits for something that happens after an answer. */
export async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await check())) {
    assert.ok(Date.now() < deadline, `still not so: ${check}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
