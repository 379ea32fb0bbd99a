import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { en } from '../../../src/element/i18n/en.js';
import {
  addMessages,
  Dictionary,
  onLanguageAdded,
  type DictionaryOptions,
  type Messages,
} from '../../../src/element/i18n/messages.js';

const dictionary = (lang: string, more: Partial<DictionaryOptions> = {}) =>
  new Dictionary({ lang, platform: 'Northwind', redact: (text) => text, ...more });
const german = { ...en, copy: 'Kopieren' };

addMessages('de', german);
addMessages('zh-Hant', { ...en, copy: '複製' });

describe('the language that is shown', () => {
  for (const [asked, copy, lang] of [
    ['en', 'Copy', 'en'],
    ['en-GB', 'Copy', 'en-GB'],
    ['de', 'Kopieren', 'de'],
    ['de-AT', 'Kopieren', 'de-AT'],
    ['DE_at', 'Kopieren', 'de-AT'],
    ['zh-Hant-TW', '複製', 'zh-Hant-TW'],
    ['zh-Hans', 'Copy', 'en'],
    ['xx', 'Copy', 'en'],
    ['', 'Copy', 'en'],
    ['not a tag', 'Copy', 'en'],
    ['de-!', 'Kopieren', 'de'],
  ] as const) {
    it(`for lang="${asked}" is ${lang}`, () => {
      const texts = dictionary(asked);
      assert.deepEqual([texts.text('copy'), texts.lang], [copy, lang]);
    });
  }

  it('is the requested one if the host provides every text itself', () => {
    assert.equal(dictionary('ar-EG', { overrides: en }).lang, 'ar-EG');
    assert.equal(dictionary('ar-EG', { overrides: { copy: 'نسخ' } }).lang, 'en');
  });

  it('can be added at any time, with any spelling of its tag, and listeners are called', () => {
    const heard = mock.fn();
    const stop = onLanguageAdded(heard);
    addMessages('SR-latn', { ...en, copy: 'Kopiraj' });
    assert.equal(dictionary('sr-Latn-RS').text('copy'), 'Kopiraj');
    stop();
    addMessages('sr-Latn', { ...en, copy: 'Umnoži' });
    assert.equal(dictionary('sr-Latn').text('copy'), 'Umnoži');
    assert.equal(heard.mock.callCount(), 1);
  });

  it('cannot be added with a malformed tag', () => assert.throws(() => addMessages('a b', en), RangeError));
});

describe('a text', () => {
  it('contains its values and the name of the platform, and keeps unknown placeholders', () => {
    const overrides: Partial<Messages> = { copy: '{platform} {company} {unknown} {platform}' };
    const texts = dictionary('en', { overrides });
    assert.equal(texts.text('copy', { company: 'Acme' }), 'Northwind Acme {unknown} Northwind');
  });

  it('keeps a placeholder that has the name of something inherited', () => {
    const copy = '{constructor} {toString} {platform}';
    assert.equal(
      dictionary('en', { overrides: { copy } }).text('copy'),
      '{constructor} {toString} Northwind',
    );
  });

  it('does not interpret placeholders or patterns inside values', () => {
    const texts = dictionary('en', { overrides: { copy: '{company}' } });
    for (const company of ['{platform}', '$& $1', '<b>'])
      assert.equal(texts.text('copy', { company }), company);
  });

  it("is the host's, else the language's, else English", () => {
    assert.equal(dictionary('de', { overrides: { copy: 'Ablegen' } }).text('copy'), 'Ablegen');
    const partial = { ...german } as Partial<Messages>;
    Reflect.deleteProperty(partial, 'copied');
    addMessages('de-CH', partial as Messages);
    assert.equal(dictionary('de-CH').text('copied'), en.copied);
  });

  it('is redacted after its values are filled in, because a value may contain a token', () => {
    const texts = dictionary('en', {
      overrides: { copy: 'for {company}' },
      redact: (text) => text.replace('for token', '…'),
    });
    assert.equal(texts.text('copy', { company: 'token' }), '…');
  });
});

