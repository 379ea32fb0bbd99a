import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import type { TestEvent } from 'node:test/reporters';
import { chosenEngines } from '../browsers/engines.js';
import { run } from './child.js';
import { placeOf, type Place } from './files.js';
import { lotsOf } from './lots.js';
import { nodeReport } from './node-report.js';
import { select } from './selection.js';
import { judge, nothing } from './totals.js';

const folder = mkdtempSync(join(tmpdir(), 'chekt-connect-run-'));

function report(content: string | undefined): string {
  const file = join(folder, `${Math.random()}.json`);
  if (content !== undefined) writeFileSync(file, content);
  return file;
}

describe('the report of a run', () => {
  const left = (totals: object, failures: string[] = []) =>
    report(JSON.stringify({ totals: { ...nothing, ...totals }, failures }));

  it('is what the run has written', () => {
    const { totals, failures } = judge(left({ passed: 3, failed: 1 }, ['a.test.ts: adds']), { ok: false });
    assert.deepEqual(totals, { passed: 3, failed: 1, skipped: 0 });
    assert.deepEqual(failures, ['a.test.ts: adds']);
  });

  it('contains a failure when the run ended before it could report', () => {
    const { totals, failures } = judge(report(undefined), { ok: false, status: 'SIGKILL' });
    assert.equal(totals.failed, 1);
    assert.match(failures.join(), /SIGKILL/);
    assert.equal(judge(report('{"passed":'), { ok: true }).totals.failed, 1);
  });

  it('contains a failure when no test ran', () => {
    assert.equal(judge(left({}), { ok: true }).totals.failed, 1);
    assert.equal(judge(left({ skipped: 4 }), { ok: true }).totals.failed, 1);
  });

  it('contains a failure when the run failed although its tests passed', () => {
    assert.deepEqual(judge(left({ passed: 2 }), { ok: false }).totals, { passed: 2, failed: 1, skipped: 0 });
  });
});

describe('the selection', () => {
  const files: Record<Place, string[]> = {
    node: ['test/sandbox/connect.test.ts'],
    dist: ['test/package/file.test.ts'],
    browser: ['test/element/connect.test.ts', 'test/i18n/config.test.ts'],
    e2e: ['test/e2e/modes.test.ts'],
  };
  const pick = (...args: string[]) =>
    select(args, (place, patterns = []) =>
      files[place].filter((file) => patterns.length === 0 || patterns.some((part) => file.includes(part))),
    );

  it('is everything when nothing is asked for', () => {
    const { steps, files: picked } = pick();
    for (const step of [
      'browsers',
      'postgres',
      'format',
      'lint',
      'types',
      'node',
      'build',
      'dist',
      'browser',
      'e2e',
    ] as const) {
      assert.ok(steps.has(step), step);
    }
    assert.deepEqual({ ...picked, browser: [] }, { ...files, browser: [] });
  });

  it('tests the public contract and the faults on the built file, and on the source where that is asked for', () => {
    assert.deepEqual(pick().files.browser, ['test/i18n/config.test.ts']);
    assert.deepEqual(pick('browser').files.browser, files.browser);
    assert.deepEqual(pick('connect').files.browser, ['test/element/connect.test.ts']);
  });

  it('is a step with its prerequisites when the step is named', () => {
    assert.deepEqual([...pick('types').steps], ['types']);
    assert.deepEqual([...pick('e2e').steps], ['browsers', 'build', 'e2e']);
    assert.deepEqual([...pick('built-file', 'connect').steps], ['browsers', 'build', 'built-file']);
    assert.deepEqual(pick('built-file', 'connect').patterns, ['connect']);
  });

  it('is the steps that have files with the name', () => {
    const { steps, files: picked } = pick('connect');
    assert.deepEqual([...steps], ['node', 'browsers', 'browser']);
    assert.deepEqual(picked.browser, ['test/element/connect.test.ts']);
    assert.deepEqual([...pick('browser', 'connect').steps], ['browsers', 'browser']);
  });

  it('includes PostgreSQL if a chosen test needs it', () => {
    const service = (...args: string[]) =>
      select(args, (place) => (place === 'node' ? ['test/service/store/postgres.test.ts'] : []));
    assert.deepEqual([...service('service').steps], ['postgres', 'node']);
    assert.deepEqual([...service('node').steps], ['postgres', 'node']);
    assert.deepEqual([...pick('node').steps], ['node']);
  });

  it('is an error when it would be empty', () => {
    assert.throws(() => pick('nonsense'), /nonsense/);
    assert.throws(() => pick('node', 'config'), /config/);
  });
});

