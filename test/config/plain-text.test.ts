import { expect } from '@open-wc/testing';
import { plainText } from '../../src/plain-text.js';

describe('plainText', () => {
  const cases: readonly (readonly [name: string, from: string, to: string])[] = [
    ['trims spaces of every kind', ' \t\u00a0\u3000Acme\u2003\n', 'Acme'],
    ['keeps spaces within', 'Acme  Security', 'Acme  Security'],
    ['removes control characters', 'A\u0000c\u001bm\u007fe\u0085', 'Acme'],
    ['removes line breaks', 'Acme\r\nSecurity', 'AcmeSecurity'],
    ['removes bidirectional overrides and isolates', '\u202eemcA\u202c\u2066x\u2069', 'emcAx'],
    ['removes what only such characters leave', ' \u202e\u0007 ', ''],
    ['replaces lone surrogates', 'A\ud800c\udc00', 'A\ufffdc\ufffd'],
    ['keeps marks of direction that letters need', 'א\u200fב\u200e', 'א\u200fב\u200e'],
    ['keeps joined emoji', '👩‍🔧 Alarm', '👩‍🔧 Alarm'],
    ['keeps combining marks and Hangul', 'Müller 한국', 'Müller 한국'],
    ['keeps markup as text', '<b>&amp;</b>', '<b>&amp;</b>'],
    ['keeps an empty text', '', ''],
  ];
  for (const [name, from, to] of cases)
    it(name, () => {
      expect(plainText(from)).to.equal(to);
      expect(plainText(plainText(from)), 'once is enough').to.equal(to);
    });

  it('keeps 100,000 characters', () => {
    expect(plainText('x'.repeat(100_000))).to.have.length(100_000);
  });
});
