import type { Answer, RecordedRequest, WireDescription, WireOptions } from './answer.js';

export type { Answer, Fault, RecordedRequest, WireOptions } from './answer.js';

/** A scripted server, reached over the real network stack. */
export interface Wire {
  /** On an origin of its own, as the API in browser mode. */
  readonly baseUrl: string;
  /** The same wire on another origin: only redirected requests may arrive there. */
  readonly otherBaseUrl: string;
  /** A path on the page's own origin, as in service mode and for `token-url`. */
  readonly sameOriginBaseUrl: string;
  /** An address on which nothing listens. */
  readonly refusedUrl: string;
  /** All requests so far, without preflights. */
  requests(): Promise<RecordedRequest[]>;
  preflights(): Promise<RecordedRequest[]>;
  /** Resolves when at least `count` requests have arrived; rejects after 8 s or `withinMs` and names those that have. */
  waitForRequests(count: number, withinMs?: number): Promise<RecordedRequest[]>;
  /** Resolves when so many bytes of answers have been sent, as before a stall that follows the headers. */
  waitForBytes(count: number): Promise<RecordedRequest[]>;
  /** Resolves when no request is open any more: each was answered, cut or aborted. */
  waitForEnd(): Promise<RecordedRequest[]>;
  /** Lets the oldest held request have its answer. */
  release(): Promise<void>;
  /** Replaces what is left of the script. */
  script(answers: readonly Answer[]): Promise<void>;
  /** Frees connections and the port; otherwise that happens when the run ends. */
  close(): Promise<void>;
}

const control = '/__wire/control';
/** Shorter than a test's own timeout, so that the error of the wire is what is reported. */
const patienceMs = 8_000;
// Kept because some tests replace the page's fetch.
const pageFetch = globalThis.fetch.bind(globalThis);

export async function createWire(answers: readonly Answer[], options: WireOptions = {}): Promise<Wire> {
  const description = await call<WireDescription>('', 'POST', { answers, options });
  const path = `/${description.id}`;
  const log = (wait = '') => call<RecordedRequest[]>(`${path}/log${wait}`, 'GET');
  const requests = async (wait?: string) => (await log(wait)).filter(({ preflight }) => !preflight);
  return {
    baseUrl: description.baseUrl,
    otherBaseUrl: description.otherBaseUrl,
    sameOriginBaseUrl: description.sameOriginBaseUrl,
    refusedUrl: description.refusedUrl,
    requests: () => requests(),
    preflights: async () => (await log()).filter(({ preflight }) => preflight),
    waitForRequests: (count, withinMs = patienceMs) => requests(`?count=${count}&within=${withinMs}`),
    waitForBytes: (count) => requests(`?bytes=${count}&within=${patienceMs}`),
    waitForEnd: () => requests(`?ended&within=${patienceMs}`),
    release: () => call(`${path}/release`, 'POST'),
    script: (replacement) => call(`${path}/script`, 'PUT', replacement),
    close: () => call(path, 'DELETE'),
  };
}

async function call<Result>(path: string, method: string, body?: unknown): Promise<Result> {
  const response = await pageFetch(`${control}${path}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    }),
  });
  const answer = (await response.json()) as Result & { error?: string };
  if (!response.ok) throw new Error(`The wire server says: ${answer.error}`);
  return answer;
}
