import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { Redaction } from '../../../src/authorization/redaction.js';

const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJkYW5hIn0.c2lnbmF0dXJl';
let redaction: Redaction;
const withSecrets = () => {
  beforeEach(() => {
    redaction = new Redaction();
    redaction.add(token);
  });
};

describe('a text', () => {
  withSecrets();

  it('is not changed if no token was ever held', () => {
    assert.equal(new Redaction().text(token), token);
  });

  it('loses a whole token and keeps what is around it', () => {
    assert.equal(redaction.text(`Bad token: ${token}!`), 'Bad token: …!');
    assert.equal(redaction.text(token), '…');
  });

  it('loses any 12 consecutive characters of a token, and keeps 11', () => {
    for (let start = 0; start + 12 <= token.length; start++) {
      assert.equal(redaction.text(`<${token.slice(start, start + 12)}>`), '<…>');
      const short = `<${token.slice(start, start + 11)}>`;
      assert.equal(redaction.text(short), short);
    }
  });

  it('loses several runs, each of them as a whole', () => {
    assert.equal(redaction.text(`${token.slice(0, 20)} and ${token.slice(20)}`), '… and …');
  });

  it('loses a token in any letter case, and with white space or invisible characters in it', () => {
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

  it('loses every token that was ever held, even one that has been replaced', () => {
    redaction.add('another-token-2');
    assert.equal(redaction.text(`${token} another-token-2`), '… …');
  });

  it('loses every part of a token, however long that is', () => {
    const long = Array.from({ length: 4_000 }, (_, at) => at.toString(36).padStart(4, '_')).join('');
    redaction.add(long);
    assert.equal(redaction.text(`<${long.slice(-12)}>`), '<…>');
  });

  it('keeps a secret of fewer than 12 characters, which may occur by chance', () => {
    redaction.add('short');
    redaction.add(undefined);
    assert.equal(redaction.text('a short text'), 'a short text');
  });

  it('without any part of a token is not even normalized', () => {
    for (const text of ['Acme  Security', ' Zoe\u0308 ', '', '\u202e'])
      assert.equal(redaction.text(text), text);
  });

  it('is masked at the right place after a letter that is longer in lower case', () => {
    assert.equal(redaction.text(`İ ${token}`), 'İ …');
    assert.equal(redaction.text('İstanbul Güvenlik'), 'İstanbul Güvenlik');
  });

  it('never keeps 12 characters of a token, wherever they are', () => {
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

describe("the platform's own id of the dealer", () => {
  withSecrets();

  it('is exempt, because every host shows it anyway, but only if it is the whole text', () => {
    const id = token.slice(0, 20);
    redaction.exempt = id;
    assert.equal(redaction.text(id), id);
    assert.equal(redaction.identifier(id), id);
    assert.equal(redaction.text(`Account ${id}`), 'Account …');
    assert.equal(redaction.text(token), '…');
  });
});

describe('an identifier', () => {
  withSecrets();

  it('is kept as a whole or not at all', () => {
    assert.equal(redaction.identifier('req_1'), 'req_1');
    assert.equal(redaction.identifier(undefined), undefined);
    assert.equal(redaction.identifier(`req_${token}`), undefined);
    assert.equal(redaction.identifier(token.slice(3, 15)), undefined);
  });
});

describe('plain data', () => {
  withSecrets();

  it('is masked in every text, at any depth, and not changed otherwise', () => {
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
    assert.match(
      data.companyName,
      /eyJ/,
      'the raw value, which requests and comparisons use, is not changed',
    );
  });
});
