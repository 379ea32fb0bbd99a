/** What a hostile page can observe during a row. */
export interface Witness {
  /** Every console call, at any level. */
  readonly console: { readonly method: string; readonly values: unknown[] }[];
  /** Errors and rejections that nobody caught. */
  readonly uncaught: unknown[];
  /** Every request that a script of the page makes, wherever it goes. */
  readonly requests: { readonly url: string; readonly init: RequestInit }[];
  /** The element's timers that have neither fired nor been cleared. */
  readonly timers: ReadonlySet<unknown>;
  stop(): void;
}

/** Whether the element's own code, from the source or the built file, is on the stack. */
const isElement = (stack = '') => /\/\/[^/]+\/(src|dist)\//.test(stack);

const methods = Object.keys(console).filter(
  (name) => typeof console[name as keyof Console] === 'function',
) as (keyof Console & string)[];

export function watchPage(): Witness {
  const seen: Witness['console'] = [];
  const uncaught: unknown[] = [];
  const requests: Witness['requests'] = [];
  const timers = new Set<unknown>();
  const undo: (() => void)[] = [];
  const replace = (
    target: object,
    name: string,
    make: (original: (...args: never[]) => unknown) => unknown,
  ) => {
    const original = Reflect.get(target, name) as (...args: never[]) => unknown;
    Reflect.set(target, name, make(original));
    undo.push(() => Reflect.set(target, name, original));
  };

  for (const method of methods)
    replace(console, method, () => (...values: unknown[]) => {
      // the test runner prints uncaught errors
      if (!isHostError(values[0])) seen.push({ method, values });
    });
  replace(globalThis, 'fetch', (original) => (url: RequestInfo | URL, init: RequestInit = {}) => {
    requests.push({ url: url instanceof Request ? url.url : String(url), init });
    return original.call(globalThis, url as never, init as never);
  });
  replace(
    globalThis,
    'setTimeout',
    (original) =>
      (handler: (...values: unknown[]) => void, ms?: number, ...values: unknown[]) => {
        const fire = () => {
          timers.delete(timer);
          handler(...values);
        };
        const timer = original.call(globalThis, fire as never, ms as never);
        // the test runner sets timers of its own
        if (isElement(new Error().stack)) timers.add(timer);
        return timer;
      },
  );
  replace(globalThis, 'clearTimeout', (original) => (timer: unknown) => {
    timers.delete(timer);
    original.call(globalThis, timer as never);
  });
  // before the listeners of the test runner, which would fail the test
  const hear = (event: ErrorEvent | PromiseRejectionEvent) => {
    uncaught.push('reason' in event ? event.reason : event.error);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const { onerror, onunhandledrejection } = window;
  window.onerror = window.onunhandledrejection = null;
  addEventListener('error', hear, true);
  addEventListener('unhandledrejection', hear, true);
  undo.push(
    () => Object.assign(window, { onerror, onunhandledrejection }),
    () => removeEventListener('error', hear, true),
    () => removeEventListener('unhandledrejection', hear, true),
  );
  return { console: seen, uncaught, requests, timers, stop: () => undo.reverse().forEach((step) => step()) };
}

/** An error thrown by the host's own code, which may quote anything. */
export class HostError extends Error {
  override readonly name = 'HostError';
}

const isHostError = (value: unknown) => value instanceof HostError;

/** The path to the secret in a value, at any depth, or undefined. */
export function findSecret(
  value: unknown,
  secret: string,
  path = '',
  seen = new Set<unknown>(),
): string | undefined {
  if (typeof value === 'string') return value.includes(secret) ? path || 'the text itself' : undefined;
  if (value === null || typeof value !== 'object' || seen.has(value)) return undefined;
  seen.add(value);
  if (value === globalThis || (value instanceof Node && !(value instanceof HTMLElement && value.shadowRoot)))
    return undefined;
  const parts: [string, unknown][] = Reflect.ownKeys(value).map((key) => {
    const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
    return [String(key), descriptor && 'value' in descriptor ? descriptor.value : undefined];
  });
  if (value instanceof Error)
    parts.push(['message', value.message], ['stack', value.stack], ['cause', value.cause]);
  if (value instanceof CustomEvent) parts.push(['detail', value.detail]);
  if (value instanceof Map || value instanceof Set) parts.push(['entries', [...value]]);
  for (const [name, part] of parts) {
    if (name.includes(secret)) return `${path}.${name}`;
    const found = findSecret(part, secret, `${path}.${name}`, seen);
    if (found) return found;
  }
  return undefined;
}

/** The page's own texts and storage. */
export function pageTexts(): Record<string, string> {
  return {
    address: location.href,
    document: document.documentElement.outerHTML,
    cookies: document.cookie,
    'local storage': JSON.stringify({ ...localStorage }),
    'session storage': JSON.stringify({ ...sessionStorage }),
    'history state': JSON.stringify(history.state),
    'window name': window.name,
    resources: performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .join('\n'),
  };
}
