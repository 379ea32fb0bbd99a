import type { Redaction } from '../authorization/redaction.js';
import { ChektConnectError } from '../partner-api/errors.js';
import type { AttemptRecord } from '../partner-api/operation.js';
import type { BeforeDetail } from '../session/attempts.js';
import type { ConnectState, State } from '../session/state.js';
import type { Notification } from '../session/transition.js';
import { ChektReadyEvent, ChektStateChangeEvent, toEvent, type ChektBeforeConnectEvent } from './events.js';

/** How many HTTP requests `diagnostics()` remembers. */
const MOST_ATTEMPTS = 20;

type OnState = (state: ConnectState, previous: ConnectState) => void;

/** Dispatches what happens in the sessions as DOM events on the element, and remembers what `diagnostics()` reports. */
export class EventDispatcher {
  readonly #element: EventTarget;
  readonly #redaction: Redaction;
  readonly #onState: OnState;
  #state: ConnectState = 'unconfigured';
  #isReady = false;
  #resolveReady!: () => void;
  readonly ready = new Promise<void>((resolve) => (this.#resolveReady = resolve));
  lastError: ChektConnectError | null = null;
  /** The error about a token in an attribute, which is `element.error` until the next transition. */
  refused: ChektConnectError | null = null;
  readonly attempts: AttemptRecord[] = [];

  /** @param onState called before the event of a new state */
  constructor(element: EventTarget, redaction: Redaction, onState: OnState) {
    this.#element = element;
    this.#redaction = redaction;
    this.#onState = onState;
  }

  /** Another embed begins: nothing of the old one belongs into its diagnostics. */
  forget(): void {
    this.attempts.length = 0;
    this.lastError = null;
  }

  attempted(record: AttemptRecord): void {
    const requestId = this.#redaction.identifier(record.requestId);
    this.attempts.push({ ...record, requestId });
    if (this.attempts.length > MOST_ATTEMPTS) this.attempts.shift();
  }

  changed(state: ConnectState): void {
    const previousState = this.#state;
    if (state === previousState) return;
    this.#state = state;
    this.refused = null;
    this.#onState(state, previousState);
    this.#element.dispatchEvent(new ChektStateChangeEvent({ state, previousState }));
  }

  /** @param isCurrent whether it happened in the current embed; an old one still reports how its operation ended */
  notify(notification: Notification, isCurrent: boolean): void {
    if (notification.type === 'error') {
      const { error } = notification;
      if (isCurrent) this.lastError = error;
      // only the developer can mend the configuration
      if (error.code === 'configuration') console.error(`<chekt-connect> ${error.message}`);
    }
    if (isCurrent || notification.type !== 'authorization-required') {
      this.#element.dispatchEvent(toEvent(this.#redacted(notification)));
    }
  }

  /** `chekt-ready`, as soon as it is known what to show. */
  readyIn(state: State): void {
    const isKnown = state.name === 'unconfigured' ? state.failure : state.name !== 'authorizing';
    if (this.#isReady || !isKnown) return;
    this.#isReady = true;
    this.#element.dispatchEvent(new ChektReadyEvent({ state: state.name }));
    this.#resolveReady();
  }

  before(detail: BeforeDetail): { readonly isPrevented: boolean; readonly held?: Promise<unknown> } {
    const event = toEvent(this.#redaction.data(detail)) as ChektBeforeConnectEvent;
    this.#element.dispatchEvent(event);
    const { defaultPrevented: isPrevented, held } = event;
    if (isPrevented) held?.catch(() => {}); // nobody waits for it
    return { isPrevented, held };
  }

  /** Any script of the page can read an attribute, and every copy of the markup contains it. */
  refuseAttribute(name: string): void {
    const error = new ChektConnectError(
      'configuration',
      `The attribute ${name} was removed. Use getAccessToken or token-url.`,
    );
    this.refused = error;
    this.notify({ type: 'error', error }, true);
  }

  /** What CHeKT said is redacted already, but a binding of the host or its service may contain a token by mistake. */
  #redacted(notification: Notification): Notification {
    if (notification.type !== 'disconnected') return notification;
    return { ...notification, binding: this.#redaction.data(notification.binding) };
  }
}
