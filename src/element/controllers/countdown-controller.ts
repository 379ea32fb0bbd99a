import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { remaining, type Moment } from '../../partner-api/moment.js';

const MINUTE = 60_000;
const SECOND = 1_000;
/** Milliseconds: a moment late rather than early, so that the text has changed. */
const LATE = 20;

/** Renders the host again when a remaining time reads differently: each minute, each second in the last one, never while hidden. */
export class CountdownController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Node;
  readonly #moment: () => Moment | undefined;
  #timer?: ReturnType<typeof setTimeout>;

  /** @param moment what is counted down to, or undefined when nothing is */
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
