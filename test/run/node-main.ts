import { relative } from 'node:path';
import { run } from 'node:test';
import { parseArgs } from 'node:util';
import { entryOf, lotsOf } from './lots.js';
import { nodeReport } from './node-report.js';

const { values, positionals } = parseArgs({
  options: { concurrency: { type: 'string', default: '1' } },
  allowPositionals: true,
});

const lots = lotsOf(positionals.map((file) => relative('.', file)));

// The timeout is for a whole process, because one that leaves a server open would never end.
run({
  files: lots.map(entryOf),
  concurrency: Number(values.concurrency),
  timeout: 480_000,
})
  .compose((events) => nodeReport(events, lots.filter(({ length }) => length > 1).flat()))
  .pipe(process.stdout);
