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

export interface Report {
  readonly totals: Totals;
  /** The files and titles of the tests that failed. */
  readonly failures: readonly string[];
}

/** Writes the report of a run to the file that `TEST_REPORT` names. */
export function leaveReport(report: Report): void {
  const file = process.env['TEST_REPORT'];
  if (file) writeFileSync(file, JSON.stringify(report));
}

/** Reads the report of a run. A run that crashed or ran nothing counts as a failure. */
export function judge(file: string, ended: { readonly ok: boolean; readonly status?: string }): Report {
  const left = read(file);
  const failed = (remark: string): Report => ({
    totals: { ...(left?.totals ?? nothing), failed: 1 },
    failures: [remark],
  });
  if (!left)
    return failed(`It ended before it could report its tests (status ${ended.status ?? 'unknown'}).`);
  if (left.totals.passed + left.totals.failed === 0) return failed('No test ran.');
  if (!ended.ok && left.totals.failed === 0) return failed('It failed outside of its tests.');
  return left;
}

function read(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return undefined;
  }
}
