/** What the element could leave behind: listeners on longer-lived targets, observers and timers. */
export interface Leaks {
  readonly listeners: ReadonlySet<string>;
  readonly observers: ReadonlySet<object>;
  readonly timers: ReadonlySet<unknown>;
  stop(): void;
}

/** Whether the element's own code is the caller, because the test runner has listeners as well. */
const isOurs = () => new Error().stack?.includes('/src/') ?? false;

export function watchLeaks(): Leaks {
  const listeners = new Set<string>();
  const observers = new Set<object>();
  const timers = new Set<unknown>();
  const ids = new WeakMap<object, number>();
  let count = 0;
  const id = (value: object | null) => {
    if (!value) return 0;
    if (!ids.has(value)) ids.set(value, ++count);
    return ids.get(value);
  };
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const { observe, disconnect } = MutationObserver.prototype;
  const { setTimeout: set, clearTimeout: clear, setInterval: repeat } = window;

  EventTarget.prototype.addEventListener = function (type, listener, options) {
    // listeners on the element's own tree and signals are released with it
    const isOwn = this instanceof AbortSignal || (this instanceof Node && this !== document);
    if (isOurs() && !isOwn) {
      const name = `${type} on ${this?.constructor.name ?? 'window'} #${id(this ?? window)} ${id(listener)}`;
      listeners.add(name);
      const { signal } = Object(options) as AddEventListenerOptions;
      if (signal) addEventListener.call(signal, 'abort', () => listeners.delete(name));
    }
    return addEventListener.call(this, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    listeners.delete(
      `${type} on ${this?.constructor.name ?? 'window'} #${id(this ?? window)} ${id(listener)}`,
    );
    return removeEventListener.call(this, type, listener, options);
  };
  MutationObserver.prototype.observe = function (...args) {
    if (isOurs()) observers.add(this);
    return observe.apply(this, args);
  };
  MutationObserver.prototype.disconnect = function () {
    observers.delete(this);
    return disconnect.call(this);
  };
  Object.assign(window, {
    setTimeout(handler: (...values: unknown[]) => void, ms?: number, ...values: unknown[]) {
      const timer = set(() => {
        timers.delete(timer);
        handler(...values);
      }, ms);
      if (isOurs()) timers.add(timer);
      return timer;
    },
    setInterval(handler: () => void, ms?: number) {
      const timer = repeat(handler, ms);
      if (isOurs()) timers.add(timer);
      return timer;
    },
    clearTimeout(timer: number) {
      timers.delete(timer);
      clear(timer);
    },
  });
  return {
    listeners,
    observers,
    timers,
    stop() {
      Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });
      Object.assign(MutationObserver.prototype, { observe, disconnect });
      Object.assign(window, { setTimeout: set, clearTimeout: clear, setInterval: repeat });
    },
  };
}
