/** Counts what may outlive an element, without keeping it alive: timers, and listeners on the window and the document. */
const timers = new Set<number>();
let listeners = 0;

const { setTimeout: set, clearTimeout: clear } = window;
Object.assign(window, {
  setTimeout(handler: (...values: unknown[]) => void, ms?: number, ...values: unknown[]) {
    const timer: number = set(() => {
      timers.delete(timer);
      handler(...values);
    }, ms);
    timers.add(timer);
    return timer;
  },
  clearTimeout(timer: number) {
    timers.delete(timer);
    clear(timer);
  },
});

for (const target of [window, document]) {
  const { addEventListener, removeEventListener } = target;
  Object.assign(target, {
    addEventListener(...request: Parameters<typeof addEventListener>) {
      listeners += 1;
      const { signal } = Object(request[2]) as AddEventListenerOptions;
      signal?.addEventListener('abort', () => (listeners -= 1));
      addEventListener.apply(target, request);
    },
    removeEventListener(...request: Parameters<typeof removeEventListener>) {
      listeners -= 1;
      removeEventListener.apply(target, request);
    },
  });
}

declare global {
  interface Window {
    leftovers: () => { timers: number; outside: number };
  }
}

window.leftovers = () => ({ timers: timers.size, outside: listeners });

export {};
