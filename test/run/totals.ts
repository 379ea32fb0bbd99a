import { readFileSync, writeFileSync } from 'node:fs';

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

export const nothing: Readonly<Totals> = { passed: 0, failed: 0, skipped: 0 };

export function sum(list: readonly Totals[]): Totals {
  const add = (key: keyof Totals) => list.reduce((total, totals) => total + totals[key], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

/** Writes the totals of a run to the file that `TEST_REPORT` names. */
export function leaveTotals(totals: Totals): void {
  const file = process.env['TEST_REPORT'];
  if (file) writeFileSync(file, JSON.stringify(totals));
}

/** Reads the totals of a run. A run that crashed or ran nothing counts as a failure. */
export function judge(
  file: string,
  ended: { readonly ok: boolean; readonly status?: string },
): { totals: Totals; remark?: string } {
  const left = read(file);
  if (!left)
    return {
      totals: { ...nothing, failed: 1 },
      remark: `It ended before it could report its tests (status ${ended.status ?? 'unknown'}).`,
    };
  if (left.passed + left.failed === 0) return { totals: { ...left, failed: 1 }, remark: 'No test ran.' };
  if (!ended.ok && left.failed === 0) {
    return { totals: { ...left, failed: 1 }, remark: 'It failed outside of its tests.' };
  }
  return { totals: left };
}

function read(file: string): Totals | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Totals;
  } catch {
    return undefined;
  }
}
