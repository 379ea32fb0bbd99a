import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { Redaction } from '../../../src/authorization/redaction.js';

const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJkYW5hIn0.c2lnbmF0dXJl';
let redaction: Redaction;
beforeEach(() => {
  redaction = new Redaction();
  redaction.add(token);
});

describe('a text', () => {
  it('stays as it is where nothing was ever held', () => {
    assert.equal(new Redaction().text(token), token);
  });

  it('loses a whole token, and what is around it stays', () => {
    assert.equal(redaction.text(`Bad token: ${token}!`), 'Bad token: …!');
    assert.equal(redaction.text(token), '…');
  });

  it('loses a run of 12 characters of it, from anywhere in it, and keeps one of 11', () => {
    for (let start = 0; start + 12 <= token.length; start++) {
      assert.equal(redaction.text(`<${token.slice(start, start + 12)}>`), '<…>');
      const short = `<${token.slice(start, start + 11)}>`;
      assert.equal(redaction.text(short), short);
    }
  });

  it('loses each of several runs, and longer ones as a whole', () => {
    assert.equal(redaction.text(`${token.slice(0, 20)} and ${token.slice(20)}`), '… and …');
  });

  it('loses it in any letter case, with white space in it, and with what cannot be seen in it', () => {
    for (const written of [
      token.toUpperCase(),
      token.toLowerCase(),
      [...token].join(' '),
      token.replace('.', '.\n\t\u00a0'),
      [...token].join('\u200b'),
      `\u202e${token}`,
    ]) {
      assert.equal(redaction.text(`a ${written} b`), 'a … b', JSON.stringify(written));
    }
  });

  it('loses every token that was ever held, also a replaced one', () => {
    redaction.add('another-token-2');
    assert.equal(redaction.text(`${token} another-token-2`), '… …');
  });

  it('says nothing about a secret of fewer than 12 characters: it may stand anywhere by chance', () => {
    redaction.add('short');
    redaction.add(undefined);
    assert.equal(redaction.text('a short text'), 'a short text');
  });

  it('that is harmless is the very same one, white space and all', () => {
    for (const text of ['Acme  Security', ' Zoe\u0308 ', '', '\u202e'])
      assert.equal(redaction.text(text), text);
  });

  it('is masked at its place, also behind a letter that is longer in lower case', () => {
    assert.equal(redaction.text(`İ ${token}`), 'İ …');
    assert.equal(redaction.text('İstanbul Güvenlik'), 'İstanbul Güvenlik');
  });

  it('keeps no 12 characters of a token, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.nat(40),
        fc.integer({ min: 12, max: 54 }),
        fc.string(),
        (before, at, length, after) => {
          const run = token.slice(at, at + length);
          const shown = redaction
            .text(before + run + after)
            .replace(/\s/g, '')
            .toLowerCase();
          for (let start = 0; start + 12 <= token.length; start++) {
            assert.ok(!shown.includes(token.toLowerCase().slice(start, start + 12)));
          }
        },
      ),
    );
  });
});

describe('the id of the dealer at the platform', () => {
  it('is exempt, as every host shows it anyway; a text with it in it is not', () => {
    const id = token.slice(0, 20);
    redaction.exempt = id;
    assert.equal(redaction.text(id), id);
    assert.equal(redaction.identifier(id), id);
    assert.equal(redaction.text(`Account ${id}`), 'Account …');
    assert.equal(redaction.text(token), '…');
  });
});

describe('an identifier', () => {
  it('is there as a whole, or not at all', () => {
    assert.equal(redaction.identifier('req_1'), 'req_1');
    assert.equal(redaction.identifier(undefined), undefined);
    assert.equal(redaction.identifier(`req_${token}`), undefined);
    assert.equal(redaction.identifier(token.slice(3, 15)), undefined);
  });
});

describe('plain data', () => {
  it('is masked in every text, however deep, and otherwise left alone', () => {
    const date = new Date(0);
    const data = {
      companyName: `Acme ${token}`,
      dealerId: 12345,
      attempts: [{ requestId: token, status: 200 }, null],
      nested: { list: [[`x ${token}`]], isSet: true, nothing: undefined, date },
    };
    assert.deepEqual(redaction.data(data), {
      companyName: 'Acme …',
      dealerId: 12345,
      attempts: [{ requestId: '…', status: 200 }, null],
      nested: { list: [['x …']], isSet: true, nothing: undefined, date },
    });
    assert.match(data.companyName, /eyJ/, 'the raw value is untouched: requests and comparisons use it');
  });
});
