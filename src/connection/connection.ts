import { DealerAuthorization, type SignIn } from '../authorization/dealer-authorization.js';
import type { Secrets } from '../secrets.js';
import type { Binding } from '../binding.js';
import type { Config } from '../config.js';
import { ChektConnectError } from '../errors.js';
import {
  ChektBeforeConnectEvent,
  ChektBeforeDisconnectEvent,
  type AuthorizationRequiredReason,
} from '../events.js';
import { Deadline } from '../http/wait.js';
import { connectDealer, disconnectDealer } from '../partner-api/dealers.js';
import { Operation, SIGN_IN_CHANGED, type AttemptRecord } from '../partner-api/operation.js';
import { isRepeatedStatus } from '../partner-api/retry.js';
import { plainText } from '../plain-text.js';
import { clearTimer, setTimer } from '../timer.js';
import { authorizer, runAttempt, type BeforeEvent } from './attempt.js';
import { failureOf, isWaiting, type Failure, type MachineEvent, type State } from './state.js';
import { canAsk, canRefresh, initialState, transition } from './transition.js';

/** Seconds: a server that asks for more than an hour is asked again after an hour. */
const LONGEST_RETRY_AFTER = 3_600;
/** Milliseconds between two questions that nobody but the page's being shown asks for. */
const REFRESH_PAUSE = 5_000;

/** A question to the host: until when it is waited for, and what resolves with its answer, whatever that is. */
type Question = Deadline & { answered?: Promise<unknown> };

/** Who watches a connection: the controller. */
export interface ConnectionObserver {
  /** The element is on a page that somebody may see. */
  readonly isShown: boolean;
  changed(connection: Connection, events: readonly Event[]): void;
  dispatch(event: Event): void;
  attempted(connection: Connection, record: AttemptRecord): void;
  /** Another person is signed in: what was typed is of the one before. */
  personChanged(connection: Connection): void;
  /** For the integrator's console. */
  warn(message: string): void;
}

/**
 * One embed: the connection of one `external-dealer-id`. It holds the state and runs what a transition asks for, and lives
 * on until a running operation has ended, whatever the page does meanwhile.
 */
export class Connection {
  readonly externalDealerId: string;
  /** What the next operation and the next question are made with; a running one keeps its own. */
  config?: Config;
  readonly #observer: ConnectionObserver;
  readonly #authorization: DealerAuthorization;
  readonly #secrets: Secrets;
  #state: State = initialState;
  /** What the host has not answered yet, oldest first. */
  readonly #questions: Question[] = [];
  /** When the host was asked last, by `performance.now()`. */
  #askedAt = -Infinity;
  /** The page was shown while a question was open. */
  #isShownAgain = false;
  /** Attempts in a row that ended because two answers could not be compared. */
  #vagueEnds = 0;
  /** The host is to be asked as soon as its answer matters. */
  #isDue = false;
  #running?: { readonly needs: State['name']; readonly promise: Promise<unknown> };

  constructor(externalDealerId: string, observer: ConnectionObserver, secrets: Secrets) {
    this.externalDealerId = externalDealerId;
    this.#observer = observer;
    this.#secrets = secrets;
    this.#authorization = new DealerAuthorization(secrets);
  }

  get state(): State {
    return this.#state;
  }

  /** Already while a host decides, before the state says so. */
  get isRunning(): boolean {
    return !!this.#running;
  }

