import { DealerAuthorization } from '../authorization/dealer-authorization.js';
import type { Binding } from '../binding.js';
import type { Config } from '../config.js';
import { ChektConnectError } from '../errors.js';
import {
  ChektBeforeConnectEvent,
  ChektBeforeDisconnectEvent,
  type AuthorizationRequiredReason,
} from '../events.js';
import { connectDealer, disconnectDealer } from '../partner-api/dealers.js';
import { Operation, type AttemptRecord } from '../partner-api/operation.js';
import { isRepeatedStatus } from '../partner-api/retry.js';
import { plainText } from '../plain-text.js';
import { authorizer, runAttempt, type Attempt } from './attempt.js';
import { failureOf, isWaiting, type Effect, type Failure, type MachineEvent, type State } from './state.js';
import { initialState, transition } from './transition.js';

/** Seconds: a server that asks for more than an hour is asked again after an hour. */
const LONGEST_RETRY_AFTER = 3_600;

/** Who watches a connection: the controller. */
export interface ConnectionObserver {
  changed(connection: Connection, effects: readonly Effect[]): void;
  dispatch(event: Event): void;
  attempted(record: AttemptRecord): void;
}

/**
 * One embed: the connection of one `external-dealer-id`. It holds the state and runs what a transition asks for, and lives
 * on until a running operation has ended, whatever the page does meanwhile.
 */
export class Connection {
  readonly externalDealerId: string;
  readonly #observer: ConnectionObserver;
  readonly #authorization = new DealerAuthorization();
  #state: State = initialState;
  #config?: Config;
  #asking?: AbortController;
  #running?: { readonly kind: AttemptRecord['operation']; readonly promise: Promise<Binding | void> };
  /** An operation that may have gone through, and what it was about. */
  #unsettled?: { readonly operation: Operation; readonly subject: string };

  constructor(externalDealerId: string, observer: ConnectionObserver) {
    this.externalDealerId = externalDealerId;
    this.#observer = observer;
  }

  get state(): State {
    return this.#state;
  }

  /** Already while a host decides, before the state says so. */
  get isRunning(): boolean {
    return !!this.#running;
  }

  /** What the next operation and the next question are made with; a running one keeps its own. */
  set config(config: Config) {
    this.#config = config;
  }

