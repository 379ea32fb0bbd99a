import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { remaining, type Moment } from '../../partner-api/moment.js';

const MINUTE = 60_000;
const SECOND = 1_000;
/** Milliseconds. Renders slightly late rather than early, when the text would not have changed yet. */
const LATE = 20;

/** Re-renders the host for a countdown: every minute, every second during the last minute, never while the page is hidden. */
export class CountdownController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Node;
  readonly #moment: () => Moment | undefined;
  #timer?: ReturnType<typeof setTimeout>;

  /** @param moment returns the moment to count down to, or undefined if there is none */
  constructor(host: ReactiveControllerHost & Node, moment: () => Moment | undefined) {
    this.#host = host;
    this.#moment = moment;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  hostUpdated(): void {
    clearTimeout(this.#timer);
    const left = remaining(this.#moment());
    if (!(left > 0 && left < Infinity) || document.hidden || !this.#host.isConnected) return;
    const step = left > MINUTE ? MINUTE : SECOND;
    this.#timer = setTimeout(() => this.#host.requestUpdate(), (left % step || step) + LATE);
  }
}
