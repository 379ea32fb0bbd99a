import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../browsers/engines.js';
import { provideBrowsers } from '../browsers/install.js';
import { type Cluster, startCluster } from '../postgres/cluster.js';
import { providePostgres } from '../postgres/install.js';
import { run } from './child.js';
import { judge, nothing, type Report } from './totals.js';

export interface Result extends Report {
  readonly name: string;
  readonly seconds: number;
}

const reports = mkdtempSync(join(tmpdir(), 'chekt-connect-tests-'));
const bin = (name: string) => join('node_modules', '.bin', name);

export function heading(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(3, 76 - text.length))}\n`);
}

export async function browsersStep(
  engines: readonly Engine[],
): Promise<{ result: Result; missing: readonly Engine[] }> {
  const started = Date.now();
  const { ok, sentence, missing } = await provideBrowsers(engines);
  console.log(sentence);
  return { result: check('browsers', ok, (Date.now() - started) / 1000), missing };
}

/**
 * Finds or installs PostgreSQL, and starts a server for this run. Without one, its tests report that it is
 * missing.
 */
export async function postgresStep(): Promise<{ result: Result; cluster?: Cluster }> {
  const started = Date.now();
  const { ok, sentence } = await providePostgres();
  console.log(sentence);
  const result = (passed: boolean) => check('postgres', passed, (Date.now() - started) / 1000);
  if (!ok) return { result: result(false) };
  try {
    return { cluster: await startCluster(), result: result(true) };
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return { result: result(false) };
  }
}

const checks = {
  format: ['prettier', '--check', '.'],
  lint: ['eslint', '.', '--max-warnings', '0'],
  types: ['tsc', '--noEmit'],
  unused: ['knip'],
} as const;
export type Check = keyof typeof checks;

/** Checks are independent, so they run in parallel; their output is printed in order. */
export async function checkSteps(names: readonly Check[]): Promise<Result[]> {
  const started = names.map((name) => {
    const [program, ...args] = checks[name];
    return { name, ended: run(bin(program), args, { quiet: true }) };
  });
  const results: Result[] = [];
  for (const { name, ended } of started) {
    const { ok, output, seconds } = await ended;
    console.log(`${ok ? '✓' : '✗'} ${name}: ${checks[name].join(' ')}`);
    if (!ok) console.log(output.trimEnd());
    results.push(check(name, ok, seconds));
  }
  return results;
}

/** Runs a script of package.json that passes or fails. Returns undefined if there is no such script. */
export async function scriptStep(name: string, script: string): Promise<Result | undefined> {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  if (!(script in scripts)) return undefined;
  const { ok, output, seconds } = await run('npm', ['run', script], { quiet: true });
  console.log(`${ok ? '✓' : '✗'} npm run ${script}\n${output.trim().replace(/^/gm, '    ')}`);
  return check(name, ok, seconds);
}

export async function nodeStep(
  name: string,
  files: readonly string[],
  concurrency: number,
  env: NodeJS.ProcessEnv = {},
): Promise<Result> {
  const args = ['--import=tsx', 'test/run/node-main.ts', `--concurrency=${concurrency}`, ...files];
  return testStep(name, process.execPath, args, env);
}

export function browserStep(files: readonly string[], engines: readonly Engine[]): Promise<Result> {
  const args = ['--import=tsx', 'test/browsers/main.ts', ...files.flatMap((file) => ['--files', file])];
  return testStep('browser', process.execPath, args, { ENGINE: engines.join(',') });
}

/** The tests of the public contract and of faults, against the script-tag file. */
export function builtFileStep(patterns: readonly string[], engines: readonly Engine[]): Promise<Result> {
  const args = ['--import=tsx', 'test/browsers/main.ts', '--built-file', ...patterns];
  return testStep('built-file', process.execPath, args, { ENGINE: engines.join(',') });
}

async function testStep(
  name: string,
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<Result> {
  const report = join(reports, `${name}.json`);
  const ended = await run(program, args, { minutes: 25, env: { ...env, TEST_REPORT: report } });
  return { name, ...judge(report, ended), seconds: ended.seconds };
}

export function check(name: string, ok: boolean, seconds = 0): Result {
  return { name, totals: { ...nothing, [ok ? 'passed' : 'failed']: 1 }, failures: [], seconds };
}
