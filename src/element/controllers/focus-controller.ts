import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Keeps the keyboard focus in the element when a render removes the focused control. Focus that was elsewhere is never taken.
 * It moves to the first of these that there is: the question before a disconnect, the button that had opened that question, the
 * field that is to be filled in, the main action if the control was in the form or below an error, the heading. From the heading it
 * moves on to the main action of the form as soon as there is one again, as after "Try again".
 */
export class FocusController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #hadFocus = false;
  #wasInForm = false;
  /** Where the focus goes next, if it has to move. */
  #next?: string;
  /** The heading has the focus only until the form has a main action again. */
  #isWaiting = false;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const focused = this.#host.shadowRoot?.activeElement;
    this.#isWaiting &&= focused?.id === 'heading';
    this.#hadFocus = !!focused;
    this.#wasInForm = !!focused?.closest('form') || this.#isWaiting;
  }

  hostUpdated(): void {
    const next = this.#next;
    this.#next = undefined;
    if (!this.#hadFocus || (this.#host.shadowRoot!.activeElement && !this.#isWaiting)) return;
    const places = [
      '#confirm',
      next,
      (this.#wasInForm || this.#find('[part~="error"]')) && '[part~="button-primary"]',
      '#heading',
    ];
    for (const place of places) {
      const target = place && this.#find(place);
      if (!target) continue;
      this.#isWaiting = place === '#heading' && this.#wasInForm && !!this.#find('form');
      return target.focus();
    }
  }

  /** To be called when the person chooses to stay connected. */
  returnToDisconnect(): void {
    this.#next = '[part~="disconnect-button"]';
  }

  /** Focuses the company name, which has to be entered or corrected, unless the focus is in another part of the page. */
  focusField(): void {
    this.#next = 'input';
    void this.#host.updateComplete.then(() => {
      const { activeElement, body } = this.#host.ownerDocument;
      const isElsewhere = activeElement && activeElement !== body && !this.#host.shadowRoot!.activeElement;
      if (!isElsewhere) this.#find('input')?.focus();
    });
  }

  /** Focuses the field, else the main action, else the heading. */
  focusFirst(options?: FocusOptions): void {
    const target = this.#find('input') ?? this.#find('[part~="button-primary"]') ?? this.#find('#heading');
    target?.focus(options);
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }
}
