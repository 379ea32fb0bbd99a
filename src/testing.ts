/**
 * For the unit tests of a page that embeds `<chekt-connect>`: stand-ins for the platform's service, a token source and the Partner
 * API, with the outcomes that a host has to handle. In browsers and Node (Vitest, Jest; jsdom, happy-dom). Nothing is sent.
 */
import type { ChektConnectElement } from './element/chekt-connect-element.js';
import type { ChektConnectEventMap } from './element/events.js';
import type { GetAccessToken } from './authorization/token-provider.js';
import { parseDealer } from './partner-api/dealer.js';
import type { TokenResponse } from './authorization/token-response.js';
import type { Account } from './session/effects/load-account.js';

/**
 * How the Partner API answers a connect or disconnect:
 * `connected` does it; `lost-answer` does it, but no answer arrives for as long as this outcome is set; `refused` is a 403;
 * `conflict` a 409, the company is connected elsewhere; `rate-limited` a 429 with `Retry-After: 60`; `slow` does it after `delay`.
 */
export type StubbedOutcome = 'connected' | 'lost-answer' | 'refused' | 'conflict' | 'rate-limited' | 'slow';

/** One request that the element made. */
export interface StubbedRequest {
  readonly method: string;
  /** The whole address. */
  readonly url: string;
  /** By lower-case name. The bearer token is in `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or undefined. */
  readonly body: unknown;
}

/** What `GET {service-url}/session` says of the account, in the names of the wire. */
export type StubbedAccount = Account;

export interface PartnerApiStubOptions {
  /** What `GET {service-url}/session` says that differs from the default: account `adc-67890` of Northwind Cloud, not connected. */
  readonly account?: Partial<StubbedAccount>;
  /** What `GET {service-url}/token` says: who is signed in to CHeKT, or `null` for nobody. Default: `stubSignIn()`. */
  readonly signIn?: TokenResponse | null;
  /** Default: `connected`. */
  readonly outcome?: StubbedOutcome;
  /** Milliseconds until a `slow` answer. Default: 50. */
  readonly delay?: number;
  /** CHeKT's id of the dealer. Default: 12345. */
  readonly dealerId?: number;
  /** The registered name that CHeKT answers with. Default: the name that was sent. */
  readonly companyName?: string;
  /** Further fields of the dealer in the answer, by their names on the wire: `{ company_email: 'office@acme.example' }`. */
  readonly dealer?: Readonly<Record<string, unknown>>;
}

/** The stand-in for the Partner API, and for the platform's service. */
export interface PartnerApiStub {
  /** For the `fetch` property of the element. */
  readonly fetch: typeof globalThis.fetch;
  /** What was asked so far, in order. */
  readonly requests: readonly StubbedRequest[];
  /** How the next connect or disconnect is answered. */
  outcome: StubbedOutcome;
  /** A connect or disconnect changes its binding. `null`: the platform's own session has ended (401). */
  account: StubbedAccount | null;
  /** A connect at the service ends it, as `chekt-connect/service` revokes the sign-in when its work is done. */
  signIn: TokenResponse | null;
}

/**
 * A stand-in for the Partner API and, on a page with `service-url`, for the platform's service: `/session` and `/token` too.
 * @example Object.assign(element, { serviceUrl: '/chekt', fetch: stubPartnerApi({ outcome: 'conflict' }).fetch });
 */
export function stubPartnerApi({
  outcome = 'connected',
  delay = 50,
  dealerId = 12345,
  companyName,
  dealer,
  account = {},
  signIn = stubSignIn(),
}: PartnerApiStubOptions = {}): PartnerApiStub {
  const requests: StubbedRequest[] = [];
  const stub: PartnerApiStub = {
    outcome,
    account: { ...northwind, ...account },
    signIn,
    requests,
    fetch: async (input, init) => {
      const request = read(input, init);
      requests.push(request);
      if (request.method === 'GET') return described(request, stub);
      const success = () =>
        request.url.includes('/disconnect')
          ? disconnected(stub)
          : connected(request, stub, { dealerId, companyName, dealer });
      switch (stub.outcome) {
        case 'lost-answer':
          success();
          throw new TypeError('The answer was lost.');
        case 'refused':
          return refusal(403, 'permission_denied');
        case 'conflict':
          return refusal(409, 'dealer_already_connected');
        case 'rate-limited':
          return refusal(429, 'rate_limited', { 'Retry-After': '60' });
        case 'slow':
          await wait(delay, init?.signal);
          return success();
        case 'connected':
          return success();
      }
    },
  };
  return stub;
}

