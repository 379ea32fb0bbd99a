import { LitElement, type CSSResult, type TemplateResult } from 'lit';
import type { GetAccessToken } from '../authorization/token-provider.js';
import type { Authorization } from '../authorization/sign-in.js';
import type { Binding } from '../partner-api/dealer.js';
import { ChektConnectError } from '../partner-api/errors.js';
import type { FormerBinding } from '../session/effects/load-account.js';
import type { Session } from '../session/session.js';
import { isPaused, type ConnectState } from '../session/state.js';
import { version } from '../version.js';
import { DEFAULT_API_BASE_URL, DEFAULT_TIMEOUT } from './host-options.js';
import { adoptStylesIn } from './adopt-styles.js';
import { hintAtMarkup } from './attribute-hints.js';
import { CountdownController } from './controllers/countdown-controller.js';
import { FocusController } from './controllers/focus-controller.js';
import { LanguageController } from './controllers/language-controller.js';
import { PageVisibilityController } from './controllers/page-visibility-controller.js';
import { SessionController } from './controllers/session-controller.js';
import { diagnose, type Diagnostics } from './diagnostics.js';
import type { AddListener, RemoveListener } from './events.js';
import { FirstRender } from './first-render.js';
import { addMessages, Dictionary, type Messages } from './i18n/messages.js';
import { LiveRegion } from './live-region.js';
import { shieldFromPage } from './page-shield.js';
import { PersonActions } from './person-actions.js';
import type { ViewContext } from './view/context.js';
import { render } from './view/view.js';
import { styles } from './chekt-connect-element.styles.js';

/** No attribute may hold a token. */
const TOKEN_ATTRIBUTES = ['access-token', 'accesstoken', 'accessToken', 'access_token'];

/**
 * Lets a dealer admin connect the dealer's CHeKT account to a platform.
 *
 * @tag chekt-connect
 * @tagname chekt-connect
 *
 * @fires {ChektReadyEvent} chekt-ready - Once per element, when it first knows what to show.
 * @fires {ChektStateChangeEvent} chekt-state-change - Every transition.
 * @fires {ChektAuthorizationRequiredEvent} chekt-authorization-required - On entering `unauthorized`.
 * @fires {ChektAuthorizeEvent} chekt-authorize - The person chose to sign in; cancelable, the default follows `authorize-url`.
 * @fires {ChektBeforeConnectEvent} chekt-before-connect - Before the connect PUT; cancelable, `waitUntil(promise)` holds it.
 * @fires {ChektConnectedEvent} chekt-connected - CHeKT recorded the binding.
 * @fires {ChektBeforeDisconnectEvent} chekt-before-disconnect - Before the disconnect PUT; cancelable, `waitUntil(promise)` holds it.
 * @fires {ChektDisconnectedEvent} chekt-disconnected - The binding is gone.
 * @fires {ChektErrorEvent} chekt-error - An attempt, the authorization or the configuration failed.
 *
 * @slot - What the page shows until the script has run; never shown afterwards.
 * @slot header - Above everything: a heading or a notice of the platform.
 * @slot footer - Below everything: a link to help or to a privacy notice.
 * @slot logo - The platform's logo, beside CHeKT's name. Default: the platform's name.
 * @slot next - After connect: what to do now.
 *
 * @csspart base - The whole card.
 * @csspart heading - The main heading.
 * @csspart grant - What the platform will be able to do.
 * @csspart authorization - Who is signed in, or what has to happen first.
 * @csspart form - Everything from who is signed in to the main action.
 * @csspart form-control-label - The label of the company name.
 * @csspart form-control-input - The field of the company name.
 * @csspart form-control-help - The help under the field.
 * @csspart form-control-error - The error of the field.
 * @csspart button - Every button, and links that look like one.
 * @csspart button-primary - The main action.
 * @csspart button-secondary - Any other button.
 * @csspart button-danger - The last step of disconnect.
 * @csspart authorize-button - "Sign in with CHeKT", and "Use another account" if that is the main action.
 * @csspart connect-button - "Connect CHeKT".
 * @csspart disconnect-button - "Disconnect", in both of its steps.
 * @csspart keep-button - "Keep connected".
 * @csspart retry-button - "Try again" if the sign-in could not be checked.
 * @csspart link - Links, and buttons that look like one: "Use another account", "Change", "Copy".
 * @csspart details - Collapsed content: the company's details, and the details for support.
 * @csspart binding - What is connected to what, since when and by whom.
 * @csspart confirm - The question before a disconnect.
 * @csspart status - The live region.
 * @csspart error - What went wrong, and what to do.
 *
 * @cssprop [--chekt-color-primary] - Background of the main button; marks and the focus ring.
 * @cssprop [--chekt-color-on-primary] - Text of the main button.
 * @cssprop [--chekt-color-link=var(--chekt-color-primary)] - Links.
 * @cssprop [--chekt-color-surface] - Background.
 * @cssprop [--chekt-color-text] - Text.
 * @cssprop [--chekt-color-muted] - Secondary text, and the border of the field; mixed from text and surface.
 * @cssprop [--chekt-color-border] - Lines; mixed from text and surface.
 * @cssprop [--chekt-color-danger] - Errors, and the last step of disconnect.
 * @cssprop [--chekt-color-success] - The mark of a connected company.
 * @cssprop [--chekt-border-radius=0.5em] - Corners.
 * @cssprop [--chekt-button-radius=var(--chekt-border-radius)] - Corners of buttons.
 * @cssprop [--chekt-spacing=1.25em] - Distance between blocks.
 * @cssprop [--chekt-font-family=inherit] - Font.
 * @cssprop [--chekt-font-size=max(15px, 0.9375rem)] - Font size, from which all other sizes are derived.
 *
 * @cssstate unconfigured - The configuration is incomplete or wrong.
 * @cssstate authorizing - The host is asked for the dealer's authorization.
 * @cssstate unauthorized - The dealer admin has to sign in.
 * @cssstate unavailable - The host could not say whether the dealer has authorized.
 * @cssstate authorized - Ready to connect.
 * @cssstate connecting - The connect PUT is running.
 * @cssstate connected - The dealer is connected.
 * @cssstate disconnecting - The disconnect PUT is running.
 */
