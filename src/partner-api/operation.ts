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
  traceId: string = uuid();
  idempotencyKey: string = uuid();
  #person: readonly unknown[] = [];
  /** Every HTTP attempt so far was answered with a 4xx. */
  onlyRefused = true;
  /** HTTP attempts so far. */
  attempts = 0;

  /**
   * The same from another person is another operation: CHeKT keeps the answer to a key, whoever sends it.
   * @param person what is known of who sends the next attempt, each thing at its place
   */
  sendAs(person: readonly unknown[]): void {
    if (this.#person.some((known, index) => known && person[index] && known !== person[index])) {
      this.traceId = uuid();
      this.idempotencyKey = uuid();
    }
    this.#person = person.map((known, index) => known ?? this.#person[index]);
  }
}

/** The header for the next attempt; `rejected` after a 401. @throws {ChektConnectError} */
export type Authorize = (rejected: boolean, deadline: Deadline) => Promise<Record<string, string>>;

export interface Put {
  readonly kind: AttemptRecord['operation'];
  readonly url: string;
  readonly body?: string;
  readonly fetch: typeof fetch;
  /** Milliseconds for the whole, from now. */
  readonly timeout: number;
  /** Without it a 401 is final. */
  readonly authorize?: Authorize;
  /** What no answer may bring back. */
  readonly secrets: Iterable<string>;
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
  const { authorize, timeout } = put;
  const deadline = new Deadline(timeout);
  let isRejected = false;
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
      const answer = await attempt(
        operation,
        put,
        await authorize?.(last?.status === 401, deadline),
        deadline,
      );
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
        const details = { status, apiCode, requestId, field, retryAfter };
        last = failure(codeOfStatus(status), `The answer was ${status || 'a redirect'}.`, details);
        if (status === 401 && authorize && !isRejected) {
          isRejected = true;
          repeats--;
          continue;
        }
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
  const answer = await exchange(fetch, url, init, deadline, ATTEMPT_LIMIT, secrets);
  const { status, body: answered } = answer as Answer;
  operation.onlyRefused = onlyRefused && status >= 400 && status < 500;
  onAttempt({
    operation: kind,
    traceId,
    startedAt: new Date(start).toISOString(),
    duration: Date.now() - start,
    result: status ?? answer,
    requestId: parseError(answered).requestId,
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
