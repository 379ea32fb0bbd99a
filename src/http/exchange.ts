import { Deadline } from './wait.js';

/** More than any answer of the Partner API; reading stops there. */
const LONGEST_BODY = 64 * 1024;

/** One answer as it came. */
export interface Answer {
  /** HTTP status; 0 for a redirect, which is not followed. */
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or undefined when there was none that can be read. */
  readonly body: unknown;
}

/** @throws when the body breaks off. */
async function readText({ body }: Response): Promise<string | undefined> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let length = 0; reader && length <= LONGEST_BODY;) {
    const { done, value } = await reader.read();
    if (done) return text;
    length += value.length;
    text += decoder.decode(value, { stream: true });
  }
  void reader?.cancel().catch(() => {});
  return undefined;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text!);
  } catch {
    return undefined;
  }
}

/**
 * One HTTP exchange: bounded in time and size, redirects not followed, cookies for the page's own origin only.
 * @param limit milliseconds for the answer, its body included
 * @returns the answer, or why there is none: also when a successful one broke off. Never the browser's or the host's own error
 */
export async function exchange(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
  parent: Deadline,
  limit: number,
): Promise<Answer | 'timeout' | 'network'> {
  const deadline = new Deadline(limit, parent);
  const { signal } = deadline;
  try {
    const response = await deadline.settle(() =>
      fetch(url, { ...init, redirect: 'manual', credentials: 'same-origin', cache: 'no-store', signal }),
    );
    const { status, headers, ok } = response;
    const text = await deadline
      .settle(() => readText(response))
      .catch((error: unknown) => {
        if (ok) throw error;
        return undefined;
      });
    return { status, headers, body: parseJson(text) };
  } catch {
    return deadline.hasEnded ? 'timeout' : 'network';
  } finally {
    deadline.clear();
  }
}
