import { ChektConnectError, codeOfStatus, type ChektConnectErrorDetails } from '../errors.js';
import type { Secrets } from '../secrets.js';
import { exchange, type Answer } from '../http/exchange.js';
import { Deadline, online, sleep } from '../http/wait.js';
import { MOST_REPEATS, backoff, isRepeatedStatus, retryAfterOf } from './retry.js';
import { parseError } from './schemas.js';

/** Milliseconds for one HTTP attempt, so that a stall leaves room to repeat within the deadline. */
const ATTEMPT_LIMIT = 8_000;

/** `error.code` of a service that was asked for another sign-in than the one it has. */
export const SIGN_IN_CHANGED = 'sign_in_changed';

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

const SIGN_IN = 'Chekt-Sign-In';

/** A logical operation: its ids stay the same through every repeat, also when the person repeats it. */
export class Operation {
  readonly traceId: string = uuid();
  idempotencyKey: string = uuid();
  /** Every HTTP attempt so far was answered with a 4xx. */
  onlyRefused = true;
  /** HTTP attempts so far. */
  attempts = 0;

  /** The same under a new sign-in: CHeKT keeps the answer to a key, whoever sends it. The trace stays one. */
  renewKey(): void {
    this.idempotencyKey = uuid();
  }
}

/** Why an attempt is made again at once: CHeKT does not accept the token, or the service has another sign-in. */
export type Retry = 'rejected' | 'sign-in-changed';

/** The headers for the next attempt. @throws {ChektConnectError} */
export type Authorize = (retry: Retry | undefined, deadline: Deadline) => Promise<Record<string, string>>;

export interface Put {
  readonly kind: AttemptRecord['operation'];
  readonly url: string;
  readonly body?: string;
  readonly fetch: typeof fetch;
  /** Milliseconds for the whole, from now. */
  readonly timeout: number;
  /** Without it a 401 is final. */
  readonly authorize?: Authorize;
  /** A service that tells sign-ins apart may answer that there is another one now. */
  readonly mayChangeSignIn?: boolean;
  /** What no answer may bring back. */
  readonly secrets: Secrets;
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
  const { authorize, timeout, secrets } = put;
  const deadline = new Deadline(timeout);
  const retried = new Set<Retry>();
  let retry: Retry | undefined;
  let signIn: string | undefined;
  let isUnreadable = false;
  let last: ChektConnectError | undefined;

  const failure = (code: ChektConnectError['code'], message: string, details?: ChektConnectErrorDetails) =>
    new ChektConnectError(code, message, {
      ...details,
      traceId: operation.traceId,
      outcome: operation.onlyRefused ? 'not-applied' : 'unknown',
    });

  try {
    for (let repeats = 0; ; repeats++) {
      await online(deadline);
      const headers = await authorize?.(retry, deadline);
      if (retry === 'sign-in-changed') {
        // the same sign-in, which the service has refused already
        if (headers?.[SIGN_IN] === signIn) throw last;
        operation.renewKey();
      }
      retry = undefined;
      signIn = headers?.[SIGN_IN];
      const answer = await attempt(operation, put, headers, deadline);
      let retryAfter: number | undefined;
      if (typeof answer === 'string') {
        last = failure(answer, `No answer (${answer}).`);
      } else {
        const { status, body } = answer;
        const isSuccess = status >= 200 && status < 300;
        const result = isSuccess || status === 404 ? read(answer) : undefined;
        if (result !== undefined) return result;
        const { apiCode, requestId, field } = parseError(body);
        const mayRepeat = isRepeatedStatus(status);
        if (mayRepeat) retryAfter = retryAfterOf(answer);
        const details = {
          status,
          apiCode: secrets.wordOrNothing(apiCode),
          requestId: secrets.wordOrNothing(requestId),
          field: secrets.wordOrNothing(field),
          retryAfter,
        };
        last = failure(codeOfStatus(status), `The answer was ${status || 'a redirect'}.`, details);
        if (status === 401 && authorize) retry = 'rejected';
        if (status === 409 && apiCode === SIGN_IN_CHANGED && put.mayChangeSignIn) retry = 'sign-in-changed';
        if (retry && !retried.has(retry)) {
          retried.add(retry);
          repeats--;
          continue;
        }
        retry = undefined;
        if (
          isSuccess
            ? isUnreadable
            : !mayRepeat && !(apiCode === 'idempotency_conflict' && operation.attempts > 1)
        ) {
          throw last;
        }
        isUnreadable ||= isSuccess;
      }
      const delay = retryAfter === undefined ? backoff(repeats) : retryAfter * 1000;
      if (repeats >= MOST_REPEATS || !deadline.fits(delay)) throw last;
      await sleep(delay, deadline);
    }
  } catch (error) {
    if (!(error instanceof ChektConnectError)) {
      throw failure(navigator.onLine ? 'timeout' : 'network', 'It did not end in time.', {
        cause: last,
      });
    }
    // the source of authorization knows nothing of this operation, and its status is no answer to it
    throw error.traceId ? error : failure(error.code, error.message, { apiCode: error.apiCode });
  } finally {
    deadline.clear();
  }
}

async function attempt(
  operation: Operation,
  { kind, url, body, fetch, secrets, onAttempt }: Put,
  authorization: Record<string, string> | undefined,
  deadline: Deadline,
): Promise<Answer | 'timeout' | 'network'> {
  const { traceId, idempotencyKey, onlyRefused } = operation;
  const start = Date.now();
  operation.attempts++;
  operation.onlyRefused = false;
  const headers = {
    Accept: 'application/json',
    'Idempotency-Key': idempotencyKey,
    'x-partner-trace-id': traceId,
    ...(body && { 'Content-Type': 'application/json' }),
    ...authorization,
  };
  const init = { method: 'PUT', headers, body };
  const answer = await exchange(fetch, url, init, deadline, ATTEMPT_LIMIT);
  const { status, body: answered } = answer as Answer;
  operation.onlyRefused = onlyRefused && status >= 400 && status < 500;
  onAttempt({
    operation: kind,
    traceId,
    startedAt: new Date(start).toISOString(),
    duration: Date.now() - start,
    result: status ?? answer,
    requestId: secrets.wordOrNothing(parseError(answered).requestId),
  });
  return answer;
}

/** UUID v4 (RFC 9562 §5.4). Not `crypto.randomUUID`: that exists in secure contexts only, and a staging page may be none. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
