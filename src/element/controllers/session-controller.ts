import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Redaction } from '../../authorization/redaction.js';
import { isSameSource } from '../../authorization/token-provider.js';
import type { Binding } from '../../partner-api/dealer.js';
import { ChektConnectError } from '../../partner-api/errors.js';
import type { AttemptRecord } from '../../partner-api/operation.js';
import type { BeforeDetail } from '../../session/attempts.js';
import type { Account } from '../../session/effects/load-account.js';
import { Session, type SessionHost } from '../../session/session.js';
import type { ConnectState, State } from '../../session/state.js';
import type { Notification } from '../../session/transition.js';
import { ConfigurationReport, missingOption } from '../configuration-report.js';
import { EventDispatcher } from '../event-dispatcher.js';
import {
  externalDealerIdOf,
  parseOptions,
  parseValidOptions,
  readHostInput,
  textOf,
  type HostProperty,
  type Options,
} from '../host-options.js';
import { NewestBinding } from '../newest-binding.js';
import { isPrerendering } from './page-visibility-controller.js';

export interface SessionControllerOptions {
  /** The raw value of a property; `undefined` if the host has not set it. */
  readonly read: (property: HostProperty) => unknown;
  /** Whether the current `apiBaseUrl` was set as an attribute. */
  readonly isApiAttribute: () => boolean;
  /** The state has changed; its event follows. */
  readonly onState: (state: ConnectState, previous: ConnectState) => void;
}

