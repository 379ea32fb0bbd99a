import type { ReactiveControllerHost } from 'lit';
import { isSamePerson } from '../authorization/identity.js';
import type { SignIn } from '../authorization/sign-in.js';
import { ChektConnectError } from '../partner-api/errors.js';
import { holdsUnseen, normalizeText, readsTheSame } from '../partner-api/text.js';
import { isBusy, signInOf } from '../session/state.js';
import type { FocusController } from './controllers/focus-controller.js';
import type { SessionController } from './controllers/session-controller.js';
import { ChektAuthorizeEvent, type AuthorizeReason } from './events.js';
import { textOf } from './host-options.js';
import { ownOrigin } from './urls.js';
import type { ViewHandlers } from './view/context.js';

/** What the element offers to whom it belongs. */
interface ActingElement extends ReactiveControllerHost, HTMLElement {
  readonly disabled: boolean;
  readonly companyName: unknown;
  connect(): Promise<unknown>;
  disconnect(): Promise<unknown>;
  reset(): void;
}

/** What a person does in the element, and what becomes of it. */
export class PersonActions {
  readonly #element: ActingElement;
  readonly #controller: SessionController;
  readonly #focus: FocusController;
  #isCopied = false;
  #rendered: { readonly signIn: SignIn | null; readonly companyName?: string } = { signIn: null };

  constructor(element: ActingElement, controller: SessionController, focus: FocusController) {
    this.#element = element;
    this.#controller = controller;
    this.#focus = focus;
  }

  /** The reference for support was copied. */
  get isCopied(): boolean {
    return this.#isCopied;
  }

  forgetCopied(): void {
    this.#isCopied = false;
  }

  /** What the field contains: what was typed for this sign-in, then the company of the sign-in, then `company-name`. */
  get companyName(): string {
    const { state, redaction, options } = this.#controller;
    if (state.draft) return state.draft.companyName;
    const signedIn = signInOf(state)?.authorization.companyName;
    return redaction.text(signedIn ?? normalizeText(options?.companyName ?? ''));
  }

  /** A name that the sign-in says, unchanged by the person, is sent as it came. */
  nameToSend(): string {
    const { companyName } = this;
    const registered = signInOf(this.#controller.state)?.registeredName;
    const isUnchanged = registered !== undefined && readsTheSame(registered, companyName);
    return isUnchanged && !holdsUnseen(registered) ? registered : normalizeText(companyName);
  }

  /** @throws {ChektConnectError} for a value that has no text */
  type(companyName: unknown): void {
    this.#controller.session.type(textOf('companyName', companyName) ?? '');
  }

  /** What the person sees from now on. A field that has the text already keeps its cursor. */
  rendered(): void {
    const { companyName } = this;
    const field = this.#field;
    if (field && field.value !== companyName) field.value = companyName;
    this.#rendered = { signIn: signInOf(this.#controller.state), companyName: field?.value };
  }

  get #field(): HTMLInputElement | null {
    return this.#element.shadowRoot?.querySelector('input') ?? null;
  }

  /** The visible field counts, however its text got there: autofill and scripts need not fire `input`. */
  readField(): void {
    if (this.#controller.state.name !== 'authorized' || this.#isOutdated) return;
    const text = this.#field?.value;
    if (text !== undefined && text !== this.#rendered.companyName && text !== this.companyName)
      this.type(text);
  }

  /** Where the dealer admin signs in. Our own service also learns the account and the way back; `reason` comes last. */
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

  /** For what is inside: what the page has put into the slots is its own. */
  listenOn(root: HTMLElement | DocumentFragment): void {
    const isInside = ({ target }: Event) => root.contains(target as Node);
    root.addEventListener('submit', (event) => {
      if (isInside(event)) this.handlers.connect(event);
    });
    // a key that is held down is one press
    root.addEventListener('keydown', (event) => {
      const { repeat, key } = event as KeyboardEvent;
      if (!isInside(event)) return;
      if (repeat && key === 'Enter') event.preventDefault();
      const { state } = this.#controller;
      if (key !== 'Escape' || state.name !== 'connected' || !state.confirming) return;
      // a dialog of the page around the element stays open
      event.preventDefault();
      event.stopPropagation();
      this.handlers.declineDisconnect();
    });
  }

  /** The person pressed for whom was displayed, and somebody else is about to be. */
  get #isOutdated(): boolean {
    const displayed = this.#rendered.signIn;
    const current = signInOf(this.#controller.state);
    return !!displayed && !!current && !isSamePerson(displayed.identity, current.identity);
  }

  readonly handlers: ViewHandlers = {
    change: () => {
      if (this.#element.disabled || isBusy(this.#controller.state)) return;
      // what stands there is from now on what this person has typed
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
      if (this.#isOutdated) return;
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
    disconnect: () => {
      this.#element.disconnect().catch(() => {});
    },
    copy: (reference) => {
      navigator.clipboard?.writeText(reference).then(
        () => {
          this.#isCopied = true;
          this.#element.requestUpdate();
        },
        () => {},
      );
    },
  };
}
