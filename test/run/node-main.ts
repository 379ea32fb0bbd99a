import { resolve } from 'node:path';
import { run } from 'node:test';
import { parseArgs } from 'node:util';
import { nodeReport } from './node-report.js';

const { values, positionals } = parseArgs({
  options: { concurrency: { type: 'string', default: '1' } },
  allowPositionals: true,
});

// The time is that of a whole file: one that leaves a server open would never end by itself.
run({
  files: positionals.map((file) => resolve(file)),
  concurrency: Number(values.concurrency),
  timeout: 240_000,
})
  .compose(nodeReport)
  .pipe(process.stdout);
