import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { clearTimer, setTimer } from '../timer.js';

const MINUTE = 60_000;
const SECOND = 1_000;

/** Renders the host again when a remaining time reads differently: each minute, each second in the last one, never while hidden. */
export class Clock implements ReactiveController {
  readonly #host: ReactiveControllerHost & Node;
  readonly #target: () => number | undefined;
  readonly #tick = () => this.#host.requestUpdate();

  /** @param target milliseconds since the epoch, or undefined when there is nothing to count */
  constructor(host: ReactiveControllerHost & Node, target: () => number | undefined) {
    this.#host = host;
    this.#target = target;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimer(this.#tick);
  }

  hostUpdated(): void {
    clearTimer(this.#tick);
    const left = (this.#target() ?? 0) - Date.now();
    if (left <= 0 || document.hidden || !this.#host.isConnected) return;
    const step = left > MINUTE ? MINUTE : SECOND;
    // a moment late rather than early, so that the text has changed
    setTimer(this.#tick, (left % step || step) + 20);
  }
}
