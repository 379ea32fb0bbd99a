import type { Gates } from '../gates.js';
import { API, error, type Chekt } from './chekt.js';
import { ISSUER, type Issuer } from './issuer.js';

/** What happens to one of the next requests on its way. */
export const FAULTS = [
  'lost-request',
  'lost-answer',
  'failed-before',
  'failed-after',
  'slow-down',
  'not-authorized',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Replaces `fetch` between the services and CHeKT. Each request and each answer is a separate step. */
export class Network {
  readonly #gates: Gates;
  readonly #issuer: Issuer;
  readonly #chekt: Chekt;
  /** For the next calls of the Partner API, and for the next of the issuer. */
  readonly faults: { api: Fault[]; issuer: Fault[] } = { api: [], issuer: [] };

  constructor(gates: Gates, issuer: Issuer, chekt: Chekt) {
    this.#gates = gates;
    this.#issuer = issuer;
    this.#chekt = chekt;
  }

  /** @returns a function that restores the real `fetch` */
  install(): () => void {
    const real = globalThis.fetch;
    globalThis.fetch = (input, init) => this.#fetch(new Request(input, init));
    return () => {
      globalThis.fetch = real;
    };
  }

  async #fetch(request: Request): Promise<Response> {
    const { method, url, headers } = request;
    const isApi = url.startsWith(API);
    const body = method === 'GET' ? '' : await request.text();
    const arrive = () =>
      isApi
        ? this.#chekt.answer(
            method,
            url.slice(API.length),
            this.#issuer.caller(headers.get('Authorization')),
            headers,
            body,
          )
        : this.#issuer.answer(url, new URLSearchParams(body));
    const name = `${method} ${url.slice(isApi ? API.length : ISSUER.length)}`;
    await this.#gates.wait(`${name} leaves`, () => void arrive());

    const fault = (isApi ? this.faults.api : this.faults.issuer).shift();
    if (fault === 'lost-request') throw new TypeError('fetch failed');
    const { said, isAfter } = refusedOnTheWay(fault, isApi);
    const answer = said && !isAfter ? said : arrive();
    await this.#gates.wait(`${name} answers`);
    if (fault === 'lost-answer') throw new TypeError('fetch failed');
    return said ?? answer;
  }
}

function refusedOnTheWay(fault: Fault | undefined, isApi: boolean): { said?: Response; isAfter?: boolean } {
  const { body } = error(503, 'unavailable');
  switch (fault) {
    case 'failed-before':
      return { said: new Response(body, { status: 503 }) };
    case 'failed-after':
      return { said: new Response(body, { status: 502 }), isAfter: true };
    case 'slow-down':
      return {
        said: new Response(error(429, 'slow_down').body, { status: 429, headers: { 'Retry-After': '3' } }),
      };
    case 'not-authorized':
      return isApi ? { said: new Response(error(401, 'invalid_api_key').body, { status: 401 }) } : {};
    default:
      return {};
  }
}
