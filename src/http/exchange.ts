import { Deadline, settledBefore } from './wait.js';

/** More than any answer of the Partner API; reading stops there. */
const LONGEST_BODY = 64 * 1024;

/** One answer as it came; `body` is parsed JSON, or undefined when there was none that can be read. */
export interface Answer {
  /** HTTP status; 0 for a redirect, which is not followed. */
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Exchange {
  readonly fetch: typeof fetch;
  readonly url: string | URL;
  readonly init: RequestInit;
  readonly signal: AbortSignal;
  /** Milliseconds for the answer, its body included. */
  readonly limit: number;
  /** What must not be in the answer, whoever echoes it; too short to be a real token, it is left alone. */
  readonly secret?: string;
}

/** @throws when the body breaks off. */
async function readText(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return undefined;
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > LONGEST_BODY) {
      void reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parseJson(text: string | undefined, secret?: string): unknown {
  try {
    return JSON.parse(text!, (_, value: unknown) =>
      secret && secret.length > 7 && typeof value === 'string' ? value.replaceAll(secret, '…') : value,
    );
  } catch {
    return undefined;
  }
}

/**
 * One HTTP exchange: bounded in time and size, redirects not followed, cookies for the page's own origin only.
 * @throws when no answer came, or a successful one broke off; the reason says only `timeout` or `network`.
 */
export async function exchange({ fetch, url, init, signal, limit, secret }: Exchange): Promise<Answer> {
  const deadline = new Deadline(limit, signal);
  try {
    const response = await settledBefore(deadline.signal, () =>
      fetch(url, {
        ...init,
        redirect: 'manual',
        credentials: 'same-origin',
        cache: 'no-store',
        signal: deadline.signal,
      }),
    );
    const { status, headers, ok } = response;
    const text = await settledBefore(deadline.signal, () => readText(response)).catch((error: unknown) => {
      if (ok) throw error;
      return undefined;
    });
    return { status, headers, body: parseJson(text, secret) };
  } catch {
    throw deadline.signal.aborted ? 'timeout' : 'network';
  } finally {
    deadline.clear();
  }
}
