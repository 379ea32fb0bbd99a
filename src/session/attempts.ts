import type { Binding } from '../partner-api/dealer.js';
import { ChektConnectError } from '../partner-api/errors.js';
import { momentIn } from '../partner-api/moment.js';
import { newOperation, outcomeOf, type Operation } from '../partner-api/operation.js';
import { isRepeatedStatus } from '../partner-api/retry.js';
import { readsTheSame } from '../partner-api/text.js';
import type { Attempt } from './effects/attempt.js';
import { connect } from './effects/connect.js';
import { disconnect } from './effects/disconnect.js';
import { hold } from './effects/hold.js';
import type { Session } from './session.js';
import { isPaused, type Failure, type SessionEvent, type State } from './state.js';

/** Milliseconds after which the person is told that the attempt is still running. */
const SLOW = 5_000;
/** Seconds: a longer `Retry-After` counts as one hour. */
export const LONGEST_RETRY_AFTER = 3_600;

/** What the page is told before an attempt, so that it can prevent or hold it. */
export type BeforeDetail =
  | { readonly type: 'before-connect'; readonly externalDealerId: string; readonly companyName: string }
  | { readonly type: 'before-disconnect'; readonly binding: Binding };

type Startable = Extract<State, { name: 'authorized' | 'connected' }>;

/** An attempt that can start. */
interface Prepared<T> {
  readonly attempt: Attempt;
  readonly before: BeforeDetail;
  /** @returns the success, as an event and as the result of the promise */
  readonly run: () => Promise<readonly [success: SessionEvent, result: T]>;
}

/** Runs attempts, one at a time, each to exactly one end. */
export class Attempts {
  readonly #session: Session;
  /** How many attempts have started so far. */
  started = 0;
  #running?: { readonly needs: Startable['name']; readonly promise: Promise<unknown> };

  constructor(session: Session) {
    this.#session = session;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  get isConnecting(): boolean {
    return this.#running?.needs === 'authorized';
  }

