import {
  clientSecret,
  createChektService,
  type ChektService,
  type ChektServiceOptions,
  type HookEvent,
} from '../../../src/service/index.js';
import type { Store } from '../../../src/service/store/store.js';
import { Process, type Gates } from './gates.js';
import { API } from './model/chekt.js';
import { AUTHORIZE, ISSUER, REVOKE, TOKEN } from './model/issuer.js';

/** Where the model of CHeKT and of its issuer is; nobody listens there. */
export const MODEL = 'http://127.0.0.1:9';
export const ORIGIN = 'http://localhost:3000';
export const BASE = `${ORIGIN}/chekt`;
export const ACCOUNTS = ['adc-1', 'adc-2'] as const;
const KEY = { id: 'k1', key: Buffer.alloc(32, 7).toString('base64url') };

/** A service that talks to the model; the login is a header, `{actor}/{session}`, that may act for every account. */
export function modelOptions(store: Store): ChektServiceOptions {
  const client = { issuer: ISSUER, auth: clientSecret('the-client-secret') };
  const server = { authorization_endpoint: AUTHORIZE, token_endpoint: TOKEN, revocation_endpoint: REVOKE };
  const quiet = () => undefined;
  return {
    origin: ORIGIN,
    platform: { name: 'Northwind Cloud' },
    partnerApi: { baseUrl: API },
    dealerSignIn: { ...client, server, clientId: 'sign-in', scope: 'openid profile' },
    platformClient: { ...client, server, clientId: 'm2m', scope: 'read:dealer' },
    authenticate: (request, { externalDealerId }) => {
      const login = request.headers.get('X-Login');
      if (login === null) return null;
      const [actor = '', sessionId = ''] = login.split('/');
      return { externalDealerId: externalDealerId ?? ACCOUNTS[0], sessionId, actor: { id: actor } };
    },
    store,
    encryptionKeys: [KEY],
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    limits: { perMinute: 1_000 },
  };
}

interface Instance {
  readonly process: Process;
  readonly chekt: ChektService;
}

/** Two instances of the service over one store, each of which can be killed and restarted. */
export class Platform {
  readonly #gates: Gates;
  readonly #store: Store;
  readonly #instances: Instance[] = [];
  #lives = 0;
  /** The events that the hooks received, in order. */
  readonly told: HookEvent[] = [];
  /** How many of the next hooks fail. */
  failingHooks = 0;

  constructor(gates: Gates, store: Store) {
    this.#gates = gates;
    this.#store = store;
    for (const index of [0, 1]) this.#instances[index] = this.#start(index);
  }

  /** Lets one instance do something. Resolves with 'dead' if it was killed before it had an answer. */
  use<T>(index: number, work: (chekt: ChektService) => Promise<T>): Promise<T | 'dead'> {
    const { process, chekt } = this.#instances[index]!;
    return this.#gates.run(process, () => work(chekt));
  }

  /** A request through the load balancer. An answer that comes is the last step of it. */
  request(index: number, request: Request): Promise<Response | 'dead'> {
    return this.use(index, async (chekt) => {
      const response = await chekt.fetch(request);
      await this.#gates.wait('the answer leaves');
      return response;
    });
  }

  kill(index: number, arrives: () => boolean): void {
    this.#gates.kill(this.#instances[index]!.process, arrives);
    this.#instances[index] = this.#start(index);
  }

  #start(index: number): Instance {
    const process = new Process(`instance ${index}, life ${(this.#lives += 1)}`);
    const hear = (event: HookEvent) => {
      if (process.isDead) return;
      if (this.failingHooks-- > 0) throw new Error('The hook fails.');
      this.told.push(event);
    };
    const chekt = createChektService({
      ...modelOptions(this.#gated(process)),
      on: { connected: hear, disconnected: hear, lost: hear, unreachable: hear, failed: hear },
      clock: () => Date.now(),
    });
    return { process, chekt };
  }

  /** Makes each store operation a step. Once begun, it is carried out even if the process dies meanwhile. */
  #gated(process: Process): Store {
    return new Proxy(this.#store, {
      get: (store, name: keyof Store) => {
        const value = store[name];
        if (typeof value !== 'function' || name === 'checkOrigin') return value;
        return async (request: never) => {
          await this.#gates.wait(name);
          const done = (value as (request: never) => Promise<unknown>).call(store, request);
          const answer = await this.#gates.track(done);
          return process.isDead ? new Promise(() => undefined) : answer;
        };
      },
    });
  }
}
