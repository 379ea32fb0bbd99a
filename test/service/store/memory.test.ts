import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryStore } from '../../../src/service/store/memory.js';
import { storeTests } from '../../../src/service/store/store-tests.js';

describe('the store in memory', () => {
  storeTests(() => memoryStore(), { test: it });

  it('refuses an https: origin unless allowHttps is set', () => {
    assert.throws(
      () => memoryStore().checkOrigin('https://app.northwind.example'),
      /refuses an https: origin/,
    );
    memoryStore().checkOrigin('http://localhost:3000');
    memoryStore({ allowHttps: true }).checkOrigin('https://app.northwind.example');
  });
});
