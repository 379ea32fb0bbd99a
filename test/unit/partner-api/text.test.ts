import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { holdsUnseen, normalizeText, readsTheSame } from '../../../src/partner-api/text.js';

describe('a name', () => {
  const cases: readonly (readonly [what: string, from: string, to: string])[] = [
    ['loses leading and trailing white space of every kind', ' \t\u00a0\u3000\u0085Acme\u2003\n', 'Acme'],
    [
      'keeps one space for any run of white space',
      'Acme \u00a0\t Security\r\nSystems',
      'Acme Security Systems',
    ],
    ['gets a space for U+0085 and U+2028', 'Acme\u0085Security\u2028Systems', 'Acme Security Systems'],
    ['loses control characters', 'A\u0000c\u001bm\u007fe', 'Acme'],
    ['keeps one space if a control character was between two', 'Acme \u0007 Security', 'Acme Security'],
    ['loses direction overrides and isolates', '\u202eemcA\u202c\u2066x\u2069', 'emcAx'],
    ['loses zero-width characters', 'A\u200bc\u2060m\ufeffe\u00ad', 'Acme'],
    ['loses tag characters and fillers', 'Acme\u{e0041}\u{e007f}\u3164\u115f', 'Acme'],
    ['loses lone surrogates', 'A\ud800c\udc00', 'Ac'],
    ['is composed', 'Zoe\u0308 Mu\u0308ller \u1112\u1161\u11ab', 'Zoë Müller 한'],
    ['keeps the joiners of emoji', '👩‍🔧 Alarm ❤️', '👩‍🔧 Alarm ❤️'],
    ['keeps the joiners of Persian and Indic names', 'می‌خواهم क्‍ष', 'می‌خواهم क्‍ष'],
    ['keeps variation selectors', '葛\u{e0100}飾', '葛\u{e0100}飾'],
    ['keeps direction marks if it has Hebrew letters', 'א\u200fב\u200e', 'א\u200fב\u200e'],
    ['keeps direction marks if it has Arabic letters', 'شركة\u061c 1', 'شركة\u061c 1'],
    ['loses direction marks without such letters', 'Ac\u200eme\u200f\u061c', 'Acme'],
    ['keeps markup as text', '<b>&amp;</b>', '<b>&amp;</b>'],
    ['stays empty', '', ''],
    ['becomes empty if it has only invisible characters', ' \u202e\u0007 ', ''],
    ['becomes empty if it has only joiners', '\u200d\u200c\ufe0f', ''],
    ['becomes empty if it has only blank Braille patterns', '\u2800 \u2800', ''],
  ];
  for (const [what, from, to] of cases) {
    it(what, () => assert.equal(normalizeText(from), to));
  }

  it('may be of any length', () => {
    assert.equal(normalizeText('x'.repeat(100_000)).length, 100_000);
  });
});

/** Texts with many of the characters that are rare in real names. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          'a',
          'é',
          'e\u0301',
          ' ',
          '\t',
          '\u00a0',
          '\u0085',
          '\u0000',
          '\ud800',
          '\u200b',
          '\u200d',
          '\u200e',
        ],
        ...[
          '\u061c',
          'ש',
          'ش',
          '\u2800',
          '\ufe0f',
          '\u202e',
          '\u{e0100}',
          '\u{e0041}',
          '\u3164',
          '한',
          '\u1112',
        ],
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);
const everywhere = (check: (text: string) => void) => fc.assert(fc.property(text, check), { numRuns: 2_000 });

describe('any normalized name', () => {
  it('is not changed by normalizing it again', () => {
    everywhere((text) => assert.equal(normalizeText(normalizeText(text)), normalizeText(text)));
  });

  it('is well-formed, composed, trimmed, with single spaces and no other white space', () => {
    everywhere((text) => {
      const name = normalizeText(text);
      assert.ok(name.isWellFormed());
      assert.equal(name.normalize('NFC'), name);
      assert.equal(name.trim(), name);
      assert.doesNotMatch(name, / {2}|(?! )\p{White_Space}/u);
    });
  });

  it('contains no control characters and only the invisible characters that are kept on purpose', () => {
    everywhere((text) => {
      const name = normalizeText(text);
      const kept = /[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u200e\u200f\u061c]/gu;
      assert.doesNotMatch(name.replace(kept, ''), /[\p{Cc}\p{Default_Ignorable_Code_Point}]/u);
      const hasLetter = /(?=\p{L})[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(name);
      if (!hasLetter) assert.doesNotMatch(name, /[\u200e\u200f\u061c]/);
    });
  });

  it('contains a visible character or is empty', () => {
    everywhere((text) => {
      const name = normalizeText(text);
      if (name) assert.match(name, /[^\s\u2800\p{Default_Ignorable_Code_Point}]/u);
    });
  });

  it('reads the same as it did before', () => {
    everywhere((text) => assert.ok(readsTheSame(text, normalizeText(text))));
  });
});

describe('two names read the same', () => {
  for (const [one, other] of [
    ['Acme', ' Acme '],
    ['Acme Security', 'Acme\u00a0 Security'],
    ['Acme', 'Ac\u200dme'],
    ['❤️ Alarm', '❤ Alarm'],
    ['Zoë', 'Zoe\u0308'],
    ['', '\u200b'],
  ] as const) {
    it(`${JSON.stringify(one)} and ${JSON.stringify(other)}`, () => assert.ok(readsTheSame(one, other)));
  }
  it('only if letters and case are equal', () => {
    for (const other of ['acme', 'Acmes', 'Ac me', '']) assert.ok(!readsTheSame('Acme', other), other);
  });
});

describe('a name that comes with the sign-in', () => {
  it('can be sent as it came, whatever its white space and Unicode form, if nothing invisible is in it', () => {
    for (const name of ['Acme', ' Acme \u00a0 Security\n', 'Zoe\u0308', '👩‍🔧 Alarm', 'א\u200fב', ''])
      assert.equal(holdsUnseen(name), false, JSON.stringify(name));
  });

  it('cannot be sent as it came if normalizing would remove a character', () => {
    for (const name of [
      'Ac\u200bme',
      'Acme\u202e',
      'Ac\u0000me',
      'Acme\u200e',
      'A\ud800',
      '\u2800',
      '\u200d',
    ])
      assert.equal(holdsUnseen(name), true, JSON.stringify(name));
  });
});
