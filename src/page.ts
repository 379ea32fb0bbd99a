import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Those of the elements that are on a page: however many there are, they share what watches it. */
const controllers = new Set<PageController>();

/** Renders every element again: how time, a language or the page is, is another one. */
export function renderElements(): void {
  for (const controller of controllers) controller.render();
}

function pageShown({ persisted }: PageTransitionEvent): void {
  if (persisted) for (const controller of controllers) controller.restore();
}

/** Made with the first element. What it watches it forgets when the last has gone. */
let observer: MutationObserver | undefined;
let observed = new WeakSet<Node>();

/** Renders the host again when a language was added, when a `lang` changed wherever there are elements, and when a hidden page is seen again. */
export class PageController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  /** The page is back from the browser's cache, as it was left. */
  readonly restore: () => void;

  constructor(host: ReactiveControllerHost & Element, restore: () => void) {
    this.#host = host;
    this.restore = restore;
    host.addController(this);
  }

  render(): void {
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    if (!controllers.size) {
      addEventListener('pageshow', pageShown);
      document.addEventListener('visibilitychange', renderElements);
    }
    controllers.add(this);
    observer ??= new MutationObserver(renderElements);
    for (let root = this.#host.getRootNode(); ; root = root.host.getRootNode()) {
      if (!observed.has(root)) {
        observed.add(root);
        observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
      }
      if (!(root instanceof ShadowRoot)) break;
    }
    this.render();
  }

  hostDisconnected(): void {
    controllers.delete(this);
    if (controllers.size) return;
    removeEventListener('pageshow', pageShown);
    document.removeEventListener('visibilitychange', renderElements);
    observer?.disconnect();
    observed = new WeakSet();
  }
}