  send(event: MachineEvent): void {
    const { state, effects } = transition(this.#state, event);
    if (state === this.#state && !effects.length) return;
    this.#state = state;
    if (effects.some(({ type }) => type === 'ask')) void this.#ask();
    this.#observer.changed(this, effects);
  }

  /** The element is on a page again: asks where an answer was awaited when it left. */
  resume(): void {
    if (this.#state.name === 'authorizing' && !this.#asking) void this.#ask();
  }

  /** Nobody waits for an authorization any more. An operation runs to its end. */
  suspend(): void {
    this.#asking?.abort();
    this.#asking = undefined;
  }

  reset(): void {
    if (this.#running) return;
    this.#authorization.forget();
    this.send({ type: 'reset' });
  }

  /** Resolves once `chekt-connected` has been dispatched; the same promise while one runs. */
  connect(typedName: string): Promise<Binding> {
    if (this.#running?.kind === 'connect') return this.#running.promise as Promise<Binding>;
    const refusal = this.#refusal('authorized');
    if (refusal) return Promise.reject(refusal);
    const companyName = plainText(typedName);
    if (!companyName) {
      this.send({ type: 'name-missing' });
      return Promise.reject(
        new ChektConnectError('invalid-request', 'The company name is empty.', { field: 'company_name' }),
      );
    }
    const { externalDealerId } = this;
    const config = this.#config!;
    let reason: AuthorizationRequiredReason | undefined;
    return this.#start(
      'connect',
      companyName,
      new ChektBeforeConnectEvent({ externalDealerId, companyName }),
      async (operation) => {
        const binding = await connectDealer(
          operation,
          config.apiBaseUrl,
          { externalDealerId, companyName },
          {
            ...this.#call(config),
            authorize: authorizer(
              this.#authorization,
              config,
              (authorization) => this.send({ type: 'authorization-received', authorization }),
              (missing) => (reason = missing),
            ),
          },
        );
        return () => {
          this.send({
            type: 'connect-succeeded',
            binding,
            typedName: companyName,
            traceId: operation.traceId,
          });
          return binding;
        };
      },
      ({ status, apiCode }) => (status === 401 && apiCode !== 'login_required' ? 'rejected' : reason),
    );
  }

  /** Resolves once `chekt-disconnected` has been dispatched; the same promise while one runs. */
  disconnect(): Promise<void> {
    if (this.#running?.kind === 'disconnect') return this.#running.promise as Promise<void>;
    const refusal = this.#refusal('connected');
    if (refusal || this.#state.name !== 'connected') return Promise.reject(refusal);
    const { binding } = this.#state;
    const config = this.#config!;
    return this.#start(
      'disconnect',
      String(binding.dealerId),
      new ChektBeforeDisconnectEvent({ binding }),
      async (operation) => {
        await disconnectDealer(operation, config.disconnectBaseUrl!, binding.dealerId, this.#call(config));
        return () => this.send({ type: 'disconnect-succeeded', traceId: operation.traceId });
      },
    );
  }

  #call({ fetch, timeout }: Config) {
    return { fetch, timeout, onAttempt: (record: AttemptRecord) => this.#observer.attempted(record) };
  }

  /** Why an attempt cannot start, if it cannot. */
  #refusal(needed: 'authorized' | 'connected'): ChektConnectError | undefined {
    const { name } = this.#state;
    const failure = failureOf(this.#state);
    if (name === 'unconfigured')
      return failure?.error ?? new ChektConnectError('configuration', 'Not set up yet.');
    if (needed === 'connected' && !this.#config?.disconnectBaseUrl) {
      return new ChektConnectError('configuration', 'disconnect-base-url is not set.');
    }
    if (name === needed && !this.#running) return isWaiting(failure) ? failure!.error : undefined;
    return new ChektConnectError(
      name === 'connected' || this.#running ? 'conflict' : 'unauthorized',
      `This needs the state ${needed}, and nothing running; the state is ${name}.`,
    );
  }

  /** Runs one attempt to exactly one of its three ends. */
  #start<T extends Binding | void>(
    kind: AttemptRecord['operation'],
    subject: string,
    before: Attempt<never>['before'],
    run: (operation: Operation) => Promise<() => T>,
    reasonOf?: (error: ChektConnectError) => AuthorizationRequiredReason | undefined,
  ): Promise<T> {
    this.suspend();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#running = { kind, promise };
    const repeated = this.#unsettled?.subject === subject && this.#unsettled.operation;
    const operation = repeated || new Operation();
    runAttempt({
      before,
      dispatch: (event) => this.#observer.dispatch(event),
      onStart: () => this.send({ type: `${kind}-started` }),
      onSlow: () => this.send({ type: 'still-working' }),
      run: () => run(operation),
    }).then(
      (succeed) => {
        this.#running = this.#unsettled = undefined;
        resolve(succeed());
      },
      (error: ChektConnectError) => {
        this.#running = undefined;
        const keeps = !operation.onlyRefused && mayRepeat(error, !!repeated);
        this.#unsettled = keeps ? { operation, subject } : undefined;
        const reason = reasonOf?.(error);
        if (reason) this.#authorization.forget();
        this.send({
          type: 'attempt-failed',
          failure: failureFrom(error, keeps ? subject : undefined),
          reason,
        });
        reject(error);
      },
    );
    return promise;
  }

  async #ask(): Promise<void> {
    this.suspend();
    const { signal } = (this.#asking = new AbortController());
    let event: MachineEvent;
    try {
      const authorization = await this.#authorization.ask(this.#config!, 'initial', signal);
      event = authorization
        ? { type: 'authorization-received', authorization }
        : { type: 'authorization-missing' };
    } catch (error) {
      event = { type: 'authorization-failed', error: error as ChektConnectError };
    }
    if (signal.aborted) return;
    this.#asking = undefined;
    this.send(event);
  }
}

/** Whether the next press repeats the same operation, or is a new one because this one has had its answer. */
function mayRepeat({ status = 0, apiCode }: ChektConnectError, wasRepeat: boolean): boolean {
  if (status >= 500) return !wasRepeat;
  const isFinal = status >= 400 && status !== 401 && !isRepeatedStatus(status);
  return !isFinal || apiCode === 'idempotency_conflict';
}

function failureFrom(error: ChektConnectError, repeats?: string): Failure {
  const { retryAfter } = error;
  const retryAt = retryAfter && Date.now() + Math.min(retryAfter, LONGEST_RETRY_AFTER) * 1000;
  return { error, repeats, retryAt };
}