describe('a duration', () => {
  for (const [ms, said] of [
    [0, '0 seconds'],
    [1, '1 second'],
    [900, '1 second'],
    [1_001, '2 seconds'],
    [60_000, '60 seconds'],
    [60_001, '2 minutes'],
    [42 * 60_000, '42 minutes'],
    [89 * 60_000, '89 minutes'],
    [90 * 60_000, '2 hours'],
    [80 * 60_000, '80 minutes'],
    [3_600_000 * 90, '90 hours'],
    [3_600_000 * 2_000, '2,000 hours'],
  ] as const) {
    it(`of ${ms} ms is ${said}`, () => assert.equal(dictionary('en').duration(ms), said));
  }

  it('uses the plural forms and digits of its language', () => {
    assert.deepEqual(
      [1, 2].map((minutes) => dictionary('de').duration(minutes * 60_000)),
      ['60 Sekunden', '2 Minuten'],
    );
    const arabic = dictionary('ar-EG', { overrides: en });
    assert.deepEqual(
      [5, 42].map((minutes) => arabic.duration(minutes * 60_000)),
      ['٥ دقائق', '٤٢ دقيقة'],
    );
  });
});

describe('a day', () => {
  const zones = ['America/Los_Angeles', 'UTC', 'Asia/Seoul', 'Pacific/Kiritimati'];
  /** Checks in several time zones of the browser. */
  function inEveryZone(check: (zone: string) => void): void {
    const { TZ } = process.env;
    try {
      for (const zone of zones) {
        process.env.TZ = zone;
        check(zone);
      }
    } finally {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    }
  }

  it('given without a time is the same day in every time zone', () => {
    inEveryZone((zone) => {
      assert.equal(dictionary('en').date('2026-05-26'), 'May 26, 2026', zone);
      assert.equal(dictionary('en-GB').date('2026-01-01'), '1 January 2026', zone);
    });
  });

  it("is in the reader's time zone if a point in time is given", () => {
    const seen = new Map<string, string | undefined>();
    inEveryZone((zone) => seen.set(zone, dictionary('en').date('2026-05-26T02:00:00Z')));
    assert.deepEqual([...seen.values()], ['May 25, 2026', 'May 26, 2026', 'May 26, 2026', 'May 26, 2026']);
  });

  it('is parsed from every form that a database writes', () => {
    inEveryZone((zone) => {
      const moment = Date.UTC(2026, 4, 26, 12, 0, 0);
      const expected = dictionary('en').date(moment);
      for (const value of [
        new Date(moment),
        moment,
        // JSONbored/metagraphed PR #9994: pg hands a bigint over as text
        String(moment),
        '2026-05-26T12:00:00Z',
        '2026-05-26T12:00:00.000Z',
        '2026-05-26T12:00:00.123456Z',
        '2026-05-26 12:00:00Z',
        '2026-05-26T14:00:00+02:00',
        '2026-05-26 12:00:00+00',
        '2026-05-26 12:00:00.123456+00',
        '2026-05-26 05:00:00-07',
        '2026-05-26 17:30:00+0530',
        '2026-05-26 17:30:00 +0530',
        '2026-05-26 17:30:00+05:30',
      ]) {
        assert.equal(dictionary('en').date(value), expected, `${String(value)} in ${zone}`);
      }
      // without a zone offset, it is in the reader's time zone
      assert.equal(dictionary('en').date('2026-05-26 12:00:00'), 'May 26, 2026', zone);
      assert.equal(dictionary('en').date('2026-05-26T12:00:00'), 'May 26, 2026', zone);
    });
  });

  it('is undefined if the value is not a date', () => {
    for (const value of ['soon', '', '2026-13-01', '20260526', '20260526120000', NaN, new Date(NaN)])
      assert.equal(dictionary('en').date(value), undefined, String(value));
  });

  it('is formatted for its language', () => {
    for (const [lang, day] of [
      ['en', 'March 2, 2026'],
      ['de-AT', '2. März 2026'],
    ] as const)
      assert.equal(dictionary(lang).date('2026-03-02'), day);
  });
});
