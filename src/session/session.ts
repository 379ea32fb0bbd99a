/**
 * A session is one embed of one account, from the first question to the last answer. It needs neither a DOM nor Lit.
 *
 * The host's options arrive through `configure`, what a person does through `type`, `confirm`, `connect`, `disconnect` and
 * `reset`. Each call becomes an event. `transition` turns the state and the event into the next state, what the page is notified
 * of and which question is due, as data. The session runs the effects, each with its own AbortController, and their results are
 * the next events.
 * The `SessionHost` reads `state` and is told of every change.
 */
import { Credentials } from '../authorization/credentials.js';
import type { Redaction } from '../authorization/redaction.js';
import { readSignIn } from '../authorization/sign-in.js';
import { askSource, type TokenRequest } from '../authorization/token-provider.js';
import type { Binding } from '../partner-api/dealer.js';
import { ChektConnectError } from '../partner-api/errors.js';
import type { AttemptRecord } from '../partner-api/operation.js';
import { Attempts, type BeforeDetail } from './attempts.js';
import { loadAccount, type Account } from './effects/load-account.js';
import type { SessionOptions } from './options.js';
import { Questions } from './questions.js';
import { canAsk, type Answer, type SessionEvent, type State } from './state.js';
import { initialState, isDefinite, transition, type Notification } from './transition.js';

/** What a session needs from its owner: in the page the session controller, in unit tests a stand-in. */
export interface SessionHost {
  /** The state has changed, or there is something to notify the page of. */
  changed(session: Session, notifications: readonly Notification[]): void;
  /** The page may prevent an attempt, or hold it until a promise settles. */
  before(detail: BeforeDetail): { readonly isPrevented: boolean; readonly held?: Promise<unknown> };
  /** An HTTP request of an attempt has ended. */
  attempted(session: Session, record: AttemptRecord): void;
  /** The service has described the account. If it is not this session's account, the owner starts a new session. */
  accountLoaded(session: Session, account: Account): void;
}

export class Session {
  readonly externalDealerId: string;
  readonly host: SessionHost;
  readonly redaction: Redaction;
  readonly credentials: Credentials;
  readonly #attempts = new Attempts(this);
  readonly #questions: Questions;
  #state: State = initialState;
  #options?: SessionOptions;
  /** An answer that came during an attempt, and that the attempt has not compared yet. */
  #unheard?: Answer;
  /** How many attempts in a row have ended because the source's answers could not be compared. */
  incomparable = 0;
  /** The service has just described this account, so the first question skips that request. */
  #isAccountFresh: boolean;

