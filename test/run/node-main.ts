import { resolve } from 'node:path';
import { run } from 'node:test';
import { parseArgs } from 'node:util';
import { nodeReport } from './node-report.js';

const { values, positionals } = parseArgs({
  options: { concurrency: { type: 'string', default: '1' } },
  allowPositionals: true,
});

// The timeout is for a whole file, because one that leaves a server open would never end.
run({
  files: positionals.map((file) => resolve(file)),
  concurrency: Number(values.concurrency),
  timeout: 480_000,
})
  .compose(nodeReport)
  .pipe(process.stdout);
