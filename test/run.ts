import { chosenEngines } from './browsers/engines.js';
import { findBrowsers } from './browsers/find.js';
import type { Cluster } from './postgres/cluster.js';
import { select, type Selection } from './run/selection.js';
import {
  browsersStep,
  browserStep,
  builtFileStep,
  type Check,
  check,
  checkSteps,
  heading,
  nodeStep,
  postgresStep,
  type Result,
  scriptStep,
} from './run/steps.js';
import { sum } from './run/totals.js';

/** How many test files run at a time: one more than the cores of a small machine, because a test also waits. */
const LANES = 3;

const { steps, files, patterns } = selected(process.argv.slice(2));
const results: Result[] = [];
let engines = chosenEngines();

if (steps.has('browsers')) {
  heading('Browsers');
  const { result, missing } = await browsersStep(engines);
  results.push(result);
  engines = engines.filter((engine) => !missing.includes(engine));
}

let cluster: Cluster | undefined;
if (steps.has('postgres')) {
  heading('PostgreSQL');
  const { result, cluster: started } = await postgresStep();
  results.push(result);
  cluster = started;
}

const checks = (['format', 'lint', 'types'] as const satisfies Check[]).filter((name) => steps.has(name));
if (checks.length > 0) {
  heading('Format, lint and types');
  results.push(...(await checkSteps(checks)));
}

if (steps.has('node') && files.node.length > 0) {
  heading('Tests in Node');
  const env = cluster ? { TEST_DATABASE_URL: cluster.url } : {};
  results.push(await nodeStep('node', files.node, LANES, env));
}

await cluster?.stop();

let built = true;
for (const [name, script, title] of [
  ['build', 'build', 'Build'],
  ['size', 'size', 'Size'],
  ['package', 'check:package', 'Package'],
] as const) {
  if (!steps.has(name)) continue;
  heading(title);
  const result: Result | undefined = built
    ? await scriptStep(name, script)
    : notRun(name, 'the build failed');
  if (result) results.push(result);
  if (name === 'build') built = result?.totals.failed === 0;
}

// the configuration of the examples reads what was built
if (steps.has('unused')) {
  heading('Unused code');
  results.push(...(built ? await checkSteps(['unused']) : [notRun('unused', 'the build failed')]));
}

if (steps.has('dist') && files.dist.length > 0) {
  heading('Tests of what is published');
  results.push(built ? await nodeStep('dist', files.dist, LANES) : notRun('dist', 'the build failed'));
}

if (steps.has('browser') && files.browser.length > 0) {
  heading(`Tests in ${engines.join(', ') || 'no browser'}`);
  results.push(
    engines.length > 0 ? await browserStep(files.browser, engines) : notRun('browser', 'there is no browser'),
  );
}

if (steps.has('built-file')) {
  heading(`The built file in ${engines.join(', ') || 'no browser'}`);
  if (!built) results.push(notRun('built-file', 'the build failed'));
  else if (engines.length === 0) results.push(notRun('built-file', 'there is no browser'));
  else results.push(await builtFileStep(patterns, engines));
}

if (steps.has('e2e') && files.e2e.length > 0) {
  heading('End to end, with the built file');
  if (!built) results.push(notRun('e2e', 'the build failed'));
  else if (!findBrowsers().chromium) results.push(notRun('e2e', 'there is no Chromium'));
  else results.push(await nodeStep('e2e', files.e2e, LANES));
}

heading('Result');
for (const { name, totals, failures, seconds } of results) {
  const { passed, failed, skipped } = totals;
  const counts = `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
  console.log(`${failed ? '✗' : '✓'} ${name.padEnd(10)} ${counts.padEnd(28)} ${seconds.toFixed(1)} s`);
  for (const failure of failures) console.log(`    ✗ ${failure}`);
}
const { passed, failed } = sum(results.map(({ totals }) => totals));
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function selected(args: readonly string[]): Selection {
  try {
    return select(args);
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    console.log('\n0 passed, 1 failed');
    process.exit(1);
  }
}

function notRun(name: string, why: string): Result {
  console.log(`✗ ${name}: not run, because ${why}.`);
  return check(name, false);
}
