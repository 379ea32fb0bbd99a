import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Those of the elements that are on a page: however many there are, they share what watches it. */
const controllers = new Set<PageController>();

/** Renders every element again: how time, a language or the page is, is another one. */
export function renderElements(): void {
  for (const controller of controllers) controller.render();
}

/** Whoever comes back to the page may have signed in elsewhere meanwhile. */
function refreshElements(): void {
  if (!document.hidden) for (const controller of controllers) controller.refresh();
}

function visibilityChanged(): void {
  renderElements();
  refreshElements();
}

function pageShown({ persisted }: PageTransitionEvent): void {
  if (persisted) refreshElements();
}

/** Made with the first element. What it watches it forgets when the last has gone. */
let observer: MutationObserver | undefined;
let observed = new WeakSet<Node>();

/** Renders the host again when a language was added, when a `lang` changed wherever there are elements, and when a hidden page is seen again. */
export class PageController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  /** The page is shown again. */
  readonly refresh: () => void;

  constructor(host: ReactiveControllerHost & Element, refresh: () => void) {
    this.#host = host;
    this.refresh = refresh;
    host.addController(this);
  }

  render(): void {
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    if (!controllers.size) {
      addEventListener('pageshow', pageShown);
      addEventListener('focus', refreshElements);
      document.addEventListener('visibilitychange', visibilityChanged);
      document.addEventListener('prerenderingchange', visibilityChanged);
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
    removeEventListener('focus', refreshElements);
    document.removeEventListener('visibilitychange', visibilityChanged);
    document.removeEventListener('prerenderingchange', visibilityChanged);
    observer?.disconnect();
    observed = new WeakSet();
  }
}
