import type { ReactiveControllerHost } from 'lit';
import { isSamePerson, type Identity } from '../authorization/identity.js';
import { ChektConnectError } from '../partner-api/errors.js';
import { holdsUnseen, normalizeText, readsTheSame } from '../partner-api/text.js';
import type { Session } from '../session/session.js';
import { isBusy, type State } from '../session/state.js';
import type { FocusController } from './controllers/focus-controller.js';
import type { SessionController } from './controllers/session-controller.js';
import { ChektAuthorizeEvent, type AuthorizeReason } from './events.js';
import { textOf } from './host-options.js';
import { ownOrigin } from './urls.js';
import type { ViewHandlers } from './view/context.js';

/** What the actions need of the element. */
interface ActingElement extends ReactiveControllerHost, HTMLElement {
  readonly disabled: boolean;
  readonly companyName: unknown;
  connect(): Promise<unknown>;
  disconnect(): Promise<unknown>;
  reset(): void;
}

/** What the last render has put on the screen. */
interface Screen {
  readonly session: Session;
  readonly state: State;
  /** The text of the field, if there is one. */
  readonly companyName?: string;
  readonly isSignedOut: boolean;
  readonly accountName: string | undefined;
  /** The company's name as it was before the person typed. */
  readonly company: string;
  /** When it was rendered with this account, person and company, by the clock of DOM events. */
  readonly renderedAt: number;
  /** When its first frame came. A press that is older was made for what had been there before. */
  paintedAt: number;
}

/** Milliseconds after which a screen counts as seen although its frame was not reported, as by a page's own `requestAnimationFrame`. */
const LONGEST_FRAME = 10_000;
/** Milliseconds: an event that seems older is dated by another clock. */
const OLDEST_EVENT = 60_000;
/** Milliseconds for which what a key or a button of the mouse causes belongs to it. */
const INPUT_WINDOW = 1_000;

/** What the person does in the element. */
export class PersonActions {
  readonly #element: ActingElement;
  readonly #controller: SessionController;
  readonly #focus: FocusController;
  /** The person has copied the reference for support. */
  isCopied = false;
  #screen?: Screen;
  /** The last key or click of the person. Its event may come later than it was made. */
  #lastInput?: { readonly pressedAt: number; readonly deliveredAt: number };

  constructor(element: ActingElement, controller: SessionController, focus: FocusController) {
    this.#element = element;
    this.#controller = controller;
    this.#focus = focus;
  }

  /**
   * The content of the field: what was typed for this sign-in, else the company of the sign-in, else `company-name`. A name that
   * would be masked counts as unknown: what cannot be shown cannot be connected.
   */
  get companyName(): string {
    const { state, redaction, options } = this.#controller;
    if (state.draft) return state.draft.companyName;
    const name = state.signIn?.authorization.companyName ?? normalizeText(options?.companyName ?? '');
    return redaction.text(name) === name ? name : '';
  }

  /** A name that came with the sign-in is sent as it came, unless the person has changed it. */
  nameToSend(): string {
    const { companyName } = this;
    const registered = this.#controller.state.signIn?.registeredName;
    const isUnchanged = registered !== undefined && readsTheSame(registered, companyName);
    return isUnchanged && !holdsUnseen(registered) ? registered : normalizeText(companyName);
  }

  /** @throws {ChektConnectError} for a value that cannot be converted to a string */
  type(companyName: unknown): void {
    this.#controller.session.type(textOf('companyName', companyName) ?? '');
  }

  /** To be called after each render. A field that already has the right text is not written, to keep its cursor. */
  rendered(): void {
    const { companyName } = this;
    const field = this.#field;
    if (field && field.value !== companyName) field.value = companyName;
    const { session, state, options } = this.#controller;
    const old = this.#screen;
    const shown = {
      isSignedOut: !state.signIn,
      accountName: options?.accountName,
      // what the person types themselves is nothing new to them
      company: state.draft && old ? old.company : companyName,
    };
    const now = eventTime();
    const isSame =
      !this.#isOutdated() &&
      old?.isSignedOut === shown.isSignedOut &&
      old.accountName === shown.accountName &&
      old.company === shown.company;
    const { renderedAt, paintedAt } = isSame ? old : { renderedAt: now, paintedAt: now + LONGEST_FRAME };
    const screen: Screen = { session, state, companyName: field?.value, ...shown, renderedAt, paintedAt };
    this.#screen = screen;
    if (paintedAt > now)
      globalThis.requestAnimationFrame?.(() => (screen.paintedAt = Math.min(paintedAt, eventTime())));
  }

