import type { Figure, Measurement, Side } from './figure.js';
import { median, middleHalf } from './statistics.js';

/** The values of one measurement, round by round. */
export type Rounds = Readonly<Record<Side, readonly Readonly<Record<string, number>>[]>>;

export interface Row extends Figure {
  readonly floorIs: string | undefined;
  readonly widget: number;
  readonly floor: number | undefined;
  /** The median of the rounds' ratios: both sides of a round share the load of the machine. */
  readonly ratio: number | undefined;
  /** The middle half of the values that the limits apply to. */
  readonly spread: readonly [number, number];
  readonly verdict: 'aim' | 'must' | 'missed' | undefined;
  readonly rounds: Readonly<Record<Side, readonly number[]>>;
}

export function rowsOf({ figures, floor: floorIs }: Measurement, measured: Rounds): Row[] {
  return Object.entries(figures).map(([key, figure]) => {
    const of = (side: Side) => measured[side].map((values) => values[key] ?? NaN);
    const rounds = { widget: of('widget'), floor: of('floor') };
    const ratios = rounds.floor.map((floor, round) => (rounds.widget[round] ?? NaN) / floor);
    const judged = figure.of === 'ratio' ? ratios : rounds.widget;
    const value = median(judged);
    const verdict = verdictOf(figure, value);
    return {
      ...figure,
      floorIs,
      widget: median(rounds.widget),
      floor: floorIs ? median(rounds.floor) : undefined,
      ratio: figure.of === 'ratio' ? median(ratios) : undefined,
      spread: middleHalf(judged),
      verdict,
      rounds,
    };
  });
}

function verdictOf({ must, aim }: Figure, value: number): Row['verdict'] {
  if (must === undefined) return undefined;
  if (value > must) return 'missed';
  return aim !== undefined && value <= aim ? 'aim' : 'must';
}

const digits = (value: number) => {
  const size = Math.abs(value);
  return size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size < 0.1 ? 4 : 2;
};
const show = (value: number | undefined, unit: string) =>
  value === undefined ? '' : `${value.toFixed(digits(value))}${unit && ` ${unit}`}`;

/** A Markdown table, padded to be read in a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ title, unit, of, must, aim, widget, floor, ratio, spread, verdict }) => {
    const limit = (value: number | undefined) =>
      value === undefined ? '' : `≤ ${value}${of === 'ratio' ? '×' : unit && ` ${unit}`}`;
    return [
      title,
      limit(must),
      limit(aim),
      show(widget, unit),
      show(floor, unit),
      ratio === undefined ? '' : `${ratio.toFixed(2)}×`,
      of === 'ratio'
        ? spread.map((end) => end.toFixed(2)).join('–')
        : spread.map((end) => show(end, '')).join('–'),
      verdict ?? '',
    ];
  });
  const head = ['figure', 'must', 'aim', 'widget', 'floor', 'ratio', 'spread', 'reaches'];
  const widths = head.map((name, column) =>
    Math.max(name.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [row(head), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)].join('\n');
}
