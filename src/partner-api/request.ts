import { isTimeout, withTimeout } from './timeout.js';

/** Characters at which reading stops: longer than any answer of the Partner API. */
const LONGEST_BODY = 64 * 1024;

/** One HTTP answer, with its body read and parsed. */
export interface HttpAnswer {
  /** 0 for a redirect, because redirects are not followed. */
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or undefined if the body is missing, too long or not JSON. */
  readonly body: unknown;
}

export interface HttpRequest {
  readonly fetch: typeof fetch;
  readonly url: string;
  readonly init?: RequestInit;
  /** Milliseconds for the answer, including its body. */
  readonly timeout: number;
  /** Aborted when the answer is no longer needed. */
  readonly signal?: AbortSignal;
}

/**
 * One HTTP request: bounded in time and size, without following redirects, with cookies for the page's own origin only.
 * @returns the answer, or why there is none, for example because a successful answer broke off. Errors of the browser and of
 *   the host's `fetch` are never passed on, because they may quote a token
 */
export async function request({
  fetch,
  url,
  init,
  timeout,
  signal: parent,
}: HttpRequest): Promise<HttpAnswer | 'timeout' | 'network'> {
  let ended: AbortSignal | undefined;
  let head: Pick<HttpAnswer, 'status' | 'headers'> | undefined;
  let text: string | undefined;
  let isRefusal = false;
  try {
    text = await withTimeout(timeout, parent, async (signal) => {
      ended = signal;
      const response = await fetch(url, {
        ...init,
        redirect: 'manual',
        credentials: 'same-origin',
        signal,
      });
      // copied in here, because the host's fetch may resolve with anything
      head = { status: Number(response.status), headers: new Headers(response.headers) };
      isRefusal = !response.ok;
      return readText(response);
    });
  } catch {
    // only the host's fetch and the network can fail in there; of a refusal, the status is enough
    if (!isRefusal) return isTimeout(ended?.reason) ? 'timeout' : 'network';
  }
  return { ...head!, body: parseJson(text) };
}

/** @returns undefined if the body is too long @throws if the body breaks off */
async function readText(response: Response): Promise<string | undefined> {
  // some polyfills of fetch have no streams
  if (typeof response.body?.getReader !== 'function') {
    const text = await response.text();
    return text.length <= LONGEST_BODY ? text : undefined;
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (text.length <= LONGEST_BODY) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
  }
  reader.cancel().catch(() => {});
  return undefined;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
