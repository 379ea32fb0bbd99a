import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blockOf, read } from './pages.js';

describe('the README', () => {
  for (const [file, example] of Object.entries({
    'server.js': 'express.js',
    'login.js': 'login.js',
    'public/index.html': 'public/index.html',
  })) {
    it(`shows ${file} as it is tested`, () => {
      assert.equal(blockOf(read('README.md'), file), read(`demo/examples/servers/${example}`));
    });
  }

  it('has at most 200 lines', () => {
    const lines = read('README.md').trimEnd().split('\n').length;
    assert.ok(lines <= 200, `${lines} lines`);
  });
});
