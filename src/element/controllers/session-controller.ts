import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Redaction } from '../../authorization/redaction.js';
import type { Binding } from '../../partner-api/dealer.js';
import { ChektConnectError } from '../../partner-api/errors.js';
import type { AttemptRecord } from '../../partner-api/operation.js';
import type { BeforeDetail } from '../../session/attempts.js';
import type { Account } from '../../session/effects/load-account.js';
import { Session, type SessionHost } from '../../session/session.js';
import type { ConnectState, State } from '../../session/state.js';
import type { Notification } from '../../session/transition.js';
import {
  ChektBeforeConnectEvent,
  ChektBeforeDisconnectEvent,
  ChektErrorEvent,
  ChektReadyEvent,
  ChektStateChangeEvent,
  toEvent,
} from '../events.js';
import {
  externalDealerIdOf,
  parseOptions,
  readHostInput,
  textOf,
  type HostProperty,
  type Options,
} from '../host-options.js';
import { LateReport } from './late-report.js';
import { isPrerendering } from './page-visibility-controller.js';

const MOST_ATTEMPTS = 20;

export interface SessionControllerOptions {
  /** The raw value of a property of the host; `undefined` when it is not set. */
  readonly read: (property: HostProperty) => unknown;
  /** Whether the current `apiBaseUrl` came as an attribute. */
  readonly isApiAttribute: () => boolean;
  /** The state has changed; its event follows. */
  readonly onState: (state: ConnectState, previous: ConnectState) => void;
}

