import type { Bench } from './bench.js';

export type Side = 'widget' | 'floor';

/** A row of the table. The limits are of the widget's own value, or of its ratio to the floor; without them it is there to be known. */
export interface Figure {
  readonly title: string;
  readonly unit: 'B' | 'kB' | 'ms' | '';
  readonly of: 'value' | 'ratio';
  readonly must?: number;
  readonly aim?: number;
}

/** One way of measuring, which may give several figures at once. */
export interface Measurement {
  readonly figures: Readonly<Record<string, Figure>>;
  /** Absent where there is nothing to compare with. */
  readonly floor?: string;
  /** Does not depend on how busy the machine is: measured once. */
  readonly steady?: boolean;
  /** A value for each figure. */
  measure(bench: Bench, side: Side): Promise<Readonly<Record<string, number>>>;
}
