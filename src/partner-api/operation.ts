import { ChektConnectError, codeOfStatus, type ChektConnectErrorDetails } from '../errors.js';
import { exchange, type Answer } from '../http/exchange.js';
import { Deadline, online, sleep } from '../http/wait.js';
import { MOST_REPEATS, backoff, isRepeatedStatus, retryAfterOf } from './retry.js';
import { parseError } from './schemas.js';

/** Milliseconds for one HTTP attempt, so that a stall leaves room to repeat within the deadline. */
const ATTEMPT_LIMIT = 8_000;

/** One HTTP attempt, as `diagnostics()` shows it. */
export interface AttemptRecord {
  readonly operation: 'connect' | 'disconnect';
  readonly traceId: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Milliseconds. */
  readonly duration: number;
  /** HTTP status (0: a redirect that was not followed), or why there is none. */
  readonly result: number | 'timeout' | 'network';
  readonly requestId?: string;
}

/** A logical operation: its ids stay the same through every repeat, also when the person repeats it. */
export class Operation {
  readonly traceId: string = uuid();
  readonly idempotencyKey: string = uuid();
  /** Every HTTP attempt so far was answered with a 4xx. */
  onlyRefused = true;
  /** HTTP attempts so far. */
  attempts = 0;
}

export interface Put {
  readonly kind: AttemptRecord['operation'];
  readonly url: string;
  readonly body?: string;
  readonly fetch: typeof fetch;
  /** Milliseconds for the whole, from now. */
  readonly timeout: number;
  /**
   * Headers for the next attempt, and the secret that they hold; `rejected` after a 401. Without it a 401 is final.
   * @throws {ChektConnectError}
   */
  readonly authorize?: (
    rejected: boolean,
    signal: AbortSignal,
  ) => Promise<{ header: HeadersInit; secret?: string }>;
  readonly onAttempt: (record: AttemptRecord) => void;
}

/**
 * Sends a PUT until it is settled: repeats what may be repeated, with the same key, within the deadline.
 * @param read makes the result of an answer, or undefined where the answer is not readable as one
 * @throws {ChektConnectError} with the outcome as far as it is known
 */
export async function settle<T>(
  operation: Operation,
  put: Put,
  read: (answer: Answer) => T | undefined,
): Promise<T> {
  const deadline = new Deadline(put.timeout);
  const { traceId } = operation;
  let rejected = false;
  let isUnreadable = false;
  let last: ChektConnectError | undefined;

  const failure = (code: ChektConnectError['code'], message: string, details?: ChektConnectErrorDetails) =>
    new ChektConnectError(code, message, {
      traceId,
      outcome: operation.onlyRefused ? 'not-applied' : 'unknown',
      ...details,
    });

  try {
    for (let repeats = 0; ;) {
      await online(deadline.signal);
      const credentials = await put.authorize?.(rejected && last?.status === 401, deadline.signal);
      const answer = await attempt(operation, put, credentials, deadline.signal);
      if (typeof answer === 'string') {
        last = failure(
          answer,
          answer === 'timeout' ? 'No answer came in time.' : 'The request failed on the network.',
        );
      } else {
        const { status } = answer;
        const result = status && (status < 300 || status === 404) ? read(answer) : undefined;
        if (result !== undefined) return result;
        const { apiCode, requestId, field } = parseError(answer.body);
        const retryAfter = isRepeatedStatus(status) ? retryAfterOf(answer) : undefined;
        last = failure(codeOfStatus(status), `The answer was ${status || 'a redirect'}, and not a success.`, {
          status,
          apiCode,
          requestId,
          field,
          retryAfter,
        });
        if (status === 401 && put.authorize && !rejected) {
          rejected = true;
          continue;
        }
        if (status >= 200 && status < 300) {
          if (isUnreadable) throw last;
          isUnreadable = true;
        } else if (
          !isRepeatedStatus(status) &&
          !(apiCode === 'idempotency_conflict' && operation.attempts > 1)
        ) {
          throw last;
        }
      }
      if (repeats >= MOST_REPEATS) throw last;
      const delay = last.retryAfter === undefined ? backoff(repeats) : last.retryAfter * 1000;
      if (!deadline.fits(delay)) throw last;
      await sleep(delay, deadline.signal);
      repeats++;
    }
  } catch (error) {
    if (error instanceof ChektConnectError) {
      if (error.traceId) throw error;
      // from the source of authorization, which knows nothing of this operation
      throw failure(error.code, error.message, { status: error.status, apiCode: error.apiCode });
    }
    if (!navigator.onLine) throw failure('network', 'The browser is offline.', { cause: last });
    throw failure('timeout', 'The operation did not end within its timeout.', { cause: last });
  } finally {
    deadline.clear();
  }
}

async function attempt(
  operation: Operation,
  { kind, url, body, fetch, onAttempt }: Put,
  credentials: { readonly header: HeadersInit; readonly secret?: string } | undefined,
  signal: AbortSignal,
): Promise<Answer | 'timeout' | 'network'> {
  const { traceId } = operation;
  const startedAt = new Date().toISOString();
  const start = performance.now();
  const wasRefused = operation.onlyRefused;
  operation.attempts++;
  operation.onlyRefused = false;
  let result: Answer | 'timeout' | 'network';
  try {
    result = await exchange({
      fetch,
      url,
      init: {
        method: 'PUT',
        headers: {
          Accept: 'application/json',
          'Idempotency-Key': operation.idempotencyKey,
          'x-partner-trace-id': traceId,
          ...(body && { 'Content-Type': 'application/json' }),
          ...credentials?.header,
        },
        body,
      },
      signal,
      limit: ATTEMPT_LIMIT,
      secret: credentials?.secret,
    });
    operation.onlyRefused = wasRefused && result.status >= 400 && result.status < 500;
  } catch (failure) {
    result = failure as 'timeout' | 'network';
  }
  const answered = typeof result === 'object';
  onAttempt({
    operation: kind,
    traceId,
    startedAt,
    duration: Math.round(performance.now() - start),
    result: typeof result === 'object' ? result.status : result,
    requestId: answered ? parseError((result as Answer).body).requestId : undefined,
  });
  return result;
}

/** UUID v4 (RFC 9562 §5.4). Not `crypto.randomUUID`: that exists in secure contexts only, and a staging page may be none. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
