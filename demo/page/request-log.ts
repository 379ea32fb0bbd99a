import type { LogEntry, Run } from './sandbox.js';
import type { Entry, Timeline } from './timeline.js';

/** Shows every request as the sandbox sees it. */
export function logRequests(run: Run, timeline: Timeline, onChange: () => void): void {
  run.events().addEventListener('request', ({ data }: MessageEvent<string>) => {
    const entry = JSON.parse(data) as LogEntry;
    timeline.add({
      source: 'chekt',
      time: entry.time,
      title: `${entry.method} ${entry.path.replace(/^\/runs\/[^/]+/, '')}`,
      text: wordsOf(entry),
      detail: entry,
      tone: toneOf(entry),
    });
    if (entry.operation === 'connect' || entry.operation === 'disconnect') onChange();
  });
}

/** Requests for sites come from this page's own panel, so they are quiet. */
function toneOf({ operation, status }: LogEntry): Entry['tone'] {
  if (operation === 'sites') return 'quiet';
  return (status ?? 500) >= 400 ? 'bad' : undefined;
}

function wordsOf({ status, attempt, idempotencyKey, traceId, replayed, fault, caller }: LogEntry): string {
  return [
    `→ ${status ?? 'no answer'}`,
    idempotencyKey && `key ${idempotencyKey.slice(0, 8)}`,
    attempt && `attempt ${attempt}`,
    replayed && 'stored answer',
    fault && `fault: ${fault}`,
    traceId && `trace ${traceId.slice(0, 8)}`,
    caller && `by ${caller}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
