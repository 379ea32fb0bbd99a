import { MODEL } from '../platform.js';
import { API, type Chekt } from './chekt.js';
import type { Issuer } from './issuer.js';

interface Model {
  readonly issuer: Issuer;
  readonly chekt: Pick<Chekt, 'answer'>;
}

interface Arrival {
  readonly method: string;
  /** Behind `MODEL`. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** What CHeKT, or its issuer, answers to a request that has arrived. */
export function arriving({ issuer, chekt }: Model, { method, path, headers, body }: Arrival): Response {
  const api = API.slice(MODEL.length);
  if (!path.startsWith(api)) return issuer.answer(MODEL + path, new URLSearchParams(body));
  const caller = issuer.caller(headers.get('Authorization'));
  return chekt.answer(method, path.slice(api.length), caller, headers, body);
}

/** Lets both answer in place of `fetch`, at once; what is asked of others goes where it went before. @returns the way back */
export function answering(issuer: Issuer, chekt: Pick<Chekt, 'answer'>): () => void {
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    if (!url.startsWith(MODEL)) return real(request);
    const body = method === 'GET' ? '' : await request.text();
    return arriving({ issuer, chekt }, { method, path: url.slice(MODEL.length), headers, body });
  };
  return () => {
    globalThis.fetch = real;
  };
}
