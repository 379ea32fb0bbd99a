import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Secrets } from '../secrets.js';
import type { Binding } from '../binding.js';
import { parseConfig, type Config, type HostInput } from '../config.js';
import { ChektConnectError } from '../errors.js';
import {
  ChektAuthorizationRequiredEvent,
  ChektConnectedEvent,
  ChektDisconnectedEvent,
  ChektErrorEvent,
  ChektReadyEvent,
  ChektStateChangeEvent,
  type ConnectState,
} from '../events.js';
import { readHostInput, type ReadInput } from '../host-input.js';
import { time } from '../http/wait.js';
import type { AttemptRecord } from '../partner-api/operation.js';
import { parseBinding } from '../partner-api/schemas.js';
import { Connection, type ConnectionObserver } from './connection.js';
import type { State } from './state.js';
import { initialState } from './transition.js';

/** Milliseconds after the page's load in which a framework may still set what is missing. */
const GRACE = 1_000;
const MOST_ATTEMPTS = 20;

/** What the controller asks and tells the element. */
export interface ConnectionControllerOptions {
  readonly input: () => HostInput;
  /** The state is now another one; its event follows. */
  readonly onState: (state: ConnectState, previous: ConnectState) => void;
  /** This is another embed, or another person: nothing that was typed for the old one stays. */
  readonly onReplaced: () => void;
}

/** Turns what the host gives into connections, and what happens in them into DOM events. */
export class ConnectionController implements ReactiveController, ConnectionObserver {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: ConnectionControllerOptions;
  /** Of every embed: an answer may bring back the token of the one before. */
  readonly #secrets = new Secrets();
  #connection = new Connection('', this, this.#secrets);
  #name: ConnectState = 'unconfigured';
  #config?: Config;
  #binding: Binding | null | undefined;
  /** The binding that the connection knows of. */
  #knownBinding: Binding | null | undefined;
  #isStale = true;
  #input?: ReadInput;
  #reported = '';
  #waiting?: AbortController;
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  lastError: ChektConnectError | null = null;
  /** A token that came in an attribute; told until the next transition. */
  refused: ChektConnectError | null = null;
  readonly attempts: AttemptRecord[] = [];

  constructor(host: ReactiveControllerHost & HTMLElement, options: ConnectionControllerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get state(): State {
    return this.#connection.state;
  }
  get config(): Config | undefined {
    return this.#config;
  }
  /** What the host gives now. */
  get input(): ReadInput {
    if (this.#isStale || !this.#input) this.#input = readHostInput(this.#options.input());
    return this.#input;
  }
  get ready(): Promise<void> {
    return this.#ready.promise;
  }
  get connection(): Connection {
    return this.#connection;
  }

  get binding(): Binding | null | undefined {
    return this.#binding;
  }
  set binding(binding: Binding | null | undefined) {
    this.#binding = binding;
    this.invalidate();
  }

  /** The host gave something new: it is read before the next render. */
  invalidate(): void {
    this.#isStale = true;
  }

  hostConnected(): void {
    this.invalidate();
  }

  hostDisconnected(): void {
    // a move inside the document connects again at once, and loses nothing
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#waiting?.abort();
      this.#connection.suspend();
    });
  }

  get isShown(): boolean {
    // a page that is prepared may never be seen
    return this.#host.isConnected && !('prerendering' in document && document.prerendering);
  }

  /** The page is shown (again): it is as it was left, the authorization may not be. */
  refresh(): void {
    this.#connection.refresh();
  }

  hostUpdate(): void {
    this.flush();
    if (this.isShown) this.#connection.resume();
  }

