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

/** One for all elements, made with the first. What it watches it forgets when the last has gone. */
let observer: MutationObserver | undefined;

function render(): void {
  for (const listener of languageListeners) listener();
}

/** Renders the host again when a language was added, or when a `lang` changed wherever there are elements. */
export class LanguageController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #render = () => this.#host.requestUpdate();

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    observer ??= new MutationObserver(render);
    for (let root = this.#host.getRootNode(); ; root = root.host.getRootNode()) {
      observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
      if (!(root instanceof ShadowRoot)) break;
    }
    languageListeners.add(this.#render);
    this.#render();
  }

  hostDisconnected(): void {
    languageListeners.delete(this.#render);
    if (!languageListeners.size) observer?.disconnect();
  }
}
