import { ChektConnectError, codeOfStatus, type ChektConnectErrorDetails } from './errors.js';
import { outcomeOf, type AttemptRecord, type Operation, type RunningOperation } from './operation.js';
import { request, type HttpAnswer } from './request.js';
import { MOST_REPEATS, REQUEST_TIMEOUT, backoff, isRepeatedStatus, retryAfterOf } from './retry.js';
import { isTimeout, sleep, withTimeout } from './timeout.js';
import { parseWireError } from './wire-error.js';

/** A refusal after which `authorize` may get one more request through. */
export type Refusal = 'rejected' | 'sign-in-changed';

export interface Put {
  readonly kind: AttemptRecord['operation'];
  readonly url: string;
  readonly body?: string;
  /** Headers of every request, in addition to those that `authorize` returns. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  /** Milliseconds for the whole operation, from now. */
  readonly timeout: number;
  /**
   * Called before every request. Returns the headers that say who sends it, and may give the operation a new key. Called
   * once more after the first refusal of each kind; without it, such a refusal is final.
   * @throws {ChektConnectError} if nothing may be sent
   */
  readonly authorize?: (signal: AbortSignal, refusal?: Refusal) => Promise<Readonly<Record<string, string>>>;
  readonly onAttempt: (record: AttemptRecord) => void;
}

/**
 * Sends a PUT and repeats it, with the same key, until its outcome is known or the timeout is over.
 * @param read turns a 2xx or 404 into the result; undefined if the answer cannot be read as one
 * @throws {ChektConnectError} with the outcome, as far as it is known
 */
export async function putUntilSettled<T>(
  running: RunningOperation,
  put: Put,
  read: (answer: HttpAnswer) => T | undefined,
): Promise<T> {
  const end = performance.now() + put.timeout;
  let last: ChektConnectError | undefined;
  try {
    return await withTimeout(put.timeout, undefined, async (signal) => {
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
    if (isTimeout(error)) throw failure(running, 'timeout', 'Timed out.', { cause: last });
    if (!(error instanceof ChektConnectError) || error.traceId) throw error;
    // an error of the source: add what is known of the operation, and drop the status, which is of another request
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

/** The result of an answer, or the error for it. */
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
  { operation }: RunningOperation,
  code: ChektConnectError['code'],
  message: string,
  details?: ChektConnectErrorDetails,
): ChektConnectError {
  const { traceId } = operation;
  return new ChektConnectError(code, message, { ...details, traceId, outcome: outcomeOf(operation) });
}

function refusalIn({ status, apiCode }: ChektConnectError): Refusal | undefined {
  if (status === 401) return 'rejected';
  return status === 409 && apiCode === 'sign_in_changed' ? 'sign-in-changed' : undefined;
}

function mayRepeat({ status, apiCode }: ChektConnectError, { sent }: Operation): boolean {
  if (status === undefined || (status >= 200 && status < 300)) return true;
  // the key is still in use: only after a repeat can that be our own earlier request
  return isRepeatedStatus(status) || (apiCode === 'idempotency_conflict' && sent > 1);
}
