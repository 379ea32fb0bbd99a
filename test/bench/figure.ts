import type { Bench } from './bench.js';

export type Side = 'widget' | 'floor';

/** A row of the table. `must` and `aim` limit the widget's value or its ratio to the floor; a row without them only informs. */
export interface Figure {
  readonly title: string;
  readonly unit: 'B' | 'kB' | 'ms' | '';
  readonly of: 'value' | 'ratio';
  readonly must?: number;
  readonly aim?: number;
}

/** One measurement, which may yield several figures. */
export interface Measurement {
  readonly figures: Readonly<Record<string, Figure>>;
  /** What the widget is compared with, if anything. */
  readonly floor?: string;
  /** Does not depend on the load of the machine, so one round is enough. */
  readonly steady?: boolean;
  /** Returns a value for each figure. */
  measure(bench: Bench, side: Side): Promise<Readonly<Record<string, number>>>;
}