  /** @param isAccountFresh `GET {service-url}/session` has just named this account */
  constructor(externalDealerId: string, host: SessionHost, redaction: Redaction, isAccountFresh = false) {
    this.#isAccountFresh = isAccountFresh;
    this.externalDealerId = externalDealerId;
    this.host = host;
    this.redaction = redaction;
    this.credentials = new Credentials(redaction);
    this.#questions = new Questions({
      ask: (signal) => this.#question(signal),
      answered: (answer) => this.#answered(answer),
      isWanted: () => this.#isQuestionWanted(),
      mayKeepOldest: () => this.#state.name === 'authorizing',
    });
  }

  get state(): State {
    return this.#state;
  }

  /** Used by the next operation and the next question; a running one keeps the options that it started with. */
  get options(): SessionOptions | undefined {
    return this.#options;
  }

  /** True as soon as the page is asked about an attempt, before the state says so. */
  get isRunning(): boolean {
    return this.#attempts.isRunning;
  }

  /** The attempt has compared the answer to the question that was open at its press. */
  heard(): void {
    this.#unheard = undefined;
  }

  /** The answer to the open question, if there is one; an attempt waits for it. */
  get openQuestion(): Questions['open'] {
    return this.#questions.open;
  }

  /** @param isNewSource the source or `api-base-url` has changed, so the old token must not be used any more */
  configure(options: SessionOptions, isNewSource: boolean): void {
    this.#options = options;
    if (isNewSource) this.credentials.invalidate();
    if (this.#state.name === 'unconfigured') this.dispatch({ type: 'configured' });
    else if (isNewSource) this.dispatch({ type: 'source-changed' });
  }

  dispatch(event: SessionEvent): void {
    const { state, notifications = [], command } = transition(this.#state, event);
    if (state === this.#state && !notifications.length && !command) return;
    this.#state = state;
    this.host.changed(this, notifications);
    if (command === 'ask' || (command === 'ask-service' && this.#options?.accountUrl)) this.#questions.ask();
    if (command === 'recheck') this.#questions.recheck();
    if (this.isRunning) return;
    this.#questions.update();
    const unheard = this.#unheard;
    this.#unheard = undefined;
    if (unheard) this.#answered(unheard);
  }

  /** The element is on a page: asks the question that is due, if any. */
  resume(): void {
    this.#questions.resume();
  }

  /** The element has left the page: no question is asked. A running operation goes on to its end. */
  suspend(): void {
    this.#questions.suspend();
  }

  /** The page is shown again: another person may have signed in meanwhile, in another tab. */
  recheck(): void {
    this.#questions.recheck();
  }

  type(companyName: string): void {
    this.dispatch({ type: 'typed', companyName });
  }

  confirm(confirming: boolean): void {
    this.dispatch({ type: 'confirm', confirming });
  }

  /** Resolves once CHeKT has recorded the binding and the page was notified; the same promise while it runs. */
  connect(companyName: string): Promise<Binding> {
    return this.#attempts.connect(companyName);
  }

  /** Resolves once the binding is gone and the page was notified; the same promise while it runs. */
  disconnect(): Promise<void> {
    return this.#attempts.disconnect();
  }

  /** Drops the authorization and any error, and asks again. Ignored while an operation runs. */
  reset(): void {
    if (this.isRunning) return;
    this.#questions.abort();
    this.credentials.forget();
    this.dispatch({ type: 'reset' });
  }

  /** Asks the source for the authorization. @throws the reason of the signal once it is aborted */
  async ask(reason: TokenRequest['reason'], signal: AbortSignal): Promise<Answer> {
    const { source, apiBaseUrl, serviceMode, fetch, timeout } = this.#options!;
    if (!source) return { type: 'signed-out' };
    const { credentials, externalDealerId } = this;
    const { generation } = credentials;
    const answer = await askSource({ source, reason, externalDealerId, fetch, timeout, signal });
    if (answer.type === 'failed') return answer;
    if (answer.type === 'unauthorized' || credentials.isRejected(answer.response)) {
      if (generation === credentials.generation) credentials.drop();
      return { type: 'signed-out' };
    }
    const signIn = readSignIn(answer.response);
    try {
      credentials.hold(answer.response, {
        expiry: signIn.expiry,
        identity: signIn.identity,
        apiBaseUrl: serviceMode ? undefined : apiBaseUrl,
        generation,
      });
    } catch (error) {
      if (error instanceof ChektConnectError) return { type: 'failed', error };
      throw error;
    }
    return { type: 'signed-in', signIn };
  }

  /** A question outside an attempt: first to the service, if it says which account this is, then to the source. */
  async #question(signal: AbortSignal): Promise<Answer | undefined> {
    const { accountUrl } = this.#options!;
    // only for the question that follows at once: none does if the account is connected
    const isFresh = this.#isAccountFresh && this.#state.name === 'authorizing';
    this.#isAccountFresh = false;
    if (accountUrl && !isFresh) {
      const { started } = this.#attempts;
      const answer = await loadAccount(accountUrl, this.#options!, signal);
      if (answer.type === 'failed') return answer;
      // an attempt that has started meanwhile knows better than this answer
      if (started === this.#attempts.started) this.host.accountLoaded(this, answer.account);
      // by now this may be another embed, or a connected one, for which the source is not asked
      if (signal.aborted || !(this.#attempts.isConnecting || canAsk(this.#state))) return undefined;
    }
    return this.ask('initial', signal);
  }

  #answered(answer: Answer): void {
    // the source failed to answer: it is asked again before anything is sent
    if (answer.type === 'failed' && !isDefinite(answer.error)) this.credentials.markStale();
    // an attempt compares the answer itself; if it ends before that, the answer is dispatched after it
    if (this.isRunning) this.#unheard = answer;
    else this.dispatch({ type: 'answered', answer });
  }

  #isQuestionWanted(): boolean {
    if (this.isRunning || !this.#options) return false;
    return canAsk(this.#state) || (this.#state.name === 'connected' && !!this.#options.accountUrl);
  }
}
