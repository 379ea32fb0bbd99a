/** Times are in microseconds; `tdur` is CPU time of the thread, `dur` elapsed time. */
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

/** The matching events that are not nested inside another matching event. */
export function outermost(events: readonly TraceEvent[], is: (event: TraceEvent) => boolean): TraceEvent[] {
  const found: TraceEvent[] = [];
  for (const event of events.filter(is).sort((a, b) => a.ts - b.ts || end(b) - end(a))) {
    const last = found.at(-1);
    if (!last || event.ts >= end(last)) found.push(event);
  }
  return found;
}

/** @throws if it is not in the trace */
export function mark(events: readonly TraceEvent[], name: string): TraceEvent {
  const found = events.find((event) => event.name === name);
  if (!found) throw new Error(`The trace does not show ${name}.`);
  return found;
}

/** The events of the first event's thread between the two events; those that overlap an end are included whole. */
export function duringThread(events: readonly TraceEvent[], from: TraceEvent, to: TraceEvent): TraceEvent[] {
  return events.filter(
    ({ ph, pid, tid, ts, dur = 0 }) =>
      ph === 'X' && pid === from.pid && tid === from.tid && ts + dur > from.ts && ts < to.ts,
  );
}

/** The microtasks after a task, which the browser counts as part of it. */
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

/** Whether the page's scripts run in this event. */
export const isScript = ({ name }: TraceEvent) => SCRIPT.has(name);

/** The CPU time of each task, in milliseconds. */
export function taskTimes(events: readonly TraceEvent[]): number[] {
  const times: number[] = [];
  for (const event of outermost(events, isTask)) {
    if (event.name === AFTER_TASK && times.length) times.push(times.pop()! + threadTime([event]));
    else times.push(threadTime([event]));
  }
  return times;
}

/** The CPU time of the events, in milliseconds. */
export const threadTime = (events: readonly TraceEvent[]) =>
  events.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0);
