import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Keeps the keyboard's place. Focus is never taken: it moves only when it was inside and what had it is gone. Then it goes to
 * the question that came, or back to what had opened it, or to the way out of a failure, or to the heading of what came instead.
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

  /** The person does not disconnect after all. */
  returnToDisconnect(): void {
    this.#returns = true;
  }

  /** The company name has to be filled in or mended: its own description says so. Never taken from another part of the page. */
  focusField(): void {
    void this.#host.updateComplete.then(() => {
      const { activeElement, body } = this.#host.ownerDocument;
      const isElsewhere = activeElement && activeElement !== body && !this.#host.shadowRoot!.activeElement;
      if (!isElsewhere) this.#find('input')?.focus();
    });
  }

  /** The field, else the main action, else the heading. */
  focusFirst(options?: FocusOptions): void {
    const target = this.#find('input') ?? this.#find('[part~="button-primary"]') ?? this.#find('#heading');
    target?.focus(options);
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  }
}
