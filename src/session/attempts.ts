import type { Binding } from '../partner-api/dealer.js';
import { ChektConnectError } from '../partner-api/errors.js';
import { momentIn } from '../partner-api/moment.js';
import { newOperation, type AttemptRecord, type Operation } from '../partner-api/operation.js';
import { isRepeatedStatus } from '../partner-api/retry.js';
import { readsTheSame } from '../partner-api/text.js';
import { connect, type ConnectEffect } from './effects/connect.js';
import { disconnect } from './effects/disconnect.js';
import { hold } from './effects/hold.js';
import type { Session } from './session.js';
import { failureOf, isPaused, type Failure, type FailedNext, type State, type Unsettled } from './state.js';

/** Milliseconds after which the person is told that the attempt is still running. */
const SLOW = 5_000;
/** Seconds: a longer `Retry-After` counts as one hour. */
const LONGEST_RETRY_AFTER = 3_600;

/** What the page is told before an attempt, so that it can prevent or hold it. */
export type BeforeDetail =
  | { readonly type: 'before-connect'; readonly externalDealerId: string; readonly companyName: string }
  | { readonly type: 'before-disconnect'; readonly binding: Binding };

type Startable = Extract<State, { name: 'authorized' | 'connected' }>;

/** One attempt, from the press to its end. */
interface Attempt<T> {
  readonly before: BeforeDetail;
  /** The company name or, to disconnect, the dealer id: only an attempt about the same subject repeats an operation. */
  readonly subject: string;
  /** The unsettled operation that this attempt repeats. */
  readonly repeated?: Unsettled;
  /** Updated by the effect while it runs. */
  readonly effect: { operation: Operation; next: FailedNext };
  readonly run: () => Promise<T>;
  /** Dispatches the success. */
  readonly succeed: (result: T) => T;
}

