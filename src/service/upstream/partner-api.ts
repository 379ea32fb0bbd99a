import { retryAfterOf } from '../../partner-api/retry.js';
import { UPSTREAM_TIMEOUT } from '../oauth/oauth-client.js';
import { rebuildBody } from './wire.js';

/** An answer to a relayed request: CHeKT's, made anew from what can be read in it, or a refusal of ours. */
export interface Answer {
  readonly status: number;
  /** Never CHeKT's own text: a gateway may echo the request, with its token, in any part of it. */
  readonly body: string;
  readonly contentType?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** CHeKT's clock, as it says it; for `check()`. */
  readonly date?: string;
  readonly rateLimit?: RateLimitHeaders;
}

/** The `X-RateLimit-*` headers: the platform's budget at CHeKT. */
export interface RateLimitHeaders {
  readonly limit: number;
  readonly remaining: number;
}

export interface Call {
  readonly token: string;
  readonly json?: unknown;
  readonly idempotencyKey?: string;
  readonly traceId?: string;
}

/**
 * CHeKT gave no reliable answer. It becomes a 502 and never a 4xx, which would mean that nothing was
 * recorded.
 */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
}

const BODY_LIMIT = 256 * 1024;
/** Seconds. */
const LONGEST_WAIT = 24 * 60 * 60;

/**
 * CHeKT's Partner API over HTTP. Any answer is an `Answer`, also a refusal. It repeats nothing: who holds the key decides that.
 * The one place that sees CHeKT's own text: what leaves it is made of parsed fields, whatever a route does with it.
 */
export class PartnerApi {
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** @throws {UpstreamError} */
  async call(method: 'GET' | 'PUT', path: string, call: Call): Promise<Answer> {
    const { token, json, idempotencyKey, traceId } = call;
    const timeout = new AbortController();
    // Not AbortSignal.timeout(), which goes off later also for a call that has ended.
    const timer = setTimeout(() => timeout.abort(), UPSTREAM_TIMEOUT);
    try {
      const response = await fetch(this.#baseUrl + path, {
        method,
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${token}`,
          ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
          ...(traceId === undefined ? {} : { 'x-partner-trace-id': traceId }),
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        redirect: 'manual', // the token must not follow a redirect to another host
        signal: timeout.signal, // covers the body as well
      });
      const text = await readBody(response);
      const { status } = response;
      // This API sends no redirect and no 304. Relayed, it would look like an answer of ours.
      if (status < 200 || (status > 299 && status < 400))
        throw new UpstreamError('CHeKT answered with a redirect.');
      return { status, body: rebuildBody(status, text, token), ...headersOf(response.headers) };
    } catch (error) {
      // Not passed on as `cause`: an HTTP library's error may quote a header.
      throw error instanceof UpstreamError ? error : new UpstreamError('CHeKT did not answer.');
    } finally {
      clearTimeout(timer);
    }
  }
}

function headersOf(headers: Headers): Omit<Answer, 'status' | 'body'> {
  const retryAfter = retryAfterOf({ headers });
  const date = headers.get('Date');
  const [limit, remaining] = ['Limit', 'Remaining'].map((name) => {
    const value = headers.get(`X-RateLimit-${name}`);
    return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  });
  return {
    ...(retryAfter === undefined ? {} : { retryAfter: Math.min(retryAfter, LONGEST_WAIT) }),
    ...(date === null ? {} : { date }),
    ...(limit === undefined || remaining === undefined ? {} : { rateLimit: { limit, remaining } }),
  };
}

async function readBody(response: Response): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > BODY_LIMIT) {
      await reader.cancel();
      throw new UpstreamError('The answer of CHeKT is too long.');
    }
    text += decoder.decode(value, { stream: true });
  }
}