export class ChektConnectElement extends LitElement {
  static override readonly styles: CSSResult[] = styles;
  /** The version of this package. */
  static readonly version: string = version;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...TOKEN_ATTRIBUTES];
  }

  /** Adds a language for every element: `addMessages('nl', { … })`. A key that it lacks is shown in English. @throws {RangeError} on a malformed language tag */
  static addMessages(lang: string, messages: Partial<Messages>): void {
    addMessages(lang, messages);
  }

  static override readonly properties = {
    serviceUrl: { attribute: 'service-url' },
    externalDealerId: { attribute: 'external-dealer-id' },
    accountName: { attribute: 'account-name', noAccessor: true },
    platformName: { attribute: 'platform-name', noAccessor: true },
    platformScope: { attribute: 'platform-scope' },
    companyName: { attribute: 'company-name', noAccessor: true },
    apiBaseUrl: { attribute: 'api-base-url', noAccessor: true },
    tokenUrl: { attribute: 'token-url' },
    authorizeUrl: { attribute: 'authorize-url' },
    authorizeTarget: { attribute: 'authorize-target', noAccessor: true },
    disconnectBaseUrl: { attribute: 'disconnect-base-url' },
    headingLevel: { attribute: 'heading-level', type: Number, noAccessor: true },
    timeout: { type: Number, noAccessor: true },
    disabled: { type: Boolean, reflect: true, noAccessor: true },
    getAccessToken: { attribute: false },
    messages: { attribute: false },
    fetch: { attribute: false },
    formerBinding: { attribute: false },
    binding: { attribute: false, noAccessor: true },
  };

  /** The value of a property while it is `undefined`, and after its attribute has been removed. */
  static readonly #fallbacks: Readonly<Record<string, (element: ChektConnectElement) => unknown>> = {
    accountName: (element) => element.#session.account?.accountName ?? element.externalDealerId,
    platformName: (element) => element.#session.account?.platformName ?? globalThis.location?.hostname,
    companyName: () => '',
    apiBaseUrl: ({ serviceUrl }) => serviceUrl ?? DEFAULT_API_BASE_URL,
    authorizeTarget: () => '_self',
    headingLevel: () => 2,
    timeout: () => DEFAULT_TIMEOUT,
    disabled: () => false,
  };

  static {
    for (const [name, fallback] of Object.entries(this.#fallbacks)) {
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        enumerable: true,
        get(this: ChektConnectElement): unknown {
          return this.#given.get(name) ?? fallback(this);
        },
        set(this: ChektConnectElement, value: unknown) {
          const previous: unknown = this.#given.get(name) ?? fallback(this);
          this.#given.set(name, value);
          this.requestUpdate(name, previous);
        },
      });
    }
  }

  /** The values that were set of properties with a fallback. */
  readonly #given = new Map<string, unknown>();
  readonly #session = new SessionController(this, {
    read: (property) =>
      property in ChektConnectElement.#fallbacks ? this.#given.get(property) : this[property],
    isApiAttribute: () => {
      const attribute = this.getAttribute('api-base-url');
      return attribute !== null && attribute === this.apiBaseUrl;
    },
    onState: (state, previous) => {
      this.#actions.isCopied = false;
      this.#states?.delete(previous);
      this.#states?.add(state);
    },
  });
  readonly #language = new LanguageController(this);
  readonly #visibility = new PageVisibilityController(this, () => this.#session.shown());
  readonly #focus = new FocusController(this);
  readonly #actions = new PersonActions(this, this.#session, this.#focus);
  readonly #firstRender = new FirstRender(this);
  readonly #liveRegion = new LiveRegion();
  // some test environments do not have custom states
  readonly #states: CustomStateSet | undefined = this.attachInternals?.().states;

  constructor() {
    super();
    new CountdownController(this, () => {
      const { state } = this.#session;
      const failure = state.failure;
      if (failure && isPaused(failure)) return failure.retryAt;
      return state.name === 'authorized' ? state.signIn.expiry : undefined;
    });
    this.#states?.add(this.state);
  }

  /** Base URL of the platform's service, on the page's own origin. Provides the other addresses and, if the page sets neither, account and binding. */
  declare serviceUrl?: string;
  /** The platform's own id of this dealer. Required without `service-url`; changing it is a new embed. */
  declare externalDealerId?: string;
  /** Name of the platform's account that gets connected. Default: `external-dealer-id`. */
  declare accountName?: string;
  /** Who asks for access. Default: the page's host name. */
  declare platformName: string;
  /** Scopes of the platform's client credentials, space-separated, shown as what the platform will be able to do. */
  declare platformScope?: string;
  /** The company name to start with, if the sign-in does not give one. Default: empty. */
  declare companyName: string;
  /** Where the Partner API is: another origin (browser mode) or a path on the page's own origin (service mode). Default: `service-url`, else `https://api.chekt.com`. */
  declare apiBaseUrl: string;
  /** Endpoint on the page's own origin that describes the dealer's authorization. Default: `{service-url}/token`. */
  declare tokenUrl?: string;
  /** Where a dealer admin signs in. Default: `{service-url}/authorize`. */
  declare authorizeUrl?: string;
  /** `target` of the link to the sign-in: `_self`, `_top` or `_blank`. Default: `_self`. */
  declare authorizeTarget: string;
  /** Base, on the page's own origin, of the platform's relay for disconnect. Default: `service-url`. */
  declare disconnectBaseUrl?: string;
  /** Level of the main heading, 1–5; the ones below follow. Default: 2. */
  declare headingLevel: number;
  /**
   * Milliseconds for one connect or disconnect, from when `waitUntil` lets it go, repeats and questions to the source included; and
   * for each other question to the source. Default: 30000.
   */
  declare timeout: number;
  /** Whether nothing can be started. Reflects. Default: false. */
  declare disabled: boolean;
  /** Returns the authorization; wins over `token-url`. Changing it asks again at once. */
  declare getAccessToken?: GetAccessToken;
  /** Overrides any text. To change it, set a new object: changes in place are not noticed. */
  declare messages?: Partial<Messages>;
  /** For hosts that trace requests or add headers; called unbound. Default: the page's own `fetch`. */
  declare fetch?: typeof fetch;
  /** A binding that no longer works, and why. Ignored while `binding` is set. */
  declare formerBinding?: FormerBinding | null;

  /** The binding: `undefined` = not known, `null` = none. Set by the host to show an existing one, by the element after connect and disconnect. */
  get binding(): Binding | null | undefined {
    return this.#session.binding;
  }
  set binding(binding: Binding | null | undefined) {
    const previous = this.#session.binding;
    this.#session.binding = binding;
    this.requestUpdate('binding', previous);
  }

  /** One of the eight states. */
  get state(): ConnectState {
    return this.#session.state.name;
  }

  /** What went wrong last, until the next attempt starts. */
  get error(): ChektConnectError | null {
    return this.#session.state.failure?.error ?? this.#session.events.refused;
  }

  /** What is displayed of the dealer's authorization; never the token. */
  get authorization(): Authorization | null {
    const { state, redaction } = this.#session;
    return redaction.data(state.signIn?.authorization ?? null);
  }

  /** Resolves with `chekt-ready`; never rejects. */
  get ready(): Promise<void> {
    return this.#session.events.ready;
  }

  /**
   * Connects, as the button does, events included.
   * @param companyName put into the field first; default: what is there
   * @returns {Promise<Binding>} the binding as CHeKT recorded it; the same promise while this runs
   * @throws {ChektConnectError} rejects with the error of `chekt-error`; without an event when it cannot start
   */
  connect(companyName?: string): Promise<Binding> {
    return this.#attempt((session) => {
      if (session.state.name === 'authorized') {
        if (companyName === undefined) this.#actions.readField();
        else this.#actions.type(companyName);
      }
      return session.connect(this.#actions.nameToSend());
    });
  }

  /**
   * Disconnects, as the second button does, events included.
   * @throws {ChektConnectError} rejects with the error of `chekt-error`; without an event when it cannot start
   */
  disconnect(): Promise<void> {
    return this.#attempt((session) => session.disconnect());
  }

  /** Never throws synchronously. Returns the promise of a running operation even while the element is disabled. */
  #attempt<T>(start: (session: Session) => Promise<T>): Promise<T> {
    try {
      this.#session.flush();
      const { session } = this.#session;
      if (!this.disabled || session.isRunning) return start(session);
      return Promise.reject(new ChektConnectError('vetoed', 'The element is disabled.'));
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  /**
   * Drops the error and the authorization, and asks for it again. Keeps the typed name. Ignored while an operation runs.
   * An operation with an unknown outcome is not repeated after it, so call it when another person has signed in.
   */
  reset(): void {
    this.#session.reset();
  }

  /** Moves the focus to the field, else to the main action, else to the heading. */
  override focus(options?: FocusOptions): void {
    this.#focus.focusFirst(options);
  }

  /** A snapshot for a bug report, without anything secret. */
  diagnostics(): Diagnostics {
    const { options, events, redaction } = this.#session;
    const { attempts, lastError } = events;
    return diagnose({ state: this.state, options, attempts, lastError }, redaction);
  }

  /** @internal Without this, `JSON.stringify` of an element would fail on Lit's circular fields. */
  toJSON(): Diagnostics {
    return this.diagnostics();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (!TOKEN_ATTRIBUTES.includes(name)) return super.attributeChangedCallback(name, old, value);
    if (value === null) return;
    this.removeAttribute(name);
    this.#session.events.refuseAttribute(name);
  }

  override requestUpdate(...request: Parameters<LitElement['requestUpdate']>): void {
    // the base class calls this before the session exists
    if (request[0] !== undefined && #session in this) this.#session.invalidate();
    super.requestUpdate(...request);
  }

  /** Lit has taken over by now what the page had set before the script ran, so that questions do not wait for the first render. */
  protected override shouldUpdate(): boolean {
    return this.#firstRender.isDue;
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    if (this.hasUpdated) return isComplete;
    await this.#firstRender.whenDue();
    return super.getUpdateComplete();
  }

  /** `moveBefore` does not disconnect the element, but the language may be different in its new place. */
  connectedMoveCallback(): void {
    this.#language.hostConnected();
  }

  adoptedCallback(): void {
    if (this.shadowRoot) adoptStylesIn(this.shadowRoot, styles);
  }

  protected override createRenderRoot(): ShadowRoot {
    const root = this.shadowRoot ?? this.attachShadow(ChektConnectElement.shadowRootOptions);
    adoptStylesIn(root, styles);
    this.#actions.listenOn(root);
    shieldFromPage(root);
    return root;
  }

  /** Keeps a text that a script has put into the field without an event. */
  protected override willUpdate(): void {
    if (this.hasUpdated) this.#actions.readField();
  }

  protected override firstUpdated(): void {
    hintAtMarkup(this, ChektConnectElement.observedAttributes);
  }

  protected override updated(): void {
    this.#actions.rendered();
  }

  protected override render(): TemplateResult {
    const { state, options, redaction } = this.#session;
    const dictionary = new Dictionary({
      lang: this.#language.language,
      platform: options?.platformName ?? globalThis.location.hostname,
      overrides: options?.messages,
      redact: (text) => redaction.text(text),
    });
    const context: ViewContext = {
      state: redaction.data(state),
      options,
      dictionary,
      account: redaction.text(options?.accountName ?? ''),
      companyName: this.#actions.companyName,
      disabled: this.disabled,
      copied: this.#actions.isCopied,
      authorizeHref: (reason) => this.#actions.authorizeHref(reason),
      on: this.#actions.handlers,
    };
    return render(context, this.#liveRegion.text(context));
  }
}

export interface ChektConnectElement {
  addEventListener: AddListener<ChektConnectElement>;
  removeEventListener: RemoveListener<ChektConnectElement>;
}
