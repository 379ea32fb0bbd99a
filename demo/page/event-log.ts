import type { ChektConnectElement, ChektConnectEventMap } from '../../src/index.js';
import type { Timeline } from './timeline.js';

const names: readonly (keyof ChektConnectEventMap)[] = [
  'chekt-ready',
  'chekt-state-change',
  'chekt-authorization-required',
  'chekt-authorize',
  'chekt-before-connect',
  'chekt-connected',
  'chekt-before-disconnect',
  'chekt-disconnected',
  'chekt-error',
];

/** Shows the element's events and requests in the order in which the page sees them. */
export function logEvents(element: ChektConnectElement, timeline: Timeline): void {
  for (const name of names) {
    element.addEventListener(name, (event) => {
      const time = new Date().toISOString();
      // after all listeners, to know whether one has canceled it; a task would be too late to keep the order
      queueMicrotask(() => {
        const cancelled = event.defaultPrevented;
        timeline.add({
          source: 'page',
          time,
          title: name,
          text: [wordsOf(event), cancelled ? 'cancelled' : ''].filter(Boolean).join(' · '),
          detail: { ...plain(event.detail), ...(event.cancelable ? { cancelled } : {}) },
          tone: name === 'chekt-error' ? 'bad' : /connected$/.test(name) ? 'good' : undefined,
        });
      });
    });
  }
  element.fetch = tracing(timeline);
}

/** A `fetch` that logs the element's requests without secrets. */
function tracing(timeline: Timeline): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const headers = new Headers(init?.headers);
    const detail = {
      method: init?.method ?? 'GET',
      url: url.origin + url.pathname + url.search,
      idempotencyKey: headers.get('Idempotency-Key'),
      traceId: headers.get('x-partner-trace-id'),
    };
    const key = detail.idempotencyKey ? ` · key ${detail.idempotencyKey.slice(0, 8)}` : '';
    const note = (result: string, tone?: 'bad') =>
      timeline.add({
        source: 'page',
        time: new Date().toISOString(),
        title: `${detail.method} ${url.pathname.replace(/^\/runs\/[^/]+/, '')}`,
        text: `→ ${result}${key}`,
        detail: { ...detail, result },
        tone,
      });
    try {
      const answer = await fetch(input, init);
      note(String(answer.status || 'redirect'), answer.status >= 400 ? 'bad' : undefined);
      return answer;
    } catch (error) {
      note(error instanceof DOMException ? 'given up' : 'no answer', 'bad');
      throw error;
    }
  };
}

function wordsOf({ type, detail }: CustomEvent): string {
  switch (type) {
    case 'chekt-state-change':
      return `${detail.previousState} → ${detail.state}`;
    case 'chekt-error':
      return [detail.error.code, detail.error.apiCode, detail.error.outcome].filter(Boolean).join(' · ');
    case 'chekt-connected':
    case 'chekt-disconnected':
      return detail.binding.companyName;
    default:
      return String(detail.state ?? detail.reason ?? detail.companyName ?? '');
  }
}

/** JSON.stringify omits an error's message, so it is added. */
function plain(detail: object): Record<string, unknown> {
  return 'error' in detail && detail.error instanceof Error
    ? { error: { ...detail.error, message: detail.error.message } }
    : { ...detail };
}
