/** Times are in microseconds; `tdur` is what the thread itself worked, without what other programs took. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string; readonly data?: { readonly url?: string } };
}

export const end = ({ ts, dur = 0 }: TraceEvent) => ts + dur;

/** Those that are not inside of another of them. */
export function outermost(events: readonly TraceEvent[], is: (event: TraceEvent) => boolean): TraceEvent[] {
  const found: TraceEvent[] = [];
  for (const event of events.filter(is).sort((a, b) => a.ts - b.ts || end(b) - end(a))) {
    const last = found.at(-1);
    if (!last || event.ts >= end(last)) found.push(event);
  }
  return found;
}

/** @throws when it is not in the trace */
export function mark(events: readonly TraceEvent[], name: string): TraceEvent {
  const found = events.find((event) => event.name === name);
  if (!found) throw new Error(`The trace does not show ${name}.`);
  return found;
}

/** What the thread of the first event did until the second; what only overlaps is there as a whole. */
export function duringThread(events: readonly TraceEvent[], from: TraceEvent, to: TraceEvent): TraceEvent[] {
  return events.filter(
    ({ ph, pid, tid, ts, dur = 0 }) =>
      ph === 'X' && pid === from.pid && tid === from.tid && ts + dur > from.ts && ts < to.ts,
  );
}

/** The promises that are settled after a task, which the browser counts as part of it. */
const AFTER_TASK = 'BlinkScheduler_PerformMicrotaskCheckpoint';

const isTask = ({ name }: TraceEvent) => name.endsWith('RunTask') || name === AFTER_TASK;

const SCRIPT = new Set([
  AFTER_TASK,
  'EvaluateScript',
  'FunctionCall',
  'TimerFire',
  'FireAnimationFrame',
  'RunMicrotasks',
  'RunPostTaskCallback',
  'v8.compile',
  'v8.evaluateModule',
]);

/** Whatever runs script of the page. */
export const isScript = ({ name }: TraceEvent) => SCRIPT.has(name);

/** Milliseconds of each task. */
export function taskTimes(events: readonly TraceEvent[]): number[] {
  const times: number[] = [];
  for (const event of outermost(events, isTask)) {
    if (event.name === AFTER_TASK && times.length) times.push(times.pop()! + threadTime([event]));
    else times.push(threadTime([event]));
  }
  return times;
}

/** Milliseconds. */
export const threadTime = (events: readonly TraceEvent[]) =>
  events.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0);