/** Turns what the host sets into a session for each embed, and what happens in it into DOM events. */
export class SessionController implements ReactiveController, SessionHost {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #given: SessionControllerOptions;
  readonly redaction = new Redaction();
  #session = new Session('', this, this.redaction);
  #name: ConnectState = 'unconfigured';
  #options?: Options;
  #platformName?: string;
  #accountName = '';
  #account?: Account;
  #serviceUrl?: string;
  #binding: Binding | null | undefined;
  /** Set by the host and not by the element. */
  #hostBinding: unknown;
  #hasNewBinding = false;
  #isStale = true;
  readonly #report = new LateReport((error) => this.#misconfigured(error));
  #isReady = false;
  #resolveReady!: () => void;
  readonly ready = new Promise<void>((resolve) => (this.#resolveReady = resolve));
  lastError: ChektConnectError | null = null;
  /** A token that came in an attribute; shown as the error until the next transition. */
  refused: ChektConnectError | null = null;
  readonly attempts: AttemptRecord[] = [];

  constructor(host: ReactiveControllerHost & HTMLElement, options: SessionControllerOptions) {
    this.#host = host;
    this.#given = options;
    host.addController(this);
  }

  get state(): State {
    return this.#session.state;
  }
  get options(): Options | undefined {
    return this.#options;
  }
  /** Who asks for access; also while another property cannot be read. */
  get platformName(): string {
    return this.#options?.platformName ?? this.#platformName ?? globalThis.location.hostname;
  }
  /** The account that gets connected; also while another property cannot be read. */
  get accountName(): string {
    return this.#options?.accountName || this.#accountName;
  }
  /** What the service said, where the host leaves it to the service. */
  get account(): Account | undefined {
    return this.#account;
  }
  get session(): Session {
    return this.#session;
  }

  get binding(): Binding | null | undefined {
    return this.#binding;
  }
  set binding(binding: Binding | null | undefined) {
    this.#binding = binding;
    this.#hostBinding = binding;
    this.#hasNewBinding = true;
    this.invalidate();
  }

  /**
   * The host set something: it is read once the running script is done, or before the next method. Not by `queueMicrotask`, which
   * Jest's fake timers hold.
   */
  async invalidate(): Promise<void> {
    this.#isStale = true;
    await 0;
    if (this.#host.isConnected) this.flush();
  }

  hostConnected(): void {
    this.invalidate();
  }

  async hostDisconnected(): Promise<void> {
    // a move inside the document connects again at once, and loses nothing
    await 0;
    if (this.#host.isConnected) return;
    this.#report.cancel();
    this.#session.suspend();
  }

  /** The page is looked at again. */
  shown(): void {
    this.flush();
    this.#session.recheck();
  }

  /** Reads what the host set last; during an operation only whether it is still the same embed. */
  flush(): void {
    if (!this.#host.isConnected && !this.#options) return;
    // a listener may set something while it is told of a change
    while (this.#isStale) {
      this.#isStale = false;
      if (!this.#read()) break;
    }
    if (this.#host.isConnected && !isPrerendering()) this.#session.resume();
  }

  changed(session: Session, notifications: readonly Notification[]): void {
    const isCurrent = session === this.#session;
    if (isCurrent) {
      for (const notification of notifications) {
        if (notification.type === 'connected') this.#learn(notification.binding);
        if (notification.type === 'disconnected') this.#learn(null);
      }
      this.#announceState();
    }
    for (const notification of notifications) {
      if (isCurrent && notification.type === 'error') this.lastError = notification.error;
      if (isCurrent || notification.type !== 'authorization-required') {
        this.#host.dispatchEvent(toEvent(this.#masked(notification)));
      }
    }
    if (isCurrent) this.#announceReady();
    // what the host set during an operation is read after it
    if (this.#isStale) this.invalidate();
    this.#host.requestUpdate();
  }

  before(detail: BeforeDetail): { readonly isPrevented: boolean; readonly held?: Promise<unknown> } {
    const { redaction } = this;
    const event =
      detail.type === 'before-connect'
        ? new ChektBeforeConnectEvent({
            externalDealerId: detail.externalDealerId,
            companyName: redaction.text(detail.companyName),
          })
        : new ChektBeforeDisconnectEvent({ binding: Object.freeze(redaction.data(detail.binding)) });
    this.#host.dispatchEvent(event);
    const { defaultPrevented: isPrevented, held } = event;
    if (isPrevented) held?.catch(() => {}); // nobody waits for it
    return { isPrevented, held };
  }

  attempted(session: Session, record: AttemptRecord): void {
    if (session !== this.#session) return;
    this.attempts.push({ ...record, requestId: this.redaction.identifier(record.requestId) });
    if (this.attempts.length > MOST_ATTEMPTS) this.attempts.shift();
  }

  accountLoaded(session: Session, account: Account): void {
    if (session !== this.#session) return;
    this.#account = account;
    this.#hasNewBinding ||= this.#hostBinding === undefined;
    this.#isStale = true;
    this.flush();
  }

  /** A token in an attribute can be read by every script of the page, and is in every copy of its markup. */
  refuseAttribute(name: string): void {
    const error = new ChektConnectError(
      'configuration',
      `The attribute ${name} was removed. Use getAccessToken or token-url.`,
    );
    console.error(`<chekt-connect> ${error.message}`);
    this.lastError = this.refused = error;
    this.#host.dispatchEvent(new ChektErrorEvent({ error }));
  }

  /** Says again what is wrong, if it still is. */
  reset(): void {
    this.flush();
    this.#report.forget();
    this.refused = null;
    this.invalidate();
    this.#session.reset();
  }

  /** @returns whether it was read to the end */
  #read(): boolean {
    const { read, isApiAttribute } = this.#given;
    try {
      const input = { ...readHostInput(read), binding: this.#hostBinding };
      const serviceUrl = textOf('serviceUrl', input.serviceUrl);
      if (serviceUrl !== this.#serviceUrl) this.#account = undefined; // of another service
      this.#serviceUrl = serviceUrl;
      const id = externalDealerIdOf(input, this.#account);
      if (id !== this.#session.externalDealerId) this.#replace(id);
      if (this.#session.isRunning) {
        this.#isStale = true;
        return false;
      }
      this.#platformName = textOf('platformName', input.platformName)?.trim();
      this.#accountName = textOf('accountName', input.accountName)?.trim() || id;
      // a new embed has lost the binding of the old one
      const options = parseOptions({ ...input, binding: this.#hostBinding }, this.#account, isApiAttribute());
      const { externalDealerId, accountUrl, source, binding = this.#binding } = options;
      if ((externalDealerId && (binding || source)) || (accountUrl && source)) this.#apply(options);
      else {
        this.#options = options; // enough to show what Connect gives
        const error = missing(externalDealerId);
        if (!this.#report.hasTold(error)) {
          this.#session.dispatch({ type: 'misconfigured' });
          if (this.#host.isConnected) this.#report.later(error);
        }
      }
    } catch (error) {
      if (!(error instanceof ChektConnectError)) throw error;
      if (this.#session.isRunning) {
        this.#isStale = true;
        return false;
      }
      this.#report.now(error);
    }
    this.#announceState();
    return true;
  }

  #apply(options: Options): void {
    this.#report.cancel();
    this.#report.forget();
    const previous = this.#options;
    const session = this.#session;
    const isNewSource =
      previous !== undefined &&
      (previous.apiBaseUrl !== options.apiBaseUrl || !isSameSource(previous.source, options.source));
    this.#options = options;
    this.redaction.exempt = options.externalDealerId;
    const { binding = this.#binding } = options;
    if (this.#hasNewBinding || (binding && session.state.name === 'unconfigured')) {
      this.#hasNewBinding = false;
      if (this.#hostBinding === undefined && options.accountUrl) this.#binding = binding;
      session.dispatch({ type: 'bound', binding: binding ?? null });
    }
    session.configure(options, isNewSource);
  }

  #misconfigured(error: ChektConnectError): void {
    console.error(`<chekt-connect> ${error.message}`);
    this.#session.dispatch({ type: 'misconfigured', error });
  }

  /** What CHeKT said is masked already; a binding of the host or its service may hold a token by mistake. */
  #masked(notification: Notification): Notification {
    if (notification.type !== 'disconnected') return notification;
    return { ...notification, binding: Object.freeze(this.redaction.data(notification.binding)) };
  }

  /** CHeKT's word is newer than what the host or the service said before it, also during the operation. */
  #learn(binding: Binding | null): void {
    this.#binding = binding;
    this.#hasNewBinding = false;
    if (this.#hostBinding !== undefined) this.#hostBinding = binding;
    if (this.#account) this.#account = { ...this.#account, binding, formerBinding: null };
  }

  /** Another account is a new embed. What runs for the old one ends by itself, with its own event. */
  #replace(id: string): void {
    this.#session.suspend();
    const isFirst = !this.#session.externalDealerId;
    this.#session = new Session(id, this, this.redaction, id === this.#account?.externalDealerId);
    this.#options = undefined;
    this.#report.forget();
    this.attempts.length = 0;
    this.lastError = null;
    // unless the host has set it together with the id
    if (!this.#hasNewBinding && !isFirst) {
      this.#hostBinding = undefined;
      this.#binding = undefined;
    }
    this.#hasNewBinding ||= this.#hostBinding !== undefined;
  }

  #announceState(): void {
    const { name: state } = this.#session.state;
    const previousState = this.#name;
    if (state === previousState) return;
    this.#name = state;
    this.refused = null;
    this.#given.onState(state, previousState);
    this.#host.dispatchEvent(new ChektStateChangeEvent({ state, previousState }));
  }

  #announceReady(): void {
    const { state } = this.#session;
    if (this.#isReady || state.name === 'authorizing' || isInitial(state)) return;
    this.#isReady = true;
    this.#host.dispatchEvent(new ChektReadyEvent({ state: state.name }));
    this.#resolveReady();
  }
}

function missing(externalDealerId: string): ChektConnectError {
  return new ChektConnectError(
    'configuration',
    `${externalDealerId ? 'service-url, token-url or getAccessToken' : 'external-dealer-id or service-url'} is missing.`,
  );
}

function isInitial(state: State): boolean {
  return state.name === 'unconfigured' && !state.failure;
}

function isSameSource(one: Options['source'], other: Options['source']): boolean {
  return one === other || (one instanceof URL && other instanceof URL && one.href === other.href);
}
