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