  send(event: MachineEvent): void {
    const [state, ...effects] = transition(this.#state, event);
    if (state === this.#state && !effects.length) return;
    this.#state = state;
    if (effects.includes('ask')) {
      this.#isDue = true;
      this.#authorization.outdate();
    }
    // an attempt waits for a question that was open at the press
    if (!canAsk(state) && state.name !== 'connecting') this.suspend();
    this.#observer.changed(
      this,
      effects.filter((effect) => effect instanceof Event),
    );
    if (effects.includes('refresh')) this.refresh();
  }

  /** The source, or where a token may go, is another one: what is held is not used any more. */
  changeSource(): void {
    this.#authorization.drop();
    this.send({ type: 'source-changed' });
  }

  /** The page is shown again, or its dealer was disconnected: somebody else may be signed in. Asks quietly, once in 5 s at most. */
  readonly refresh = (): void => {
    clearTimer(this.refresh);
    if (!canRefresh(this.#state) || this.#running || !this.config?.source) return;
    if (!this.#observer.isShown) {
      // asked when it comes back
      this.#isDue = true;
      this.#authorization.outdate();
      return;
    }
    if (this.#questions.length) {
      this.#isShownAgain = true;
      return;
    }
    const left = this.#askedAt + REFRESH_PAUSE - performance.now();
    if (left > 0) setTimer(this.refresh, left);
    else this.#ask();
  };

  /** The element is on a page, and what the host gave has been read: asks where that is due. */
  resume(): void {
    if (this.#isDue && this.#authorization.isOutdated && canAsk(this.#state) && !this.#running) this.#ask();
  }

  /** Nobody waits for an authorization any more. An operation runs to its end. */
  suspend(): void {
    if (this.#questions.length) this.#isDue = true;
    this.#isShownAgain = false;
    clearTimer(this.refresh);
    this.#abort(0);
  }

  #abort(from: number, count?: number): void {
    for (const question of this.#questions.splice(from, count ?? Infinity)) question.abort();
  }

  reset(): void {
    if (this.#running) return;
    this.suspend();
    this.#authorization.forget();
    this.send({ type: 'reset' });
  }

  /** Resolves once `chekt-connected` has been dispatched; the same promise while one runs. */
  connect(typedName: string): Promise<Binding> {
    const companyName = plainText(typedName);
    const { externalDealerId, config } = this;
    let reason: AuthorizationRequiredReason | undefined;
    return this.#start(
      'authorized',
      companyName,
      () => new ChektBeforeConnectEvent({ externalDealerId, companyName }),
      async (operation) => {
        const binding = await connectDealer(operation, config!, companyName, {
          ...this.#call(),
          authorize: authorizer({
            authorization: this.#authorization,
            config: config!,
            open: () => this.#questions[0]?.answered,
            onReceived: (signIn) => this.#receive(signIn),
            onMissing: (missing) => (reason = missing),
          }),
        });
        return () => {
          this.send({ type: 'connected', binding, typedName: companyName, traceId: operation.traceId });
          return binding;
        };
      },
      ({ status, apiCode }) => (status === 401 && apiCode !== 'login_required' ? 'rejected' : reason),
    );
  }

  /** Resolves once `chekt-disconnected` has been dispatched; the same promise while one runs. */
  disconnect(): Promise<void> {
    const { config } = this;
    const { binding } = this.#state as Extract<State, { name: 'connected' }>;
    return this.#start(
      'connected',
      `${binding?.dealerId}`,
      () => new ChektBeforeDisconnectEvent({ binding }),
      async (operation) => {
        await disconnectDealer(operation, config!, binding.dealerId, this.#call());
        return () => this.send({ type: 'disconnected', traceId: operation.traceId });
      },
    );
  }

  #call() {
    return {
      secrets: this.#secrets,
      onAttempt: (record: AttemptRecord) => this.#observer.attempted(this, record),
    };
  }

  #receive({ authorization, isSame }: SignIn): void {
    if (!isSame) this.#observer.personChanged(this);
    this.send({ type: 'authorization', authorization, isSame });
  }

  /** Why an attempt cannot start, if it cannot. */
  #refusal(needs: State['name'], subject: string): ChektConnectError | undefined {
    const { name } = this.#state;
    const failure = failureOf(this.#state);
    if (name === 'unconfigured' || (needs === 'connected' && !this.config?.disconnectBaseUrl)) {
      return failure?.error ?? new ChektConnectError('configuration', 'The element is not set up for this.');
    }
    if (name !== needs || this.#running) {
      const code = name === 'connected' || this.#running ? 'conflict' : 'unauthorized';
      return new ChektConnectError(code, `This needs the state ${needs}, with nothing running.`);
    }
    if (isWaiting(failure)) return failure!.error;
    if (subject) return undefined;
    this.send({ type: 'name-missing', nameMissing: true });
    return new ChektConnectError('invalid-request', 'The company name is empty.', { field: 'company_name' });
  }

  /** Runs one attempt to exactly one of its three ends. */
  #start<T>(
    needs: State['name'],
    subject: string,
    before: () => BeforeEvent,
    run: (operation: Operation) => Promise<() => T>,
    reasonOf?: (error: ChektConnectError) => AuthorizationRequiredReason | undefined,
  ): Promise<T> {
    if (this.#running?.needs === needs) return this.#running.promise as Promise<T>;
    const refusal = this.#refusal(needs, subject);
    if (refusal) return Promise.reject(refusal);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#running = { needs, promise };
    const last = failureOf(this.#state);
    const repeated = last?.repeats === subject && last.operation;
    const operation = repeated || new Operation();
    runAttempt(
      before(),
      repeated ? 'unknown' : 'not-applied',
      (event) => this.#observer.dispatch(event),
      (type) => this.send({ type }),
      () => run(operation),
    ).then(
      (succeed) => {
        this.#running = undefined;
        this.#vagueEnds = 0;
        resolve(succeed());
      },
      (error: ChektConnectError) => {
        const keeps = !operation.onlyRefused && mayRepeat(error, !!repeated);
        const reason = reasonOf?.(error);
        this.#running = undefined;
        if (reason) this.#authorization.reject();
        this.#learn(error);
        this.send({
          type: 'failed',
          failure: failureFrom(error, operation, keeps ? subject : undefined),
          reason,
          authorization: this.#authorization.shown ?? undefined,
        });
        reject(error);
      },
    );
    return promise;
  }

  /** What the end of an attempt says of the sign-in. */
  #learn({ apiCode, status }: ChektConnectError): void {
    const isChanged = apiCode === SIGN_IN_CHANGED;
    // the service knows another sign-in than the source has told
    if (status && (isChanged || apiCode === 'sign_in_required')) this.#authorization.outdate();
    this.#vagueEnds = isChanged && !status && this.#authorization.isVague ? this.#vagueEnds + 1 : 0;
    if (this.#vagueEnds === 2) this.#observer.warn('Return sub, id_token or sign_in_id with every token.');
  }

  #ask(): void {
    // some hosts make another function on every render: if none but the newest counted, there might never be an answer
    this.#abort(this.#state.name === 'authorizing' ? 1 : 0);
    this.#isDue = this.#isShownAgain = false;
    this.#askedAt = performance.now();
    const question: Question = new Deadline(this.config!.timeout);
    this.#questions.push(question);
    const answer = (tell: () => void) => {
      const older = this.#questions.indexOf(question);
      if (older < 0) return;
      this.#abort(0, older);
      this.#questions.shift();
      question.clear();
      tell();
      if (this.#isShownAgain) this.refresh();
    };
    question.answered = this.#authorization.ask(this.config!, 'initial', question).then(
      (signIn) =>
        answer(() =>
          signIn ? this.#receive(signIn) : this.send({ type: 'authorization', authorization: null }),
        ),
      (error: ChektConnectError) =>
        answer(() => {
          this.#authorization.outdate(); // the next press asks first
          // behind the person's back only a definite answer changes anything
          if (this.#state.name === 'authorizing' || isDefinite(error))
            this.send({ type: 'authorization-failed', error });
        }),
    );
  }
}

/** The source has said something of the sign-in, and did not just fail. */
function isDefinite({ apiCode = '' }: ChektConnectError): boolean {
  return ['login_required', 'other_account', 'access_denied'].includes(apiCode);
}

/** Whether the next press repeats the same operation, or is a new one because this one has had its answer. */
function mayRepeat({ status = 0, apiCode }: ChektConnectError, wasRepeat: boolean): boolean {
  // it belonged to somebody else
  if (apiCode === SIGN_IN_CHANGED) return false;
  if (status >= 500) return !wasRepeat;
  return status < 400 || status === 401 || isRepeatedStatus(status) || apiCode === 'idempotency_conflict';
}

function failureFrom(error: ChektConnectError, operation: Operation, repeats?: string): Failure {
  const { retryAfter } = error;
  return {
    error,
    operation,
    repeats,
    retryAt: retryAfter && Date.now() + Math.min(retryAfter, LONGEST_RETRY_AFTER) * 1000,
  };
}
