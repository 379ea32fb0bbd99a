import { LitElement, type CSSResult, type TemplateResult } from 'lit';
import type { Authorization } from './authorization/authorization.js';
import type { GetAccessToken } from './authorization/token-source.js';
import type { Binding } from './binding.js';
import { styles } from './chekt-connect-element.styles.js';
import { DEFAULT_API_BASE_URL, DEFAULT_TIMEOUT } from './config.js';
import type { Connection } from './connection/connection.js';
import { ConnectionController } from './connection/controller.js';
import { failureOf, isBusy, isWaiting } from './connection/state.js';
import { diagnose, type Diagnostics } from './diagnostics.js';
import { ChektConnectError } from './errors.js';
import {
  ChektAuthorizeEvent,
  type AuthorizeReason,
  type ChektConnectEventMap,
  type ConnectState,
} from './events.js';
import { textOf } from './host-input.js';
import { languageOf } from './i18n/language.js';
import { Dictionary, addMessages, type Messages } from './i18n/messages.js';
import { PageController } from './page.js';
import { version } from './version.js';
import { Clock } from './view/clock.js';
import { nextTask, someTurns } from './view/first-render.js';
import { Outcome } from './view/outcome.js';
import { render } from './view/view.js';

const TOKEN_ATTRIBUTES = ['access-token', 'accesstoken'];

/** What `undefined`, and an attribute that is taken away, stand for. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  platformName: globalThis.location?.hostname,
  companyName: '',
  apiBaseUrl: DEFAULT_API_BASE_URL,
  timeout: DEFAULT_TIMEOUT,
  disabled: false,
};

/**
 * Lets a dealer admin connect the dealer's CHeKT account to a platform.
 *
 * @tag chekt-connect
 * @tagname chekt-connect
 *
 * @fires {ChektReadyEvent} chekt-ready - Once a life, when the element first knows what to show.
 * @fires {ChektStateChangeEvent} chekt-state-change - Every transition.
 * @fires {ChektAuthorizationRequiredEvent} chekt-authorization-required - On entering `unauthorized`.
 * @fires {ChektAuthorizeEvent} chekt-authorize - The person chose to sign in; cancelable, the default follows `authorize-url`.
 * @fires {ChektBeforeConnectEvent} chekt-before-connect - Before the connect PUT; cancelable, `waitUntil(promise)` holds it.
 * @fires {ChektConnectedEvent} chekt-connected - CHeKT recorded the binding.
 * @fires {ChektBeforeDisconnectEvent} chekt-before-disconnect - Before the disconnect PUT; cancelable, `waitUntil(promise)` holds it.
 * @fires {ChektDisconnectedEvent} chekt-disconnected - The binding is gone.
 * @fires {ChektErrorEvent} chekt-error - An attempt, the authorization or the configuration failed.
 *
 * @slot - What the page shows until the script has run; never shown after.
 * @slot header - Above everything: a logo or a heading of the platform.
 * @slot footer - Below everything: a link to help or to a privacy notice.
 *
 * @csspart base - The whole element.
 * @csspart authorization - The block "Your sign-in".
 * @csspart form - The form with the company name.
 * @csspart form-control-label - The label of the company name.
 * @csspart form-control-input - The field of the company name.
 * @csspart form-control-help - The help under the field.
 * @csspart form-control-error - The error of the field.
 * @csspart authorize-button - "Sign in with CHeKT".
 * @csspart connect-button - "Connect".
 * @csspart disconnect-button - "Disconnect", in both of its steps.
 * @csspart status - The live region.
 * @csspart error - What went wrong, and the reference for support.
 * @csspart binding - The company as CHeKT returned it.
 *
 * @cssprop [--chekt-color-primary] - Background of the main button, and links.
 * @cssprop [--chekt-color-on-primary] - Text of the main button.
 * @cssprop [--chekt-color-surface] - Background.
 * @cssprop [--chekt-color-text] - Text.
 * @cssprop [--chekt-color-muted] - Text of lesser weight.
 * @cssprop [--chekt-color-border] - Lines.
 * @cssprop [--chekt-color-danger] - Errors, and the last step of disconnect.
 * @cssprop [--chekt-color-success] - The mark of a connected company.
 * @cssprop [--chekt-border-radius=0.5em] - Corners.
 * @cssprop [--chekt-spacing=1em] - Distance between blocks.
 * @cssprop [--chekt-font-family=inherit] - Font.
 *
 * @cssstate unconfigured - The host has not said enough, or something wrong.
 * @cssstate authorizing - The host is asked for the dealer's authorization.
 * @cssstate unauthorized - The dealer admin has to sign in.
 * @cssstate unavailable - The host could not say whether the dealer has authorized.
 * @cssstate authorized - Ready to connect.
 * @cssstate connecting - The connect PUT runs.
 * @cssstate connected - The dealer is connected.
 * @cssstate disconnecting - The disconnect PUT runs.
 */
