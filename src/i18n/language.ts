import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { languageListeners } from './messages.js';

/** The nearest `lang`, through shadow roots, then the browser's language. */
export function languageOf(element: Element): string {
  for (let node: Element | undefined = element; node;) {
    const declared: Element | null = node.closest('[lang]');
    if (declared) return declared.getAttribute('lang') || navigator.language;
    const root: Node = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : undefined;
  }
  return navigator.language;
}

/** Renders the host again when a language was added, or when a `lang` changed that may concern it. */
export class LanguageController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #render = () => this.#host.requestUpdate();
  readonly #observer = new MutationObserver(this.#render);

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    for (let root = this.#host.getRootNode(); ; root = root.host.getRootNode()) {
      this.#observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
      if (!(root instanceof ShadowRoot)) break;
    }
    languageListeners.add(this.#render);
    this.#render();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    languageListeners.delete(this.#render);
  }
}
