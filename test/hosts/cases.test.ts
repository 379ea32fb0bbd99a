import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { root } from '../package/built.js';
import { cases } from './cases.js';

describe('the cases that other people reported', () => {
  for (const [what, sources, test] of cases)
    it(`${what}: ${test} names ${sources.join(', ')}`, () => {
      const file = `${root}test/${test}`;
      assert.ok(existsSync(file), `there is no ${test}`);
      const text = readFileSync(file, 'utf8');
      for (const source of sources) assert.ok(text.includes(source), `${test} does not name ${source}`);
    });
});