/** Runs attempts, one at a time, each to exactly one end. */
export class Attempts {
  readonly #session: Session;
  /** How many attempts have started so far. */
  started = 0;
  /** How many attempts in a row have ended because the source's answers could not be compared. */
  #incomparable = 0;
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
    if (this.#running?.needs === 'authorized') return this.#running.promise as Promise<Binding>;
    const session = this.#session;
    const state = this.#startable('authorized');
    if (state instanceof ChektConnectError) return Promise.reject(state);
    if (!companyName) {
      session.dispatch({ type: 'name-missing' });
      const details = { field: 'company_name' };
      return Promise.reject(new ChektConnectError('invalid-request', 'The company name is empty.', details));
    }
    const unsettled = state.failure?.unsettled;
    // a name that reads the same continues the same operation, with its original payload
    const repeated = unsettled && readsTheSame(unsettled.subject, companyName) ? unsettled : undefined;
    const subject = repeated?.subject ?? companyName;
    const { externalDealerId, options, openQuestion } = session;
    const effect: ConnectEffect = {
      operation: repeated?.operation ?? newOperation(state.signIn.identity.signInId),
      session,
      options: options!,
      companyName: subject,
      displayed: state.signIn,
      openQuestion,
      onAnotherPerson: (wasComparable) => this.#countIncomparable(wasComparable),
      onAttempt: (record) => this.#record(record),
      next: { type: 'same-person' },
    };
    return this.#start('authorized', {
      before: { type: 'before-connect', externalDealerId, companyName: subject },
      subject,
      repeated,
      effect,
      run: () => connect(effect),
      succeed: (recorded) => {
        const { traceId } = effect.operation;
        const binding = session.redaction.data(recorded);
        this.#incomparable = 0;
        session.dispatch({ type: 'connected', binding, sentName: subject, traceId });
        return binding;
      },
    });
  }

  disconnect(): Promise<void> {
    if (this.#running?.needs === 'connected') return this.#running.promise as Promise<void>;
    const session = this.#session;
    const { options } = session;
    const state = this.#startable('connected');
    if (state instanceof ChektConnectError) return Promise.reject(state);
    if (!options?.disconnectBaseUrl) {
      return Promise.reject(
        new ChektConnectError('configuration', 'disconnect-base-url or service-url is missing.'),
      );
    }
    const { binding, failure } = state;
    const subject = `${binding.dealerId}`;
    const repeated = failure?.unsettled?.subject === subject ? failure.unsettled : undefined;
    const effect = {
      operation: repeated?.operation ?? newOperation(),
      options,
      dealerId: binding.dealerId,
      onAttempt: (record: AttemptRecord) => this.#record(record),
      next: { type: 'same-person' } as FailedNext,
    };
    return this.#start('connected', {
      before: { type: 'before-disconnect', binding },
      subject,
      repeated,
      effect,
      run: async () => {
        await disconnect(effect);
      },
      succeed: () => session.dispatch({ type: 'disconnected', traceId: effect.operation.traceId }),
    });
  }

  /** A source whose answers cannot be compared would end every attempt, so the developer is told, once. */
  #countIncomparable(wasComparable: boolean): void {
    this.#incomparable = wasComparable ? 0 : this.#incomparable + 1;
    if (this.#incomparable === 2) {
      console.warn('<chekt-connect> Return sub, id_token or sign_in_id with every token.');
    }
  }

  #record(record: AttemptRecord): void {
    this.#session.host.attempted(this.#session, record);
  }

  /** The current state if an attempt can start in it, else the error that says why not. */
  #startable<N extends Startable['name']>(needs: N): Extract<Startable, { name: N }> | ChektConnectError {
    const { state } = this.#session;
    const failure = failureOf(state);
    if (state.name === 'unconfigured') {
      return failure?.error ?? new ChektConnectError('configuration', 'Not configured yet.');
    }
    if (state.name !== needs || this.#running) {
      const code = state.name === 'connected' || this.#running ? 'conflict' : 'unauthorized';
      return new ChektConnectError(
        code,
        `The state is ${state.name}. Wait until it is ${needs}, and no operation runs.`,
      );
    }
    if (failure && isPaused(failure)) return failure.error;
    return state as Extract<Startable, { name: N }>;
  }

  #start<T>(needs: Startable['name'], attempt: Attempt<T>): Promise<T> {
    let settle!: { resolve: (result: T) => void; reject: (error: unknown) => void };
    const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
    // set before the page is asked, so that nothing the page does meanwhile starts another attempt
    this.#running = { needs, promise };
    this.started++;
    this.#run(attempt).then(settle.resolve, settle.reject);
    return promise;
  }

  async #run<T>({ effect, subject, repeated, run, succeed, before }: Attempt<T>): Promise<T> {
    const session = this.#session;
    const outcome = repeated ? 'unknown' : 'not-applied';
    let slow: ReturnType<typeof setTimeout> | undefined;
    try {
      const { isPrevented, held } = session.host.before(before);
      if (isPrevented) {
        throw new ChektConnectError('vetoed', `chekt-${before.type} was prevented.`, { outcome });
      }
      session.dispatch({ type: 'started' });
      if (held) await hold(held, outcome);
      slow = setTimeout(() => session.dispatch({ type: 'slow' }), SLOW);
      const result = await run();
      this.#running = undefined;
      return succeed(result);
    } catch (reason) {
      const error = this.#redacted(explain(reason, effect.operation));
      const { operation, next } = effect;
      const mayBeRecorded = !operation.onlyRefused && mayRepeat(error, !!repeated);
      const failure = failureFrom(error, mayBeRecorded ? { operation, subject } : undefined);
      this.#running = undefined;
      session.dispatch({ type: 'failed', failure, next });
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
function explain(reason: unknown, { traceId, onlyRefused }: Operation): ChektConnectError {
  if (reason instanceof ChektConnectError) return reason;
  queueMicrotask(() => {
    throw reason;
  });
  return new ChektConnectError('server', 'This is a bug in <chekt-connect>.', {
    traceId,
    retryable: false,
    outcome: onlyRefused ? 'not-applied' : 'unknown',
  });
}

/** Whether the next press repeats this operation. If not, CHeKT has answered it, and the next press is a new one. */
function mayRepeat({ status = 0, apiCode }: ChektConnectError, wasRepeat: boolean): boolean {
  if (apiCode === 'sign_in_changed') return false;
  if (status >= 500) return !wasRepeat;
  return status < 400 || status === 401 || isRepeatedStatus(status) || apiCode === 'idempotency_conflict';
}

function failureFrom(error: ChektConnectError, unsettled: Unsettled | undefined): Failure {
  const { retryAfter } = error;
  return {
    error,
    unsettled,
    retryAt:
      retryAfter === undefined ? undefined : momentIn(Math.min(retryAfter, LONGEST_RETRY_AFTER) * 1000),
  };
}
