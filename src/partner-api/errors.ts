/** Why an operation, the authorization or the configuration failed. A closed union; `docs/events.md` says how to handle each. */
export type ChektConnectErrorCode =
  | 'configuration'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid-request'
  | 'rate-limited'
  | 'timeout'
  | 'network'
  | 'server'
  | 'invalid-response'
  | 'vetoed';

/** `not-applied`: CHeKT has changed nothing. `unknown`: it may have; repeat the operation to find out. */
export type ChektConnectOutcome = 'not-applied' | 'unknown';

/** What is known of a failure apart from its code. */
export interface ChektConnectErrorDetails {
  /** Whether the same attempt may succeed later without a change. */
  readonly retryable?: boolean;
  readonly outcome?: ChektConnectOutcome;
  /** HTTP status of the last answer. */
  readonly status?: number;
  /** `error.code` of CHeKT's error envelope, or the `error` of RFC 6749 §5.2. */
  readonly apiCode?: string;
  /** `error.field`: the wire name of the field that CHeKT refused. */
  readonly field?: string;
  /** `error.request_id`: the id that CHeKT's support asks for. */
  readonly requestId?: string;
  /** The `x-partner-trace-id` that the operation sent. */
  readonly traceId?: string;
  /** Seconds that the server asked to wait (`Retry-After`). */
  readonly retryAfter?: number;
  /** An earlier error of this same kind; never an error of the host or of the browser, which may quote a token. */
  readonly cause?: ChektConnectError;
}

const RETRYABLE: readonly ChektConnectErrorCode[] = [
  'rate-limited',
  'timeout',
  'network',
  'server',
  'invalid-response',
];

/** The only error class of this package: in `chekt-error` and in rejected promises. Never contains a token. */
export class ChektConnectError extends Error {
  override readonly name = 'ChektConnectError';
  readonly code: ChektConnectErrorCode;
  readonly retryable: boolean;
  readonly outcome: ChektConnectOutcome;
  readonly status?: number;
  readonly apiCode?: string;
  readonly field?: string;
  readonly requestId?: string;
  readonly traceId?: string;
  readonly retryAfter?: number;

  /** @param message for developers; people read a text from `messages`, chosen by `code` and `apiCode` */
  constructor(code: ChektConnectErrorCode, message: string, details: ChektConnectErrorDetails = {}) {
    const { cause, ...rest } = details;
    super(message, cause && { cause });
    this.code = code;
    this.retryable = RETRYABLE.includes(code);
    this.outcome = 'not-applied';
    Object.assign(this, rest);
  }

  /** All fields, including `message` and `cause`: for loggers, and because `structuredClone` keeps only the message. */
  toJSON(): Record<string, unknown> {
    const { name, message, cause } = this;
    return {
      ...(this as object),
      name,
      message,
      ...(cause instanceof ChektConnectError && { cause: cause.toJSON() }),
    };
  }
}

const CODES: Readonly<Record<number, ChektConnectErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  409: 'conflict',
  425: 'server',
  429: 'rate-limited',
};

/** The error code for an HTTP answer that is not a success. */
export function codeOfStatus(status: number): ChektConnectErrorCode {
  return CODES[status] ?? (status >= 500 ? 'server' : status >= 400 ? 'invalid-request' : 'invalid-response');
}
