/** What waits, and until when by `performance.now()`. */
const waiting = new Map<() => void, number>();
let timer: ReturnType<typeof setTimeout> | undefined;
/** When the timer goes off. */
let next = Infinity;

function aim(at: number): void {
  const now = performance.now();
  // one that should have gone off is lost: some pages clear every timer there is
  if (at >= next && next > now) return;
  next = Math.min(at, next);
  clearTimeout(timer);
  if (next < Infinity) timer = setTimeout(fire, Math.ceil(next - now));
}

function fire(): void {
  next = Infinity;
  const now = performance.now();
  const due = [...waiting].filter(([, at]) => at <= now);
  try {
    for (const [callback] of due) if (waiting.delete(callback)) callback();
  } finally {
    aim(Math.min(...waiting.values()));
  }
}

/** `setTimeout` by one timer of the browser for all elements of a page. A callback waits once: to set it again moves it. @param ms milliseconds */
export function setTimer(callback: () => void, ms: number): void {
  const at = performance.now() + ms;
  waiting.set(callback, at);
  aim(at);
}

/** Nothing is left of the timer of the browser when nobody waits. */
export function clearTimer(callback: () => void): void {
  if (!waiting.delete(callback) || waiting.size) return;
  next = Infinity;
  clearTimeout(timer);
}
