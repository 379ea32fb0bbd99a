/**
 * A page's time under the control of a test: timers run only when the test advances it, and the test hides
 * the tab.
 */
export interface FakeTime {
  /** Runs the due timers in order, lets the page react to each, and returns how many they were. */
  advance(ms: number, react: () => Promise<unknown>): Promise<number>;
  /** Hides or shows the tab. */
  setHidden(hidden: boolean): void;
  readonly pending: number;
  restore(): void;
}

export function fakeTime(): FakeTime {
  const { setTimeout: set, clearTimeout: clear } = window;
  const realNow = Date.now;
  const realPerformanceNow = performance.now.bind(performance);
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  let now = realNow();
  const passed = now - realPerformanceNow();
  let last = 0;
  let isHidden = false;
  Date.now = () => now;
  performance.now = () => now - passed;
  Object.assign(window, {
    setTimeout(handler: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) {
      last += 1;
      timers.set(last, { at: now + ms, run: () => handler(...values) });
      return last;
    },
    clearTimeout: (timer: number) => timers.delete(timer),
  });
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
  return {
    async advance(ms, react) {
      const end = now + ms;
      let ran = 0;
      for (; ; ran += 1) {
        const [next] = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
        if (!next) break;
        const [timer, { at, run }] = next;
        timers.delete(timer);
        now = Math.max(now, at);
        run();
        await react();
      }
      now = end;
      return ran;
    },
    setHidden(hidden) {
      isHidden = hidden;
      document.dispatchEvent(new Event('visibilitychange'));
    },
    get pending() {
      return timers.size;
    },
    restore() {
      Date.now = realNow;
      performance.now = realPerformanceNow;
      Object.assign(window, { setTimeout: set, clearTimeout: clear });
      Reflect.deleteProperty(document, 'hidden');
    },
  };
}
