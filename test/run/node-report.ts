import { relative, resolve } from 'node:path';
import { inspect } from 'node:util';
import type { TestEvent } from 'node:test/reporters';
import { leaveReport, nothing, sum, type Totals } from './totals.js';

/** Node's summary at the end of a run, which is skipped because the totals are counted by file. */
const summary = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /;

/** Seconds from which on a file's time is printed. */
const SLOW = 5;

/**
 * Prints one line per file and every failure in full, and writes the report to `TEST_REPORT`.
 * @param together files that share a process, which therefore do not report that they ran no test
 */
export async function* nodeReport(
  events: AsyncIterable<TestEvent>,
  together: readonly string[] = [],
): AsyncGenerator<string> {
  const files = new Map<string, Totals>();
  const failures: string[] = [];
  const seconds = new Map<string, number>();
  const path: string[] = [];
  let current = '';
  let declaredIn = '';
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type === 'test:diagnostic' && !summary.test(data.message)) yield `${data.message}\n`;
    if (type === 'test:start') {
      path.splice(data.nesting, path.length, data.name);
      // a test inside may come from a helper: it counts for the file with the suite
      if (data.nesting === 0) declaredIn = data.file ?? '';
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const file = (data.nesting > 0 && declaredIn) || data.file || current;
    if (current !== '' && file !== current)
      yield line(current, files.get(current) ?? nothing, seconds.get(current));
    current = file;
    const totals = files.get(file) ?? { ...nothing };
    files.set(file, totals);
    const { error, duration_ms: took } = data.details as {
      duration_ms: number;
      error?: { failureType?: string; cause?: unknown };
    };
    if (data.nesting === 0) seconds.set(file, (seconds.get(file) ?? 0) + took / 1000);
    const isFile = resolve(data.name) === file;
    if (data.skip !== undefined || data.todo !== undefined) totals.skipped += 1;
    else if (type === 'test:fail') {
      // A suite that fails because of a test inside is not counted again.
      if (error?.failureType === 'subtestsFailed') continue;
      totals.failed += 1;
      const title = [...path.slice(0, data.nesting), data.name].join(' › ');
      failures.push(isFile ? relative('.', file) : `${relative('.', file)}: ${title}`);
      yield failure(isFile ? relative('.', file) : title, error?.cause ?? error);
    } else if (isFile) {
      totals.failed += 1;
      failures.push(`${relative('.', file)}: no test ran.`);
      yield failure(relative('.', file), 'No test ran.');
    } else if (data.details.type !== 'suite') totals.passed += 1;
  }
  if (current !== '') yield line(current, files.get(current) ?? nothing, seconds.get(current));
  for (const file of together) {
    if (files.has(resolve(file))) continue;
    files.set(resolve(file), { ...nothing, failed: 1 });
    failures.push(`${file}: no test ran.`);
    yield failure(file, 'No test ran.');
  }
  const totals = sum([...files.values()]);
  leaveReport({ totals, failures });
  if (totals.failed > 0) process.exitCode = 1;
}

function line(file: string, { passed, failed, skipped }: Totals, seconds = 0): string {
  const took = seconds < SLOW ? '' : `${seconds.toFixed(0)} s`;
  const counts = [`${passed}`, failed ? `${failed} failed` : '', skipped ? `${skipped} skipped` : '', took];
  return `${failed ? '✗' : '✓'} ${relative('.', file)}  (${counts.filter(Boolean).join(', ')})\n`;
}

function failure(name: string, cause: unknown): string {
  const text = typeof cause === 'string' ? cause : inspect(cause, { depth: 4 });
  return `✗ ${name}\n${text.replace(/^/gm, '    ')}\n\n`;
}
