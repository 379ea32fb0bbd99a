import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lookUpOrder } from '../../../src/element/i18n/language.js';

describe('the tags that are looked up (RFC 4647 §3.4)', () => {
  for (const [lang, ...tags] of [
    ['en', 'en'],
    ['zh-Hant-TW', 'zh-hant-tw', 'zh-hant', 'zh'],
    ['zh_Hant_TW', 'zh-hant-tw', 'zh-hant', 'zh'],
    ['FR-ca', 'fr-ca', 'fr'],
    ['de-DE-u-co-phonebk', 'de-de-u-co-phonebk', 'de-de-u-co', 'de-de', 'de'],
    [
      'zh-Hant-CN-x-private1-private2',
      'zh-hant-cn-x-private1-private2',
      'zh-hant-cn-x-private1',
      'zh-hant-cn',
      'zh-hant',
      'zh',
    ],
    ['x', 'x'],
    ['', ''],
  ] as const) {
    it(`of ${JSON.stringify(lang)} are ${tags.map((tag) => JSON.stringify(tag)).join(', ')}`, () => {
      assert.deepEqual(lookUpOrder(lang), tags);
    });
  }
});
