/** One scripted answer of the wire. Without a fault it is an ordinary HTTP answer. */
export interface Answer {
  /** Which requests it answers; without both, the next one. `path` is what follows the base URL, without the query. */
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly json?: unknown;
  readonly body?: string;
  /** Waits before the answer begins. */
  readonly delayMs?: number;
  /** Keeps the request unanswered until the test calls `wire.release()`. */
  readonly hold?: boolean;
  /** Whether the answer carries the CORS headers; `preflight` is about the preflight. */
  readonly cors?: boolean;
  /** What the page may read of the answer; by default `Retry-After` and the rate limit headers. */
  readonly exposedHeaders?: readonly string[];
  /** `kept`: the browser need not send it again for a minute. */
  readonly preflight?: 'allowed' | 'kept' | 'refused' | 'reset' | 'stall';
  /** Whether the server took the request before it answered; by default only with a 2xx. */
  readonly recorded?: boolean;
  /** Redirects to this wire, on the same or on its other origin, or to any location. */
  readonly redirect?: 'same-origin' | 'other-origin' | { readonly location: string };
  readonly fault?: Fault;
}

export type Fault =
  /** The connection is reset: before or after the server took the request, or after half of the body. */
  | {
      readonly kind: 'reset';
      readonly at: 'before-request-recorded' | 'after-request-recorded' | 'during-body';
    }
  /** The server stops sending: before the headers, or after them and half of the body. */
  | { readonly kind: 'stall'; readonly at: 'before-headers' | 'after-headers' }
  /** The answer ends early: its Content-Length promises more than is sent. */
  | { readonly kind: 'truncated' }
  /** The body comes a few bytes at a time. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  /** The body, followed by padding up to the size; without `declared` the reader cannot know how much comes. */
  | { readonly kind: 'huge'; readonly megabytes: number; readonly declared?: boolean }
  /** The answer is not HTTP. */
  | { readonly kind: 'not-http' };

export interface WireOptions {
  /** What a request gets once the script is used up: the last answer again, or a reset connection. */
  readonly afterLast?: 'repeat' | 'refuse';
  /** A port, so an origin and a connection limit, of its own: for stalls, and for two APIs on a page. */
  readonly ownPort?: boolean;
}

/** A request as it reached the server. */
export interface RecordedRequest {
  readonly order: number;
  readonly method: string;
  /** What follows the base URL, with the query. */
  readonly path: string;
  /** The origin to which it was sent. */
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds since the wire was created. */
  readonly time: number;
  readonly preflight: boolean;
  /** The position of the answer in the script, or -1 when there was none left. */
  readonly answer: number;
  /** Whether the server took it, as with a binding that CHeKT stored. */
  readonly recorded: boolean;
  /** `undefined` while no answer has begun. */
  readonly status?: number;
  readonly bytesSent: number;
  /** `aborted`: the browser closed the connection before the answer was complete. */
  readonly end: 'open' | 'answered' | 'cut' | 'aborted';
}

export interface WireDescription {
  readonly id: string;
  readonly baseUrl: string;
  readonly otherBaseUrl: string;
  readonly sameOriginBaseUrl: string;
  readonly refusedUrl: string;
}