  /** Reads what the host gave last; during an operation only whether it is still the same embed. */
  flush(): void {
    if (!this.#host.isConnected && !this.#config) return;
    // a listener may change the host's part while it is told of it
    while (this.#isStale) {
      const { input } = this;
      const id = input.externalDealerId ?? '';
      if (id !== this.#connection.externalDealerId) this.#replace(id);
      if (this.#connection.isRunning) return;
      this.#isStale = false;
      this.#synchronize(input);
    }
  }

  changed(connection: Connection, events: readonly Event[]): void {
    const isCurrent = connection === this.#connection;
    if (isCurrent) {
      for (const event of events) {
        if (event instanceof ChektConnectedEvent) this.#binding = this.#knownBinding = event.detail.binding;
        if (event instanceof ChektDisconnectedEvent) this.#binding = this.#knownBinding = null;
      }
      this.#announceState();
    }
    for (const event of events) {
      if (event instanceof ChektErrorEvent && isCurrent) this.lastError = event.detail.error;
      if (isCurrent || !(event instanceof ChektAuthorizationRequiredEvent)) this.dispatch(event);
    }
    if (isCurrent) this.#announceReady();
    this.#host.requestUpdate();
  }

  dispatch(event: Event): void {
    this.#host.dispatchEvent(event);
  }

  personChanged(connection: Connection): void {
    if (connection === this.#connection) this.#options.onReplaced();
  }

  warn(message: string): void {
    console.warn(`<chekt-connect> ${message}`);
  }

  attempted(connection: Connection, record: AttemptRecord): void {
    if (connection !== this.#connection) return;
    this.attempts.push(record);
    if (this.attempts.length > MOST_ATTEMPTS) this.attempts.shift();
  }

  /** A token in an attribute can be read by every script of the page, and is in every copy of its markup. */
  refuseAttribute(name: string): void {
    const error = new ChektConnectError(
      'configuration',
      `The attribute ${name} was removed. Hand the token over with getAccessToken or token-url.`,
    );
    console.error(`<chekt-connect> ${error.message}`);
    this.lastError = this.refused = error;
    this.dispatch(new ChektErrorEvent({ error }));
  }

  /** Says again what is wrong, if it still is. */
  reset(): void {
    this.#reported = '';
    this.refused = null;
    this.invalidate();
    this.#connection.reset();
  }

  /** Tells the host's mistake once: to the developer in the console, to the page as `chekt-error`. */
  #report(error: ChektConnectError): void {
    this.#waiting?.abort();
    if (this.#reported === error.message) return;
    this.#reported = error.message;
    console.error(`<chekt-connect> ${error.message}`);
    this.#connection.send({ type: 'misconfigured', error });
  }

  #synchronize(input: ReadInput): void {
    try {
      if (input.error) throw input.error;
      const config = parseConfig(input);
      const hasId = config.externalDealerId.trim();
      const binding = hasId ? this.#parseBinding(config.externalDealerId) : null;
      if (hasId && (binding || config.source)) this.#apply(config, binding);
      else {
        this.#config = config; // enough to show what Connect gives
        this.#reportLater(
          hasId
            ? 'Nothing says who has authorized. Set token-url or getAccessToken.'
            : 'external-dealer-id is missing: the id that your platform gives this dealer.',
        );
      }
    } catch (error) {
      this.#report(error as ChektConnectError);
    }
    this.#announceState();
  }

  #apply(config: Config, binding: Binding | null): void {
    this.#waiting?.abort();
    this.#reported = '';
    const previous = this.#config;
    const isNewBinding = this.#binding !== this.#knownBinding;
    this.#config = this.#connection.config = config;
    this.#knownBinding = this.#binding;
    const { name } = this.#connection.state;
    if (isNewBinding || (binding && name === 'unconfigured'))
      this.#connection.send({ type: 'bound', binding });
    if (name === 'unconfigured') this.#connection.send({ type: 'configured' });
    // some hosts make another function on every render: the question is quiet, an answer that is the same changes nothing
    // a token goes only where it was asked for
    else if (!isSameSource(previous?.source, config.source) || previous?.apiBaseUrl !== config.apiBaseUrl)
      this.#connection.changeSource();
  }

  /** @throws {ChektConnectError} */
  #parseBinding(externalDealerId: string): Binding | null {
    if (this.#binding === undefined || this.#binding === null) return null;
    let binding: Binding | undefined;
    try {
      binding = parseBinding(this.#binding);
    } catch {
      throw new ChektConnectError('configuration', 'binding cannot be read.');
    }
    if (binding?.externalDealerId === externalDealerId)
      return Object.freeze(this.#secrets.maskFields(binding));
    throw new ChektConnectError(
      'configuration',
      binding
        ? 'binding is of another external-dealer-id: set the one of this dealer, or null.'
        : 'binding must be null or have dealerId, externalDealerId and companyName.',
    );
  }

  /** Another id is a new embed. What runs for the old one ends by itself, with its own event. */
  #replace(id: string): void {
    this.#connection.suspend();
    this.#connection = new Connection(id, this, this.#secrets);
    this.attempts.length = 0;
    this.lastError = null;
    this.#config = undefined;
    this.#reported = '';
    // unless the host has set it together with the id
    if (this.#binding === this.#knownBinding) this.#binding = undefined;
    this.#knownBinding = undefined;
    this.#options.onReplaced();
  }

  /** Frameworks set properties late, so that what is missing is reported only some time after the page has loaded. */
  #reportLater(message: string): void {
    if (this.#reported === message) return;
    this.#connection.send({ type: 'misconfigured' });
    this.#waiting?.abort();
    if (!this.#host.isConnected) return;
    const { signal } = (this.#waiting = new AbortController());
    const loaded = () => {
      const timer = setTimeout(() => {
        this.#report(new ChektConnectError('configuration', message));
      }, GRACE * time.scale);
      signal.addEventListener('abort', () => clearTimeout(timer));
    };
    if (document.readyState === 'complete') loaded();
    else addEventListener('load', loaded, { signal });
  }

  #announceState(): void {
    const { name: state } = this.#connection.state;
    const previousState = this.#name;
    if (state === previousState) return;
    this.#name = state;
    this.refused = null;
    this.#options.onState(state, previousState);
    this.dispatch(new ChektStateChangeEvent({ state, previousState }));
  }

  #announceReady(): void {
    const { state } = this.#connection;
    if (this.#isReady || state.name === 'authorizing' || state === initialState) return;
    this.#isReady = true;
    this.dispatch(new ChektReadyEvent({ state: state.name }));
    this.#ready.resolve();
  }
}

function isSameSource(one: Config['source'], other: Config['source']): boolean {
  return one === other || (one instanceof URL && other instanceof URL && one.href === other.href);
}
