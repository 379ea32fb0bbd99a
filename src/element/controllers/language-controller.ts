import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { languageOf } from '../i18n/language.js';
import { onLanguageAdded } from '../i18n/messages.js';

/** Provides the language at the element's place in the page. Re-renders the host when it changes or a language is added. */
export class LanguageController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer?: MutationObserver;
  #unsubscribe?: () => void;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get language(): string {
    return languageOf(this.#host);
  }

  hostConnected(): void {
    this.hostDisconnected();
    const update = () => this.#host.requestUpdate();
    this.#unsubscribe = onLanguageAdded(update);
    this.#observer = new MutationObserver(update);
    // any ancestor's attribute counts, and every shadow root is a tree of its own
    for (let root = this.#host.getRootNode(); ; root = root.host.getRootNode()) {
      this.#observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
      if (!(root instanceof ShadowRoot)) break;
    }
    update();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#unsubscribe?.();
  }
}
