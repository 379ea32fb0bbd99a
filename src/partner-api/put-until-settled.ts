import { ChektConnectError, codeOfStatus, type ChektConnectErrorDetails } from './errors.js';
import type { AttemptRecord, Operation, RunningOperation } from './operation.js';
import { request, type HttpAnswer } from './request.js';
import { MOST_REPEATS, backoff, isRepeatedStatus, retryAfterOf } from './retry.js';
import { hasTimedOut, sleep, withTimeout } from './timeout.js';
import { parseWireError } from './wire-error.js';

/** Milliseconds for one HTTP request, so that a stall leaves room to repeat within the timeout of the operation. */
const REQUEST_TIMEOUT = 8_000;

/** Why the next request needs more than the last one had. */
export type Refusal = 'rejected' | 'sign-in-changed';

export interface Put {
  readonly kind: AttemptRecord['operation'];
  readonly url: string;
  readonly body?: string;
  /** Headers of every request, beside the ones that `authorize` gives. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  /** Milliseconds for the whole, from now. */
  readonly timeout: number;
  /**
   * Called before every request: the headers that say who sends it. After a refusal it says once how to go on; it may
   * give the operation a new key. Without it a 401 and a changed sign-in are final.
   * @throws {ChektConnectError} when nothing may be sent
   */
  readonly authorize?: (signal: AbortSignal, refusal?: Refusal) => Promise<Readonly<Record<string, string>>>;
  readonly onAttempt: (record: AttemptRecord) => void;
}

/**
 * Sends a PUT until it is settled: repeats what may be repeated, with the same key, within the timeout.
 * @param read makes the result of a 2xx or 404, or undefined where the answer is not readable as one
 * @throws {ChektConnectError} with the outcome as far as it is known
 */
export async function putUntilSettled<T>(
  running: RunningOperation,
  put: Put,
  read: (answer: HttpAnswer) => T | undefined,
): Promise<T> {
  const end = performance.now() + put.timeout;
  let last: ChektConnectError | undefined;
  let ended: AbortSignal | undefined;
  try {
    return await withTimeout(put.timeout, undefined, async (signal) => {
      ended = signal;
      const handled = new Set<Refusal | 'unreadable'>();
      let refusal: Refusal | undefined;
      for (let repeats = 0; ; repeats++) {
        const headers = await put.authorize?.(signal, refusal);
        const answer = await send(running, put, headers, signal);
        refusal = undefined;
        const judged = judge(running, answer, read);
        if (!(judged instanceof ChektConnectError)) return judged.result;
        last = judged;
        refusal = put.authorize && refusalIn(last);
        if (refusal && !handled.has(refusal)) {
          handled.add(refusal);
          repeats--;
          continue;
        }
        const isUnreadable = last.code === 'invalid-response';
        if (refusal || !mayRepeat(last, running.operation) || (isUnreadable && handled.has('unreadable')))
          throw last;
        if (isUnreadable) handled.add('unreadable');
        const delay = last.retryAfter === undefined ? backoff(repeats) : last.retryAfter * 1000;
        if (repeats >= MOST_REPEATS || performance.now() + delay >= end) throw last;
        await sleep(delay, signal);
      }
    });
  } catch (error) {
    if (ended && hasTimedOut(ended) && error === ended.reason) {
      throw failure(running, 'timeout', 'The timeout is over.', { cause: last });
    }
    if (!(error instanceof ChektConnectError) || error.traceId) throw error;
    // the source of authorization knows nothing of this operation, and its status is no answer to it
    const { apiCode, code, message, retryable } = error;
    throw failure(running, code, message, { apiCode, retryable });
  }
}

async function send(
  running: RunningOperation,
  { kind, url, body, headers: given, fetch, onAttempt }: Put,
  authorization: Readonly<Record<string, string>> | undefined,
  signal: AbortSignal,
): Promise<HttpAnswer | 'timeout' | 'network'> {
  const { traceId, idempotencyKey, onlyRefused, sent } = running.operation;
  const headers = {
    Accept: 'application/json',
    'Idempotency-Key': idempotencyKey,
    'x-partner-trace-id': traceId,
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...given,
    ...authorization,
  };
  const start = Date.now();
  running.operation = { ...running.operation, sent: sent + 1, onlyRefused: false };
  const answer = await request({
    fetch,
    url,
    init: { method: 'PUT', headers, body },
    timeout: REQUEST_TIMEOUT,
    signal,
  });
  const isAnswer = typeof answer === 'object';
  const isRefused = isAnswer && answer.status >= 400 && answer.status < 500;
  running.operation = { ...running.operation, onlyRefused: onlyRefused && isRefused };
  onAttempt({
    operation: kind,
    traceId,
    startedAt: new Date(start).toISOString(),
    duration: Date.now() - start,
    result: isAnswer ? answer.status : answer,
    requestId: isAnswer ? parseWireError(answer.body).requestId : undefined,
  });
  return answer;
}

/** The result of an answer, or the error that it stands for. */
function judge<T>(
  running: RunningOperation,
  answer: HttpAnswer | 'timeout' | 'network',
  read: (answer: HttpAnswer) => T | undefined,
): { readonly result: T } | ChektConnectError {
  if (typeof answer === 'string') return failure(running, answer, `No answer (${answer}).`);
  const { status, body } = answer;
  const result = (status >= 200 && status < 300) || status === 404 ? read(answer) : undefined;
  if (result !== undefined) return { result };
  const { apiCode, requestId, field } = parseWireError(body);
  const retryAfter = isRepeatedStatus(status) ? retryAfterOf(answer) : undefined;
  const message = `The answer was ${status || 'a redirect'}.`;
  return failure(running, codeOfStatus(status), message, { status, apiCode, requestId, field, retryAfter });
}

function failure(
  { operation: { traceId, onlyRefused } }: RunningOperation,
  code: ChektConnectError['code'],
  message: string,
  details?: ChektConnectErrorDetails,
): ChektConnectError {
  return new ChektConnectError(code, message, {
    ...details,
    traceId,
    outcome: onlyRefused ? 'not-applied' : 'unknown',
  });
}

function refusalIn({ status, apiCode }: ChektConnectError): Refusal | undefined {
  if (status === 401) return 'rejected';
  return status === 409 && apiCode === 'sign_in_changed' ? 'sign-in-changed' : undefined;
}

function mayRepeat({ status, apiCode }: ChektConnectError, { sent }: Operation): boolean {
  if (status === undefined || (status >= 200 && status < 300)) return true;
  // a key that is still in use: only a repeat of ours can have met itself
  return isRepeatedStatus(status) || (apiCode === 'idempotency_conflict' && sent > 1);
}