  connect(companyName: string): Promise<Binding> {
    return this.#start('authorized', (state) => {
      const session = this.#session;
      if (!companyName) {
        session.dispatch({ type: 'name-missing' });
        const details = { field: 'company_name' };
        throw new ChektConnectError('invalid-request', 'The company name is empty.', details);
      }
      const attempt = this.#attempt(state, companyName);
      const { externalDealerId, openQuestion } = session;
      const { subject: sentName, operation } = attempt;
      return {
        attempt,
        before: { type: 'before-connect', externalDealerId, companyName: sentName },
        run: async () => {
          const binding = session.redaction.data(await connect(attempt, state.signIn, openQuestion));
          return [{ type: 'connected', binding, sentName, traceId: operation.traceId }, binding];
        },
      };
    });
  }

  disconnect(): Promise<void> {
    return this.#start('connected', (state) => {
      if (!this.#session.options?.disconnectBaseUrl) {
        throw new ChektConnectError('configuration', 'disconnect-base-url or service-url is missing.');
      }
      const { binding } = state;
      const attempt = this.#attempt(state, `${binding.dealerId}`);
      const { traceId } = attempt.operation;
      return {
        attempt,
        before: { type: 'before-disconnect', binding },
        run: async () => [{ type: 'disconnected', traceId }, await disconnect(attempt)],
      };
    });
  }

  /** What reads the same as the subject of an operation whose outcome is unknown repeats it, with its original payload. */
  #attempt({ failure }: Startable, subject: string): Attempt {
    const session = this.#session;
    const unsettled = failure?.unsettled;
    const isRepeat = unsettled !== undefined && readsTheSame(unsettled.subject, subject);
    return {
      session,
      options: session.options!,
      onAttempt: (record) => session.host.attempted(session, record),
      isRepeat,
      unsettled,
      subject: isRepeat ? unsettled.subject : subject,
      operation: isRepeat ? unsettled.operation : newOperation(),
      next: { type: 'same-person' },
    };
  }

  /** @throws {ChektConnectError} if no attempt can start in the current state */
  #startable<N extends Startable['name']>(needs: N): Extract<Startable, { name: N }> {
    const { state } = this.#session;
    const failure = state.failure;
    if (state.name === 'unconfigured') {
      throw failure?.error ?? new ChektConnectError('configuration', 'The element is not configured yet.');
    }
    if (state.name !== needs || this.#running) {
      throw new ChektConnectError(
        state.name === 'connected' || this.#running ? 'conflict' : 'unauthorized',
        this.#running
          ? 'Another operation is running.'
          : `This can only start in the state ${needs}; the state is ${state.name}.`,
      );
    }
    if (failure && isPaused(failure)) throw failure.error;
    return state as Extract<Startable, { name: N }>;
  }

  /** @returns the same promise while the same kind of attempt runs; rejected, without an event, if it cannot start */
  #start<N extends Startable['name'], T>(
    needs: N,
    prepare: (state: Extract<Startable, { name: N }>) => Prepared<T>,
  ): Promise<T> {
    if (this.#running?.needs === needs) return this.#running.promise as Promise<T>;
    let settle!: { resolve: (result: Promise<T>) => void; reject: (error: unknown) => void };
    const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
    try {
      const prepared = prepare(this.#startable(needs));
      // set before the page is asked, so that nothing the page does meanwhile starts another attempt
      this.#running = { needs, promise };
      this.started++;
      settle.resolve(this.#run(prepared));
    } catch (error) {
      settle.reject(error);
    }
    return promise;
  }

  async #run<T>({ attempt, before, run }: Prepared<T>): Promise<T> {
    const session = this.#session;
    const outcome = outcomeOf(attempt.operation);
    let slow: ReturnType<typeof setTimeout> | undefined;
    try {
      const { isPrevented, held } = session.host.before(before);
      if (isPrevented) {
        throw new ChektConnectError('vetoed', `chekt-${before.type} was prevented.`, { outcome });
      }
      session.dispatch({ type: 'started' });
      if (held) await hold(held, outcome);
      slow = setTimeout(() => session.dispatch({ type: 'slow' }), SLOW);
      const [success, result] = await run();
      this.#running = undefined;
      session.dispatch(success);
      return result;
    } catch (reason) {
      const error = this.#redacted(explain(reason, attempt.operation));
      this.#running = undefined;
      session.dispatch({ type: 'failed', failure: failureFrom(error, attempt), next: attempt.next });
      throw error;
    } finally {
      clearTimeout(slow);
    }
  }

  /** Without the tokens that an answer may have echoed, in this error or in its cause. */
  #redacted(error: ChektConnectError): ChektConnectError {
    const { redaction } = this.#session;
    return new ChektConnectError(error.code, error.message, {
      ...error,
      apiCode: redaction.identifier(error.apiCode),
      field: redaction.identifier(error.field),
      requestId: redaction.identifier(error.requestId),
      cause: error.cause instanceof ChektConnectError ? this.#redacted(error.cause) : undefined,
    });
  }
}

/** A bug of ours ends the attempt like any other failure, and is also reported as an uncaught error. */
function explain(reason: unknown, operation: Operation): ChektConnectError {
  if (reason instanceof ChektConnectError) return reason;
  queueMicrotask(() => {
    throw reason;
  });
  return new ChektConnectError('server', 'This is a bug in <chekt-connect>. Report its diagnostics().', {
    traceId: operation.traceId,
    retryable: false,
    outcome: outcomeOf(operation),
  });
}

function failureFrom(error: ChektConnectError, attempt: Attempt): Failure {
  const { operation, subject, isRepeat } = attempt;
  const { retryAfter } = error;
  const isUnsettled = outcomeOf(operation) === 'unknown' && mayRepeat(error, isRepeat);
  // what has sent nothing leaves an earlier operation of the same person as it was
  const isOfSamePerson = attempt.next.type === 'same-person' && error.apiCode !== 'sign_in_changed';
  const earlier = operation.sent === 0 && isOfSamePerson ? attempt.unsettled : undefined;
  return {
    error,
    unsettled: isUnsettled ? { operation, subject } : earlier,
    retryAt:
      retryAfter === undefined ? undefined : momentIn(Math.min(retryAfter, LONGEST_RETRY_AFTER) * 1000),
  };
}

/** Whether the next press repeats this operation. If not, CHeKT has answered it, and the next press is a new one. */
function mayRepeat({ status = 0, apiCode }: ChektConnectError, wasRepeat: boolean): boolean {
  if (apiCode === 'sign_in_changed') return false;
  if (status >= 500) return !wasRepeat || apiCode === 'operation_running';
  return status < 400 || status === 401 || isRepeatedStatus(status) || apiCode === 'idempotency_conflict';
}
