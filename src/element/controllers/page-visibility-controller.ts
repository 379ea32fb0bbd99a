import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Calls back when the person looks at the page again: the tab is shown, the window gets the focus, the page is restored from
 * the back/forward cache, or a prerendered page is activated. Somebody else may have signed in meanwhile.
 */
export class PageVisibilityController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #shown: () => void;
  #listeners?: AbortController;

  /** @param shown called for each of these, so it may be called twice in a row */
  constructor(host: ReactiveControllerHost, shown: () => void) {
    this.#host = host;
    this.#shown = shown;
    host.addController(this);
  }

  hostConnected(): void {
    // aborts nothing that does not exist: a DOMException costs a parse of the whole file (docs/decisions/start-costs.md)
    this.hostDisconnected();
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    const shown = () => {
      this.#host.requestUpdate(); // countdowns stand still while the page is hidden
      if (!document.hidden && !isPrerendering()) this.#shown();
    };
    document.addEventListener('visibilitychange', shown, { signal });
    document.addEventListener('prerenderingchange', shown, { signal });
    addEventListener('focus', shown, { signal });
    addEventListener('pageshow', (event) => event.persisted && shown(), { signal });
  }

  hostDisconnected(): void {
    this.#listeners?.abort();
  }
}

/** Whether the page is loaded ahead of a click that may never come, so that nothing may be requested for it. */
export function isPrerendering(): boolean {
  return 'prerendering' in document && document.prerendering === true;
}
