import { API, type Chekt } from './chekt.js';
import { ISSUER, type Issuer } from './issuer.js';

/** Lets both answer in place of `fetch`, at once; what is asked of others goes where it went before. @returns the way back */
export function answering(issuer: Issuer, chekt: Pick<Chekt, 'answer'>): () => void {
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    if (!url.startsWith(API) && !url.startsWith(ISSUER)) return real(request);
    const body = method === 'GET' ? '' : await request.text();
    if (!url.startsWith(API)) return issuer.answer(url, new URLSearchParams(body));
    const caller = issuer.caller(headers.get('Authorization'));
    return chekt.answer(method, url.slice(API.length), caller, headers, body);
  };
  return () => {
    globalThis.fetch = real;
  };
}