export class ChektConnectElement extends LitElement {
  static override readonly styles: CSSResult = styles;

  /** The version of this package. */
  static readonly version: string = version;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...TOKEN_ATTRIBUTES];
  }

  /** Adds a language, for every element: `addMessages('nl', { … })`. */
  static addMessages(lang: string, messages: Messages): void {
    addMessages(lang, messages);
  }

  static override readonly properties = {
    externalDealerId: { attribute: 'external-dealer-id' },
    accountName: { attribute: 'account-name' },
    platformName: { attribute: 'platform-name' },
    platformScope: { attribute: 'platform-scope' },
    companyName: { attribute: 'company-name' },
    apiBaseUrl: { attribute: 'api-base-url' },
    tokenUrl: { attribute: 'token-url' },
    authorizeUrl: { attribute: 'authorize-url' },
    disconnectBaseUrl: { attribute: 'disconnect-base-url' },
    timeout: { type: Number },
    disabled: { type: Boolean, reflect: true },
    getAccessToken: { attribute: false },
    messages: { attribute: false },
    fetch: { attribute: false },
    binding: { attribute: false, noAccessor: true },
  };

  /** `undefined`, and an attribute that is taken away, mean the default. */
  protected static override finalize(): void {
    if (Object.hasOwn(this, 'finalized')) return;
    super.finalize();
    for (const name of Object.keys(DEFAULTS)) {
      const descriptor = Object.getOwnPropertyDescriptor(this.prototype, name);
      if (!descriptor) continue; // of a subclass, which inherits them
      Object.defineProperty(this.prototype, name, {
        ...descriptor,
        get() {
          return descriptor.get!.call(this) ?? DEFAULTS[name];
        },
      });
    }
  }

  readonly #controller = new ConnectionController(this, {
    input: () => this,
    onState: (state, previous) => this.#enter(state, previous),
    onReplaced: () => (this.#typedName = undefined),
  });
  readonly #clock = new Clock(this, () => this.#nextTick());
  readonly #page = new PageController(this, () => this.#controller.refresh());
  readonly #outcome = new Outcome(this);
  readonly #states = this.attachInternals().states;
  #typedName?: string;
  #isApiBaseUrlMarkup = false;
  #copied = false;
  #mayRender = false;
  /** The first render waits for the host's answer. */
  #isHeld = false;

  constructor() {
    super();
    this.#states.add(this.state);
    // now rather than on a page: a style sheet belongs to the document in which the element was made
    const root = this.createRenderRoot();
    for (const type of ['keydown', 'submit']) root.addEventListener(type, this.#hear);
    Object.assign(this, { renderRoot: root });
  }

  /** The id that the platform itself gives this dealer. Required; changing it is a new embed. */
  declare externalDealerId?: string;

  /** Name of the platform's account that gets connected; on the screen in every state. Default: `external-dealer-id`. */
  declare accountName?: string;

  /** Who asks, in the sentence that the dealer admin consents to. Default: the page's host name. */
  declare platformName: string;

  /** Scopes of the platform's client credentials, space-separated, shown as what Connect gives. */
  declare platformScope?: string;

  /** What the company name field starts with. */
  declare companyName: string;

  /** Where the Partner API is: another origin (browser mode) or a path on the page's own origin (service mode). */
  declare apiBaseUrl: string;

  /** Endpoint on the page's own origin that describes the dealer's authorization. */
  declare tokenUrl?: string;

  /** Where a dealer admin is sent to sign in. */
  declare authorizeUrl?: string;

  /** Base, on the page's own origin, of the platform's relay for disconnect. */
  declare disconnectBaseUrl?: string;

  /** Milliseconds after which an operation has ended, whatever happened. */
  declare timeout: number;

  /** Nothing can be started. */
  declare disabled: boolean;

  /** Hands over the authorization; wins over `token-url`. Changing it asks again, before what the old one gave is used. */
  declare getAccessToken?: GetAccessToken;

  /** Overrides any text. Set another object to change it: what is changed in place is not seen. */
  declare messages?: Partial<Messages>;

  /** For hosts that trace requests or add headers; called unbound. */
  declare fetch?: typeof fetch;

  /** The binding: `undefined` = not known, `null` = none. Set by the host to show an existing one, by the element after connect and disconnect. */
  get binding(): Binding | null | undefined {
    return this.#controller.binding;
  }
  set binding(binding: Binding | null | undefined) {
    const previous = this.#controller.binding;
    this.#controller.binding = binding;
    this.requestUpdate('binding', previous);
  }

  /** @internal It was set last by the attribute: markup may have been injected. */
  get isApiBaseUrlMarkup(): boolean {
    return this.#isApiBaseUrlMarkup;
  }

  /** One of the eight states. */
  get state(): ConnectState {
    return this.#controller.state.name;
  }

  /** What went wrong last, until the next attempt starts. */
  get error(): ChektConnectError | null {
    return failureOf(this.#controller.state)?.error ?? this.#controller.refused;
  }

  /** What the element shows of the dealer's authorization; never the token. */
  get authorization(): Authorization | null {
    const { state } = this.#controller;
    return 'authorization' in state ? state.authorization : null;
  }

  /** Resolves with `chekt-ready`; never rejects. */
  get ready(): Promise<void> {
    return this.#controller.ready;
  }

  /**
   * Connects, as the button does, events included.
   * @param companyName put into the field first; default: what is there
   * @returns the binding as CHeKT recorded it; the same promise while this runs
   * @throws {ChektConnectError} rejects with the error of `chekt-error`; without an event when it cannot start
   */
  connect(companyName?: string): Promise<Binding> {
    let name: string | undefined;
    try {
      name = textOf(companyName);
    } catch {
      return Promise.reject(new ChektConnectError('configuration', 'The company name cannot be read.'));
    }
    return this.#attempt((connection) => {
      if (name !== undefined && this.state === 'authorized') this.#type(name);
      return connection.connect(this.#name);
    });
  }

  /**
   * Disconnects, as the second button does, events included.
   * @throws {ChektConnectError} rejects with the error of `chekt-error`; without an event when it cannot start
   */
  disconnect(): Promise<void> {
    return this.#attempt((connection) => connection.disconnect());
  }

  /**
   * Drops error and authorization and asks for it again; keeps the typed name. Ignored while an operation runs.
   * What may have gone through is not repeated after it: call it when another person has signed in.
   */
  reset(): void {
    this.#controller.flush();
    this.#controller.reset();
  }

  /** A snapshot for a bug report, without anything secret. */
  diagnostics(): Diagnostics {
    const { config, attempts, lastError } = this.#controller;
    return diagnose(this.state, config, attempts, lastError);
  }

  /** @internal `JSON.stringify` of an element would fail on Lit's circular fields, and a logger would be none the wiser. */
  toJSON(): Diagnostics {
    return this.diagnostics();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (!TOKEN_ATTRIBUTES.includes(name)) {
      super.attributeChangedCallback(name, old, value);
      if (name === 'api-base-url') this.#isApiBaseUrlMarkup = value !== null;
      return;
    }
    if (value === null) return;
    this.removeAttribute(name);
    this.#controller.refuseAttribute(name);
  }

  override requestUpdate(...request: Parameters<LitElement['requestUpdate']>): void {
    // the first calls come from the base class, before there is a controller
    if (request[0] !== undefined && #controller in this) {
      if (request[0] === 'apiBaseUrl') this.#isApiBaseUrlMarkup = false;
      this.#controller.invalidate();
      // only the render waits, not the reading of what the host gives
      if (this.#isHeld) queueMicrotask(() => this.#controller.hostUpdate());
    }
    super.requestUpdate(...request);
  }

  /**
   * First the host is asked. If it answers in this very task, as most do that have the token at hand, there is one render instead of two.
   */
  protected override async scheduleUpdate(): Promise<void> {
    super.scheduleUpdate();
    if (this.#mayRender) return;
    this.#isHeld = true;
    if (this.state === 'authorizing') await Promise.race([this.ready, someTurns()]);
    await nextTask;
    this.#isHeld = false;
    this.#mayRender = true;
    super.requestUpdate();
    super.scheduleUpdate();
  }

  protected override shouldUpdate(): boolean {
    if (!this.#mayRender) this.#controller.hostUpdate();
    return this.#mayRender;
  }

  /** A move by `moveBefore` is no removal, but the language may be another one there. */
  connectedMoveCallback(): void {
    this.#page.hostDisconnected();
    this.#page.hostConnected();
  }

  /** Style sheets belong to a document; they are made again for the new one. */
  adoptedCallback(): void {
    const { defaultView } = this.ownerDocument;
    if (!defaultView) return;
    const sheet = new defaultView.CSSStyleSheet();
    sheet.replaceSync(styles.cssText);
    this.shadowRoot!.adoptedStyleSheets = [sheet];
  }

  protected override render(): TemplateResult {
    const { state, config, input } = this.#controller;
    const platform = input.platformName ?? location.hostname;
    return render({
      state,
      config,
      dictionary: Dictionary.of(languageOf(this), platform, input.messages),
      typedName: this.#name,
      disabled: this.disabled,
      copied: this.#copied,
      on: this.#handlers,
    });
  }

  #attempt<T>(start: (connection: Connection) => Promise<T>): Promise<T> {
    this.#controller.flush();
    const { connection } = this.#controller;
    return this.disabled && !connection.isRunning
      ? Promise.reject(new ChektConnectError('vetoed', 'The element is disabled.'))
      : start(connection);
  }

  get #name(): string {
    return this.#typedName ?? this.#controller.input.companyName ?? '';
  }

  #type(name: string): void {
    this.#typedName = name;
    this.#controller.connection.send({ type: 'name-missing', nameMissing: false });
    super.requestUpdate();
  }

  #enter(state: ConnectState, previous: ConnectState): void {
    this.#copied = false;
    this.#states.delete(previous);
    this.#states.add(state);
  }

  /** When something that is shown reads differently: the sign-in ends, a pause is over. */
  #nextTick(): number | undefined {
    const { state } = this.#controller;
    const failure = failureOf(state);
    if (isWaiting(failure)) return failure?.retryAt;
    return state.name === 'authorized' ? state.authorization.expiresAt : undefined;
  }

  /** For what is inside: what the page has put into the slots is its own. */
  readonly #hear = (event: Event) => {
    const { type, target } = event;
    if (!this.shadowRoot!.contains(target as Node)) return;
    if (type === 'submit') this.#handlers.connect(event);
    // a key that is held down is one press
    if ((event as KeyboardEvent).repeat && (event as KeyboardEvent).key === 'Enter') event.preventDefault();
  };

  readonly #handlers = {
    input: (event: Event) => this.#type((event.target as HTMLInputElement).value),
    authorize: (event: Event, reason: AuthorizeReason) => {
      const authorize = new ChektAuthorizeEvent({ companyName: this.#name, reason });
      if (this.disabled || isBusy(this.#controller.state) || !this.dispatchEvent(authorize))
        event.preventDefault();
    },
    connect: (event: Event) => {
      event.preventDefault();
      const { state } = this.#controller;
      this.connect().catch(() => {});
      // only an empty name is told at once
      if (this.#controller.state !== state) this.#outcome.focusField();
    },
    retry: () => {
      if (!this.disabled) this.reset();
    },
    askDisconnect: () => {
      if (!this.disabled) this.#controller.connection.send({ type: 'confirm', confirming: true });
    },
    declineDisconnect: () => this.#controller.connection.send({ type: 'confirm', confirming: false }),
    disconnect: () => {
      this.disconnect().catch(() => {});
    },
    copy: (reference: string) => {
      navigator.clipboard?.writeText(reference).then(
        () => {
          this.#copied = true;
          super.requestUpdate();
        },
        () => {},
      );
    },
  };
}

type EventMap = HTMLElementEventMap & ChektConnectEventMap;

export interface ChektConnectElement {
  addEventListener<K extends keyof EventMap>(
    type: K,
    listener: (this: ChektConnectElement, event: EventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof EventMap>(
    type: K,
    listener: (this: ChektConnectElement, event: EventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}