  get #field(): HTMLInputElement | null {
    return this.#element.shadowRoot?.querySelector('input') ?? null;
  }

  /** The text in the visible field counts, however it got there: autofill and scripts may not fire `input`. */
  readField(): void {
    if (this.#controller.state.name !== 'authorized' || this.#isOutdated()) return;
    const text = this.#field?.value;
    if (text !== undefined && text !== this.#screen!.companyName && text !== this.companyName)
      this.type(text);
  }

  /** The address of the sign-in. On the page's own origin, it also gets the account and the way back. `reason` comes last. */
  authorizeHref(reason: AuthorizeReason): string | undefined {
    const { options } = this.#controller;
    if (!options?.authorizeUrl) return undefined;
    const url = new URL(options.authorizeUrl);
    const { searchParams } = url;
    if (url.origin === ownOrigin()) {
      const { pathname, search, hash } = globalThis.location;
      if (!searchParams.has('external_dealer_id') && options.externalDealerId) {
        searchParams.set('external_dealer_id', options.externalDealerId);
      }
      if (!searchParams.has('return_to')) searchParams.set('return_to', pathname + search + hash);
    }
    searchParams.delete('reason');
    searchParams.append('reason', reason);
    return url.href;
  }

  /** Handles events of the element's own content. Slotted content belongs to the page. */
  listenOn(root: HTMLElement | DocumentFragment): void {
    const isInside = ({ target }: Event) => root.contains(target as Node);
    for (const type of ['keydown', 'keyup', 'click'])
      root.addEventListener(
        type,
        ({ isTrusted, timeStamp, detail }: UIEventInit & Event) => {
          // the click that a key makes is dated when it is dispatched
          if (isTrusted && (type !== 'click' || detail))
            this.#lastInput = { pressedAt: timeStamp, deliveredAt: eventTime() };
        },
        true,
      );
    root.addEventListener('submit', (event) => {
      if (isInside(event)) this.handlers.connect(event);
    });
    // a key that is held down counts as one press
    root.addEventListener('keydown', (event) => {
      const { repeat, key } = event as KeyboardEvent;
      if (!isInside(event)) return;
      if (repeat && key === 'Enter') event.preventDefault();
      const { state } = this.#controller;
      if (key !== 'Escape' || state.name !== 'connected' || !state.confirming) return;
      // keeps a dialog of the page around the element open
      event.preventDefault();
      event.stopPropagation();
      this.handlers.declineDisconnect();
    });
  }

  /** Whether another account or person than the one on the screen is about to be displayed. */
  #isOutdated(): boolean {
    const { session, state } = this.#controller;
    const screen = this.#screen;
    return session !== screen?.session || !isSamePerson(identityOf(screen.state), identityOf(state));
  }

  /**
   * Whether the person pressed for what is on the screen. The press may be older than that: its event may have waited for a long
   * task, or a capturing listener of the page may have caused the change. What was rendered but not yet seen, nobody has pressed;
   * a script may.
   */
  #isForScreen({ timeStamp }: Event): boolean {
    const { renderedAt, paintedAt } = this.#screen!;
    const now = eventTime();
    const input = this.#lastInput;
    const isFromInput = input !== undefined && now - input.deliveredAt < INPUT_WINDOW;
    const pressedAt = isFromInput ? input.pressedAt : timeStamp;
    const validFrom = isFromInput ? paintedAt : renderedAt;
    const isOfAnotherClock = now - pressedAt >= OLDEST_EVENT;
    return (pressedAt >= validFrom || isOfAnotherClock) && !this.#isOutdated();
  }

  readonly handlers: ViewHandlers = {
    change: () => {
      if (this.#element.disabled || isBusy(this.#controller.state)) return;
      // from now on, this text counts as typed by this person
      this.type(this.companyName);
      this.#focus.focusField();
    },
    input: (event) => this.type((event.target as HTMLInputElement).value),
    authorize: (event, reason) => {
      const { companyName } = this;
      const url = this.authorizeHref(reason);
      const authorize = new ChektAuthorizeEvent({ companyName, reason, ...(url && { url }) });
      const isInert = this.#element.disabled || isBusy(this.#controller.state);
      if (isInert || !this.#element.dispatchEvent(authorize)) event.preventDefault();
    },
    connect: (event) => {
      event.preventDefault();
      if (!this.#isForScreen(event)) return;
      this.#element.connect().catch((error: unknown) => {
        if (error instanceof ChektConnectError && error.field === 'company_name') this.#focus.focusField();
      });
    },
    retry: () => {
      if (!this.#element.disabled) this.#element.reset();
    },
    askDisconnect: () => {
      if (!this.#element.disabled) this.#controller.session.confirm(true);
    },
    declineDisconnect: () => {
      this.#focus.returnToDisconnect();
      this.#controller.session.confirm(false);
    },
    disconnect: ({ target }) => {
      // a listener of the page may have set another binding, which removes the button
      if ((target as Node).isConnected) this.#element.disconnect().catch(() => {});
    },
    copy: (reference) => {
      navigator.clipboard?.writeText(reference).then(
        () => {
          this.isCopied = true;
          this.#element.requestUpdate();
        },
        () => {},
      );
    },
  };
}

function identityOf(state: State): Identity {
  return state.signIn?.identity ?? {};
}

/** Now, by the clock of DOM events, which need not be that of `performance.now()`. */
function eventTime(): number {
  return new Event('').timeStamp;
}