describe('a test file', () => {
  it('runs where its folder says, in the browsers otherwise', () => {
    assert.equal(placeOf('test/sandbox/a.test.ts'), 'node');
    assert.equal(placeOf('test/unit/authorization/a.test.ts'), 'node');
    assert.equal(placeOf('test/service/store/a.test.ts'), 'node');
    assert.equal(placeOf('test/e2e/deep/a.test.ts'), 'e2e');
    assert.equal(placeOf('test/package/a.test.ts'), 'dist');
    assert.equal(placeOf('test/bench/a.test.ts'), 'none');
    assert.equal(placeOf('test/soak/a.test.ts'), 'none');
    assert.equal(placeOf('test/element/a.test.ts'), 'browser');
    assert.equal(placeOf('test/config.test.ts'), 'browser');
  });
});

describe('the files that share a process', () => {
  const lots = (files: string[], text = '') => lotsOf(files, () => text);

  it('are of one folder, eight at most, where the imports take most of the time', () => {
    const many = Array.from({ length: 9 }, (_, index) => `test/sandbox/${index}.test.ts`);
    assert.deepEqual(
      lots([...many, 'test/service/a.test.ts', 'test/unit/session/b.test.ts', 'test/service/c.test.ts']),
      [
        many.slice(0, 8),
        many.slice(8),
        ['test/service/a.test.ts', 'test/service/c.test.ts'],
        ['test/unit/session/b.test.ts'],
      ],
    );
  });

  it('do not include those that change or measure it', () => {
    const files = [
      'test/service/memory.test.ts',
      'test/service/over/a.test.ts',
      'test/service/over/b.test.ts',
    ];
    assert.deepEqual(
      lots(files),
      files.map((file) => [file]),
    );
    const two = ['test/sandbox/a.test.ts', 'test/sandbox/b.test.ts'];
    assert.deepEqual(
      lots(two, 'afterEach(() => {});'),
      two.map((file) => [file]),
    );
  });

  async function reported(events: readonly object[], together: readonly string[]) {
    const stream = (async function* () {
      yield* events as TestEvent[];
    })();
    const { exitCode } = process;
    let printed = '';
    for await (const text of nodeReport(stream, together)) printed += text;
    const ended = process.exitCode;
    process.exitCode = exitCode;
    return { ended, printed };
  }

  it('fail when nothing is reported of one of them', async () => {
    const { ended, printed } = await reported([], ['test/sandbox/a.test.ts']);
    assert.equal(ended, 1);
    assert.match(printed, /a\.test\.ts\n.*No test ran/);
  });

  it('are reported by the file with the suite, where a helper has its tests', async () => {
    const suite = { name: 'Connected', nesting: 0, file: resolve('test/e2e/a.test.ts') };
    const test = { name: 'connects', nesting: 1, file: resolve('test/e2e/helper.ts') };
    const details = { duration_ms: 1 };
    const events = [
      { type: 'test:start', data: suite },
      { type: 'test:start', data: test },
      { type: 'test:pass', data: { ...test, details } },
      { type: 'test:pass', data: { ...suite, details: { ...details, type: 'suite' } } },
    ];
    const { printed } = await reported(events, ['test/e2e/a.test.ts']);
    assert.equal(printed, '✓ test/e2e/a.test.ts  (1)\n');
  });
});

describe('the engines', () => {
  it('are all three unless ENGINE narrows them', () => {
    assert.deepEqual(chosenEngines(''), ['chromium', 'firefox', 'webkit']);
    assert.deepEqual(chosenEngines('webkit, chromium'), ['chromium', 'webkit']);
    assert.throws(() => chosenEngines('safari'), /chromium, firefox, webkit/);
  });
});

describe('a program that is run', () => {
  it('fails with what it wrote', async () => {
    const ended = await run('sh', ['-c', 'echo out; echo err >&2; exit 3'], { quiet: true });
    assert.equal(ended.ok, false);
    assert.match(ended.output, /out\n/);
    assert.match(ended.output, /err\n/);
  });

  it('fails when it does not exist', async () => {
    assert.equal((await run('no-such-program', [], { quiet: true })).ok, false);
  });

  it('is ended with all its children when its time is up', async () => {
    const ended = await run('sh', ['-c', 'sleep 60 & sleep 60'], { quiet: true, minutes: 0.2 / 60 });
    assert.equal(ended.ok, false);
    assert.match(ended.output, /Ended after/);
    assert.ok(ended.seconds < 30);
  });
});
