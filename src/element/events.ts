import type { Binding } from '../partner-api/dealer.js';
import type { ChektConnectError } from '../partner-api/errors.js';
import type { BeforeDetail } from '../session/attempts.js';
import type { AuthorizationRequiredReason, ConnectState } from '../session/state.js';
import type { Notification } from '../session/transition.js';

/** Why the dealer admin chose to sign in. `switch`: to use another account. */
export type AuthorizeReason = AuthorizationRequiredReason | 'switch';

class ChektEvent<D extends object> extends CustomEvent<Readonly<D>> {
  constructor(type: string, detail: D, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable, detail: Object.freeze(detail) });
  }
}

class ChektBeforeEvent<D extends object> extends ChektEvent<D> {
  readonly #promises: Promise<unknown>[] = [];

  constructor(type: string, detail: D) {
    super(type, detail, true);
  }

  /**
   * Holds the attempt until the promise settles, for 120 s at most; a rejection ends it with code `vetoed`.
   * @throws {DOMException} `InvalidStateError` when called after the dispatch.
   */
  waitUntil(promise: Promise<unknown>): void {
    if (!this.eventPhase) throw new DOMException('The event is not being dispatched.', 'InvalidStateError');
    this.#promises.push(promise);
  }

  /** @internal Undefined if no listener called `waitUntil`. */
  get held(): Promise<unknown> | undefined {
    return this.#promises.length ? Promise.all(this.#promises) : undefined;
  }
}

/** Once per element, when the element first knows what to show. */
export class ChektReadyEvent extends ChektEvent<{ state: ConnectState }> {
  constructor(detail: { state: ConnectState }) {
    super('chekt-ready', detail);
  }
}

/** Every transition. */
export class ChektStateChangeEvent extends ChektEvent<{ state: ConnectState; previousState: ConnectState }> {
  constructor(detail: { state: ConnectState; previousState: ConnectState }) {
    super('chekt-state-change', detail);
  }
}

/** On entering `unauthorized`. */
export class ChektAuthorizationRequiredEvent extends ChektEvent<{ reason: AuthorizationRequiredReason }> {
  constructor(detail: { reason: AuthorizationRequiredReason }) {
    super('chekt-authorization-required', detail);
  }
}

/** What the person chose, and the address that the default action follows: undefined without `authorize-url`. */
export interface AuthorizeDetail {
  readonly companyName: string;
  readonly reason: AuthorizeReason;
  readonly url?: string;
}

/** The person chose to sign in. Cancelable; the default action follows `authorize-url`. */
export class ChektAuthorizeEvent extends ChektEvent<AuthorizeDetail> {
  constructor(detail: AuthorizeDetail) {
    super('chekt-authorize', detail, true);
  }
}

/** Before the connect PUT. Cancelable, and `waitUntil` holds it. */
export class ChektBeforeConnectEvent extends ChektBeforeEvent<{
  externalDealerId: string;
  companyName: string;
}> {
  constructor(detail: { externalDealerId: string; companyName: string }) {
    super('chekt-before-connect', detail);
  }
}

/** CHeKT recorded the binding. */
export class ChektConnectedEvent extends ChektEvent<{ binding: Binding; traceId: string }> {
  constructor(detail: { binding: Binding; traceId: string }) {
    super('chekt-connected', detail);
  }
}

/** Before the disconnect PUT. Cancelable, and `waitUntil` holds it. */
export class ChektBeforeDisconnectEvent extends ChektBeforeEvent<{ binding: Binding }> {
  constructor(detail: { binding: Binding }) {
    super('chekt-before-disconnect', detail);
  }
}

/** The binding is gone. */
export class ChektDisconnectedEvent extends ChektEvent<{ binding: Binding; traceId: string }> {
  constructor(detail: { binding: Binding; traceId: string }) {
    super('chekt-disconnected', detail);
  }
}

/** An attempt, the authorization or the configuration failed. */
export class ChektErrorEvent extends ChektEvent<{ error: ChektConnectError }> {
  constructor(detail: { error: ChektConnectError }) {
    super('chekt-error', detail);
  }
}

const classes = {
  connected: ChektConnectedEvent,
  disconnected: ChektDisconnectedEvent,
  'authorization-required': ChektAuthorizationRequiredEvent,
  error: ChektErrorEvent,
  'before-connect': ChektBeforeConnectEvent,
  'before-disconnect': ChektBeforeDisconnectEvent,
} as const satisfies Record<(Notification | BeforeDetail)['type'], unknown>;

/** The DOM event for what happens, or is about to happen, in a session. */
export function toEvent({ type, ...detail }: Notification | BeforeDetail): Event {
  const Class: new (detail: never) => Event = classes[type];
  return new Class(detail as never);
}

/** The element's own events by name, for `addEventListener`. */
export interface ChektConnectEventMap {
  'chekt-ready': ChektReadyEvent;
  'chekt-state-change': ChektStateChangeEvent;
  'chekt-authorization-required': ChektAuthorizationRequiredEvent;
  'chekt-authorize': ChektAuthorizeEvent;
  'chekt-before-connect': ChektBeforeConnectEvent;
  'chekt-connected': ChektConnectedEvent;
  'chekt-before-disconnect': ChektBeforeDisconnectEvent;
  'chekt-disconnected': ChektDisconnectedEvent;
  'chekt-error': ChektErrorEvent;
}

type EventMap = HTMLElementEventMap & ChektConnectEventMap;
type Listener<E, K extends keyof EventMap> = (this: E, event: EventMap[K]) => void;

/** `addEventListener` of the element, which knows the element's own events. */
export interface AddListener<E> {
  <K extends keyof EventMap>(
    type: K,
    listener: Listener<E, K>,
    options?: boolean | AddEventListenerOptions,
  ): void;
  (
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

export interface RemoveListener<E> {
  <K extends keyof EventMap>(
    type: K,
    listener: Listener<E, K>,
    options?: boolean | EventListenerOptions,
  ): void;
  (
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}