/** Reads what the host sets, and gives each embed a session with these options. */
export class SessionController implements ReactiveController, SessionHost {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #given: SessionControllerOptions;
  readonly redaction = new Redaction();
  readonly events: EventDispatcher;
  #session = new Session('', this, this.redaction);
  #options?: Options;
  #account?: Account;
  #serviceUrl?: string;
  readonly #binding = new NewestBinding();
  /** The host has set something that is not read yet. */
  #isStale = true;
  #isAttached = false;
  readonly #report = new ConfigurationReport((error) =>
    this.#session.dispatch({ type: 'misconfigured', error }),
  );

  constructor(host: ReactiveControllerHost & HTMLElement, options: SessionControllerOptions) {
    this.#host = host;
    this.#given = options;
    this.events = new EventDispatcher(host, this.redaction, options.onState);
    host.addController(this);
  }

  get state(): State {
    return this.#session.state;
  }
  /** Whatever is valid of what the host has set. */
  get options(): Options | undefined {
    return this.#options;
  }
  /** The account as the service described it, if the host leaves that to the service. */
  get account(): Account | undefined {
    return this.#account;
  }
  get session(): Session {
    return this.#session;
  }

  get binding(): Binding | null | undefined {
    return this.#binding.value;
  }
  set binding(binding: Binding | null | undefined) {
    this.#binding.set(binding);
    this.invalidate();
  }

  /**
   * The host has set something. It is read after the running script, or before the next method runs. Not by `queueMicrotask`, which
   * Jest's fake timers hold back.
   */
  async invalidate(): Promise<void> {
    this.#isStale = true;
    // in an upgrade, the attributes come before Lit has taken over the properties that were set earlier
    if (!this.#isAttached) return;
    await 0;
    if (this.#host.isConnected) this.flush();
  }

  hostConnected(): void {
    this.#isAttached = true;
    this.invalidate();
  }

  async hostDisconnected(): Promise<void> {
    this.#isAttached = false;
    // an element that is only moved is connected again by then, and loses nothing
    await 0;
    if (this.#host.isConnected) return;
    this.#report.cancel();
    this.#session.suspend();
  }

  /** The person looks at the page again. */
  shown(): void {
    this.flush();
    this.#session.recheck();
  }

  /** Reads what the host has set. */
  flush(): void {
    if (!this.#host.isConnected && !this.#options) return;
    // reading dispatches events, whose listeners may set something again
    while (this.#isStale) {
      this.#isStale = false;
      this.#read();
      this.events.changed(this.state.name);
      if (this.#session.isRunning) {
        this.#isStale = true; // only the account was read; the rest is read after the operation
        break;
      }
    }
    if (this.#host.isConnected && !isPrerendering()) this.#session.resume();
  }

  changed(session: Session, notifications: readonly Notification[]): void {
    const isCurrent = session === this.#session;
    for (const notification of notifications) {
      if (notification.type === 'connected') this.#recorded(session, notification.binding);
      if (notification.type === 'disconnected') this.#recorded(session, null, notification.binding);
    }
    if (isCurrent) this.events.changed(this.state.name);
    for (const notification of notifications) this.events.notify(notification, isCurrent);
    if (isCurrent) this.events.readyIn(this.state);
    // read what the host has set during an operation
    if (this.#isStale) this.invalidate();
    this.#host.requestUpdate();
  }

  before(detail: BeforeDetail) {
    return this.events.before(detail);
  }

  attempted(session: Session, record: AttemptRecord): void {
    if (session === this.#session) this.events.attempted(record);
  }

  accountLoaded(session: Session, account: Account): void {
    if (session !== this.#session) return;
    this.#account = account;
    this.#binding.answered();
    this.#isStale = true;
    this.flush();
  }

  /** Also reports a configuration error again if there still is one. */
  reset(): void {
    this.flush();
    this.#report.forget();
    this.events.refused = null;
    this.invalidate();
    this.#session.reset();
  }

  /** While an operation is running, reads only which account it is. */
  #read(): void {
    const { read, isApiAttribute } = this.#given;
    try {
      const input = { ...readHostInput(read), binding: this.#binding.host };
      const serviceUrl = textOf('serviceUrl', input.serviceUrl);
      if (serviceUrl !== this.#serviceUrl) this.#account = undefined; // described by another service
      this.#serviceUrl = serviceUrl;
      const id = externalDealerIdOf(input, this.#account);
      if (id !== this.#session.externalDealerId) this.#replace(id);
      if (this.#session.isRunning) return;
      // a new embed may have dropped `input.binding`
      const current = { ...input, binding: this.#binding.host };
      const options = this.#parsed(current, this.#account, isApiAttribute());
      const { externalDealerId, accountUrl, source, binding = this.#binding.value } = options;
      const canAsk = source && (externalDealerId || accountUrl);
      if (canAsk || (externalDealerId && binding)) this.#apply(options);
      else {
        this.#options = options; // enough to render the names and permissions
        const error = missingOption(externalDealerId);
        if (!this.#report.isKnown(error)) {
          this.#session.dispatch({ type: 'misconfigured' });
          if (this.#host.isConnected) this.#report.later(error);
        }
      }
    } catch (error) {
      if (!(error instanceof ChektConnectError)) throw error;
      if (!this.#session.isRunning) this.#report.now(error);
    }
  }

  /** @throws {ChektConnectError} for a wrong option; what is valid is rendered all the same */
  #parsed(...given: Parameters<typeof parseOptions>): Options {
    try {
      return parseOptions(...given);
    } catch (error) {
      this.#options = parseValidOptions(...given);
      throw error;
    }
  }

  #apply(options: Options): void {
    this.#report.cancel();
    this.#report.forget();
    const session = this.#session;
    const previous = session.options;
    const isNewSource =
      previous !== undefined &&
      (previous.apiBaseUrl !== options.apiBaseUrl || !isSameSource(previous.source, options.source));
    this.#options = options;
    this.redaction.exempt = options.externalDealerId;
    const newest = this.#binding;
    const { binding = newest.value } = options;
    if (newest.isNew || (binding && session.state.name === 'unconfigured')) {
      newest.isNew = false;
      if (newest.host === undefined && options.accountUrl) newest.value = binding;
      session.dispatch({ type: 'bound', binding: binding ?? null });
    }
    session.configure(options, isNewSource);
  }

  /** CHeKT has recorded a binding, or its end. It may belong to an earlier embed of the same account. */
  #recorded(session: Session, binding: Binding | null, ended?: Binding): void {
    const current = this.#session;
    const isCurrent = session === current;
    const isOther = session.externalDealerId !== current.externalDealerId || current.isRunning;
    if (!isCurrent && (isOther || (ended && ended.dealerId !== this.binding?.dealerId))) return;
    this.#binding.recorded(binding);
    if (this.#account) this.#account = { ...this.#account, binding, formerBinding: null };
    if (!isCurrent) current.dispatch({ type: 'bound', binding });
  }

  /** Another account makes a new embed. An operation of the old one still runs to its end and dispatches its own event. */
  #replace(id: string): void {
    this.#session.suspend();
    const isFirst = !this.#session.externalDealerId;
    this.#session = new Session(id, this, this.redaction, id === this.#account?.externalDealerId);
    this.#options = undefined;
    this.#report.forget();
    this.events.forget();
    this.#binding.changed(isFirst);
  }
}