const northwind: StubbedAccount = {
  externalDealerId: 'adc-67890',
  accountName: 'Acme',
  platformName: 'Northwind Cloud',
  platformScope: 'read:dealer read:sites',
  binding: null,
  formerBinding: null,
};

/** What a dealer admin's sign-in says. Default: Dana Reyes of Acme Security, for one hour. */
export function stubSignIn(fields: Partial<TokenResponse> = {}): TokenResponse {
  return {
    access_token: 'stubbed-access-token',
    token_type: 'Bearer',
    expires_in: 3600,
    name: 'Dana Reyes',
    email: 'dana@acme.example',
    company_name: 'Acme Security',
    sign_in_id: 'stubbed-sign-in',
    ...fields,
  };
}

/**
 * A stand-in for the host's `getAccessToken`.
 * @param answer a token response, `null` for "nobody has signed in", or an error to reject with. Default: `stubSignIn()`
 */
export function stubTokenSource(answer: TokenResponse | Error | null = stubSignIn()): GetAccessToken {
  return async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

/**
 * Resolves with the event once the element fires it.
 * @param ms milliseconds to wait at most. Default: 1000
 * @throws {Error} rejects when it does not come in time, and says in which state the element is
 */
export function nextEvent<K extends keyof ChektConnectEventMap>(
  element: Pick<ChektConnectElement, 'state'> & EventTarget,
  type: K,
  ms = 1000,
): Promise<ChektConnectEventMap[K]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`No ${type} within ${ms} ms; the state is "${element.state}".`)),
      ms,
    );
    element.addEventListener(
      type,
      (event) => {
        clearTimeout(timer);
        resolve(event as ChektConnectEventMap[K]);
      },
      { once: true },
    );
  });
}

function read(input: RequestInfo | URL, init: RequestInit = {}): StubbedRequest {
  const { body } = init;
  return {
    method: init.method ?? 'GET',
    url: typeof input === 'object' && 'url' in input ? input.url : String(input),
    headers: headersOf(init.headers),
    body: typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined,
  };
}

/** Not through `Headers`: the one of happy-dom drops `Authorization`. */
function headersOf(headers: HeadersInit = {}): Readonly<Record<string, string>> {
  const entries = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [name!.toLowerCase(), value!]));
}

/** `GET {service-url}/session` and `GET {service-url}/token`, as the service answers them. */
function described({ url }: StubbedRequest, { account, signIn }: PartnerApiStub): Response {
  if (!account) return json(401, { error: 'login_required' });
  const { pathname } = new URL(url, 'http://localhost');
  if (pathname.endsWith('/session')) return json(200, account);
  if (!pathname.endsWith('/token')) return refusal(404, 'not_stubbed');
  if (!signIn) return answer(204, null);
  return json(200, { ...signIn, access_token: undefined }); // the service keeps it
}

function connected(
  { body, headers }: StubbedRequest,
  stub: PartnerApiStub,
  { dealerId, companyName, dealer }: Pick<PartnerApiStubOptions, 'dealerId' | 'companyName' | 'dealer'>,
): Response {
  const sent = body as { readonly external_dealer_id?: string; readonly company_name?: string };
  const recorded = {
    dealer_id: dealerId,
    external_dealer_id: sent.external_dealer_id,
    company_name: companyName ?? sent.company_name,
    ...dealer,
  };
  const binding = parseDealer(recorded) ?? null;
  if (stub.account) stub.account = { ...stub.account, binding, formerBinding: null };
  if (!headers['authorization']) stub.signIn = null;
  return json(200, recorded);
}

function disconnected(stub: PartnerApiStub): Response {
  if (stub.account) stub.account = { ...stub.account, binding: null };
  return answer(204, null);
}

/** In the error envelope of the Partner API. */
function refusal(status: number, code: string, headers?: Readonly<Record<string, string>>): Response {
  return json(status, { error: { code, message: `Stubbed: ${code}.`, request_id: 'req_stubbed' } }, headers);
}

function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return answer(status, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
}

/** Jest's jsdom has neither `fetch` nor `Response` (jestjs/jest #13834, jestjs/jest #7007); the element reads no more of one than this. */
function answer(
  status: number,
  text: string | null,
  headers: Readonly<Record<string, string>> = {},
): Response {
  if (typeof Response === 'function') return new Response(text, { status, headers });
  const content = { status, ok: status < 400, headers: new Headers(headers), text: async () => text ?? '' };
  return content as Response;
}

/** @throws the reason of the signal */
function wait(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
