import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Keeps the keyboard focus in the element when a render removes the focused control. Focus that was elsewhere is never taken.
 * It moves to the first of these that there is: the question before a disconnect, the button that had opened that question,
 * the main action below an error, the heading.
 */
export class FocusController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #hadFocus = false;
  #returns = false;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#hadFocus = !!this.#host.shadowRoot?.activeElement;
  }

  hostUpdated(): void {
    const returns = this.#returns;
    this.#returns = false;
    if (!this.#hadFocus || this.#host.shadowRoot!.activeElement) return;
    const places = [
      '#confirm',
      returns && '[part~="disconnect-button"]',
      this.#find('[part~="error"]') && '[part~="button-primary"]',
      '#heading',
    ];
    for (const place of places) {
      const target = place && this.#find(place);
      if (target) return target.focus();
    }
  }

  /** To be called when the person chooses to stay connected. */
  returnToDisconnect(): void {
    this.#returns = true;
  }

  /** Focuses the company name, which has to be entered or corrected, unless the focus is in another part of the page. */
  focusField(): void {
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
