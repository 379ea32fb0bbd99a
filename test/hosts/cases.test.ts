import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { root } from '../package/built.js';
import { cases } from './cases.js';
import { ownCases } from './own-cases.js';

describe('the cases that other people reported', () => {
  const textOf = (file: string) => {
    assert.ok(existsSync(`${root}${file}`), `there is no ${file}`);
    return readFileSync(`${root}${file}`, 'utf8');
  };

  for (const [kind, given] of Object.entries(cases))
    it(`${kind}: each is in a test that names its source, or in the docs, two of our own search among them`, () => {
      const own = ownCases[kind] ?? [];
      assert.ok(own.length >= 2, `${kind} has ${own.length} of our own search`);
      for (const [what, sources, where, outcome, words] of [...given, ...own]) {
        const text = textOf(where);
        const wanted = outcome === 'documented' ? [words!] : sources;
        for (const word of wanted) assert.ok(text.includes(word), `${what}: ${where} does not name ${word}`);
      }
    });

  it('are of one of these kinds each', () => {
    assert.deepEqual(Object.keys(ownCases), Object.keys(cases));
  });
});
