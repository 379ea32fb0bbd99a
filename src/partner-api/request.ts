import { hasTimedOut, untilAborted, withTimeout } from './timeout.js';

/** Characters: more than any answer of the Partner API; reading stops there. */
const LONGEST_BODY = 64 * 1024;

/** One HTTP answer, read to its end. */
export interface HttpAnswer {
  /** 0 for a redirect, which is not followed. */
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or undefined when there was none that can be read. */
  readonly body: unknown;
}

export interface HttpRequest {
  readonly fetch: typeof fetch;
  readonly url: string;
  readonly init?: RequestInit;
  /** Milliseconds for the answer, its body included. */
  readonly timeout: number;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

/**
 * One HTTP request: bounded in time and size, redirects not followed, cookies for the page's own origin only.
 * @returns the answer, or why there is none; also when a successful one broke off. Never the browser's or the host's own
 *   error, which may quote a token
 */
export function request({
  fetch,
  url,
  init,
  timeout,
  signal: parent,
}: HttpRequest): Promise<HttpAnswer | 'timeout' | 'network'> {
  let ended: AbortSignal | undefined;
  const response = withTimeout(timeout, parent, async (signal) => {
    ended = signal;
    const received = await fetch(url, {
      ...init,
      redirect: 'manual',
      credentials: 'same-origin',
      cache: 'no-store',
      signal,
    });
    const { status, headers, ok } = received;
    const text = await untilAborted(signal, () => readText(received)).catch((error: unknown) => {
      if (ok) throw error;
      return undefined;
    });
    return { status, headers, text };
  });
  return response.then(
    ({ status, headers, text }) => ({ status, headers, body: parseJson(text) }),
    // all that can fail in there is the host's fetch and the network
    () => (ended && !hasTimedOut(ended) ? 'network' : 'timeout'),
  );
}

/** @returns undefined for a body that is too long @throws when the body breaks off */
async function readText(response: Response): Promise<string | undefined> {
  // polyfills of fetch have no streams
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
