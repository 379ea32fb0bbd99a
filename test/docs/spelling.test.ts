import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { pages, root } from './pages.js';

const check = (text: string | undefined, files: readonly string[]) =>
  spawnSync(
    process.execPath,
    ['node_modules/cspell/bin.mjs', '--no-progress', '--no-summary', '--config', 'cspell.json', ...files],
    { cwd: root, input: text, encoding: 'utf8' },
  );

describe('the documentation', () => {
  it('has no misspelled word (a name that cspell does not know goes into cspell.json)', () => {
    const { stdout, stderr, status } = check(undefined, pages);
    assert.equal(status, 0, stdout + stderr);
  });

  it('is really checked: a misspelled word is found, and code is skipped', () => {
    const { stdout, status } = check('The `conect` of a binging, and its recieved answer.', ['stdin']);
    assert.equal(status, 1);
    assert.match(stdout, /recieved/);
    assert.doesNotMatch(stdout, /conect/);
  });
});
