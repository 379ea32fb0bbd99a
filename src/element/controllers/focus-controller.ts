import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Keeps the keyboard's place. Focus is never taken: it moves only when it was inside and what had it is gone, then to the
 * heading of what came instead. A failure leaves it on the button; the live region tells the failure.
 */
export class FocusController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #hadFocus = false;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#hadFocus = !!this.#host.shadowRoot?.activeElement;
  }

  hostUpdated(): void {
    const root = this.#host.shadowRoot!;
    if (!this.#hadFocus || root.activeElement) return;
    (root.querySelector<HTMLElement>('#confirm') ?? root.querySelector<HTMLElement>('#heading'))?.focus();
  }

  /** The person pressed Connect, and the field has to be filled in first: its own description says so. */
  focusField(): void {
    void this.#host.updateComplete.then(() =>
      this.#host.shadowRoot!.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  }

  /** The field, else the main action, else the heading. */
  focusFirst(options?: FocusOptions): void {
    const root = this.#host.shadowRoot;
    const target =
      root?.querySelector<HTMLElement>('input') ??
      root?.querySelector<HTMLElement>('[part~="button-primary"]') ??
      root?.querySelector<HTMLElement>('#heading');
    target?.focus(options);
  }
}
