import { UpstreamError } from './errors.js';

/** An answer of CHeKT, read to its end. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly contentType?: string | null;
  readonly retryAfter?: string | null;
}

export interface Call {
  readonly token: string;
  readonly json?: unknown;
  /** Of the page's request: one trace and one key from the browser to CHeKT. */
  readonly headers?: Readonly<Record<string, string>>;
}

const BODY_LIMIT = 256 * 1024;

/**
 * CHeKT's Partner API over HTTP. Any answer is an Answer, also a refusal; no answer is an UpstreamError. It repeats
 * nothing by itself: whoever holds the idempotency key (the element) decides that.
 */
export class PartnerApi {
  readonly #baseUrl: string;
  readonly #timeout: number;

  constructor({ apiBaseUrl, upstreamTimeout }: { apiBaseUrl: string; upstreamTimeout: number }) {
    this.#baseUrl = apiBaseUrl.replace(/\/+$/, '');
    this.#timeout = upstreamTimeout;
  }

  async call(method: 'GET' | 'PUT', path: string, { token, json, headers }: Call): Promise<Answer> {
    try {
      const response = await fetch(this.#baseUrl + path, {
        method,
        headers: {
          ...headers,
          Accept: 'application/json',
          Authorization: `Bearer ${token}`,
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        redirect: 'error', // a token goes to CHeKT, not where CHeKT's answer points to
        signal: AbortSignal.timeout(this.#timeout), // also ends a body that never ends
      });
      return {
        status: response.status,
        contentType: response.headers.get('Content-Type'),
        retryAfter: response.headers.get('Retry-After'),
        body: await readBody(response),
      };
    } catch (cause) {
      throw new UpstreamError('CHeKT did not answer.', { cause });
    }
  }
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > BODY_LIMIT) throw new Error('The answer is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A JSON object, or null: what CHeKT sends is looked at, not believed. */
export function parseObject(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** The code of CHeKT's error envelope; undefined if the answer is not in it, and so perhaps not CHeKT's at all. */
export function errorCode({ body }: Answer): string | undefined {
  const error = parseObject(body)?.error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** A dealer id is a number in some of CHeKT's answers and a numeric string in others. */
export function parseDealerId(value: unknown): number | null {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  const id = /^[1-9]\d*$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(id) ? id : null;
}
