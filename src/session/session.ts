/**
 * The session: one embed of one account, from the first question to the last answer. It needs no DOM and no Lit.
 *
 * The host's options come in by `configure`, what a person does by `type`, `confirm`, `connect`, `disconnect` and `reset`.
 * Each of them becomes an event; `transition` makes of it the next state and a list of effects, which are data; the session
 * runs them, each with an AbortController of its own, and what comes of them is the next event. Whoever embeds the session
 * reads `state` and hears of every change.
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
import { initialState, isDefinite, transition, type Effect, type Notification } from './transition.js';

/** What a session tells and asks whoever embeds it. */
export interface SessionHost {
  /** There is another state, or something to tell the page. */
  changed(session: Session, notifications: readonly Notification[]): void;
  /** The page may prevent an attempt, or hold it until a promise settles. */
  before(detail: BeforeDetail): { readonly isPrevented: boolean; readonly held?: Promise<unknown> };
  attempted(session: Session, record: AttemptRecord): void;
  /** The service described the account; another one than this session's is another embed. */
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
  /** What a question said while an attempt ran that did not wait for it. */
  #unheard?: Answer;
  /** The service has just described this account. */
  #isAccountFresh: boolean;

  /** @param isAccountFresh `GET {service-url}/session` has just named this account, and need not be asked again for it */
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

  /** What the next operation and the next question are made with; a running one keeps its own. */
  get options(): SessionOptions | undefined {
    return this.#options;
  }

  /** Already while the page decides about an attempt, before the state says so. */
  get isRunning(): boolean {
    return this.#attempts.isRunning;
  }

  /** An attempt has compared the answer to the question that was open at its press. */
  heard(): void {
    this.#unheard = undefined;
  }

  /** The question that is open, if there is one: an attempt waits for its answer. */
  get openQuestion(): Promise<Answer> | undefined {
    return this.#questions.open;
  }

  /** @param isNewSource the source, or where its tokens may go, is another one than before: the old token is dead */
  configure(options: SessionOptions, isNewSource: boolean): void {
    this.#options = options;
    if (isNewSource) this.credentials.invalidate();
    if (this.#state.name === 'unconfigured') this.dispatch({ type: 'configured' });
    else if (isNewSource) this.dispatch({ type: 'source-changed' });
  }

  dispatch(event: SessionEvent): void {
    const [state, ...effects] = transition(this.#state, event);
    if (state === this.#state && !effects.length) return;
    this.#state = state;
    this.host.changed(this, effects.filter(isNotification));
    for (const { type } of effects) {
      if (type === 'ask') this.#questions.ask();
      if (type === 'ask-service' && this.#options?.accountUrl) this.#questions.ask();
      if (type === 'recheck') this.#questions.recheck();
    }
    if (this.isRunning) return;
    this.#questions.update();
    const unheard = this.#unheard;
    this.#unheard = undefined;
    if (unheard) this.#answered(unheard);
  }

  /** The element is on a page: questions that are due may be asked. */
  resume(): void {
    this.#questions.resume();
  }

  /** Nobody waits for an authorization any more. An operation runs to its end. */
  suspend(): void {
    this.#questions.suspend();
  }

  /** The page was shown again: who is signed in may have changed in another tab. */
  recheck(): void {
    this.#questions.recheck();
  }

  type(companyName: string): void {
    this.dispatch({ type: 'typed', companyName });
  }

  confirm(confirming: boolean): void {
    this.dispatch({ type: 'confirm', confirming });
  }

  /** Resolves once CHeKT has recorded the binding and the page was told; the same promise while this runs. */
  connect(companyName: string): Promise<Binding> {
    return this.#attempts.connect(companyName);
  }

  /** Resolves once the binding is gone and the page was told; the same promise while this runs. */
  disconnect(): Promise<void> {
    return this.#attempts.disconnect();
  }

  /** Forgets the authorization and any error, and asks again. Ignored while an operation runs. */
  reset(): void {
    if (this.isRunning) return;
    this.#questions.abort();
    this.credentials.forget();
    this.dispatch({ type: 'reset' });
  }

  /** Asks the source who has authorized. @throws the reason of the signal once it is aborted */
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

  /** One question outside of attempts: which account this is, where the service says it, and who has authorized. */
  async #question(signal: AbortSignal): Promise<Answer | undefined> {
    const { accountUrl } = this.#options!;
    const isFresh = this.#isAccountFresh;
    this.#isAccountFresh = false;
    if (accountUrl && !isFresh) {
      const { started } = this.#attempts;
      const answer = await loadAccount(accountUrl, this.#options!, signal);
      if (answer.type === 'failed') return answer;
      // what an attempt has changed meanwhile is newer than this answer
      if (started === this.#attempts.started) this.host.accountLoaded(this, answer.account);
      // it may be another embed now, or a connected one, where nobody is asked who has authorized
      if (signal.aborted || !(this.#attempts.isConnecting || canAsk(this.#state))) return undefined;
    }
    return this.ask('initial', signal);
  }

  #answered(answer: Answer): void {
    // what the source could not say now, it is asked before anything is sent
    if (answer.type === 'failed' && !isDefinite(answer.error)) this.credentials.mustAsk = true;
    // an attempt that waits for the question compares the answer itself; any other is told after it
    if (this.isRunning) this.#unheard = answer;
    else this.dispatch({ type: 'answered', answer });
  }

  #isQuestionWanted(): boolean {
    if (this.isRunning || !this.#options) return false;
    return canAsk(this.#state) || (this.#state.name === 'connected' && !!this.#options.accountUrl);
  }
}

function isNotification(effect: Effect): effect is Notification {
  return effect.type !== 'ask' && effect.type !== 'recheck' && effect.type !== 'ask-service';
}
