import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { languageOf } from '../i18n/language.js';
import { onLanguageAdded } from '../i18n/messages.js';

/** Knows the language that the element stands in, and renders the host again when it changes or another one is added. */
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
    // an attribute of any ancestor counts, and shadow roots are trees of their own
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
