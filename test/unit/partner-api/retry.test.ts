import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { MOST_REPEATS, backoff, isRepeatedStatus, retryAfterOf } from '../../../src/partner-api/retry.js';

const retryAfter = (value?: string, date?: string) =>
  retryAfterOf({
    headers: new Headers([
      ...(value === undefined ? [] : [['Retry-After', value] as [string, string]]),
      ...(date === undefined ? [] : [['Date', date] as [string, string]]),
    ]),
  });

describe('Retry-After', () => {
  const rows: readonly (readonly [string | undefined, number | undefined])[] = [
    [undefined, undefined],
    ['0', 0],
    ['7', 7],
    ['007', 7],
    [' 7 ', 7],
    ['31536000', 31_536_000],
    ['', undefined],
    ['-1', undefined],
    ['+1', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['7s', undefined],
    ['1, 2', undefined],
    ['soon', undefined],
    ['2026', 2026],
    ['2026-01-01T00:00:00Z', undefined],
    ['Thu', undefined],
    ['Foo, 99 Bar 2026 99:99:99 GMT', undefined],
  ];
  for (const [value, expected] of rows) {
    it(`${JSON.stringify(value)} is ${expected === undefined ? 'ignored' : `${expected} s`}`, () => {
      assert.equal(retryAfter(value), expected);
    });
  }

  describe('as a date', () => {
    const now = Date.UTC(2026, 4, 26, 12);
    const at = (seconds: number) => new Date(now + seconds * 1000).toUTCString();
    afterEach(() => mock.restoreAll());

    it('is rounded up to whole seconds from now', () => {
      mock.method(Date, 'now', () => now + 1);
      assert.equal(retryAfter(at(90)), 90);
    });

    // canalplus/rx-player PR #1864
    it('counts from the Date of the answer if that is readable, because the clock here may be wrong', () => {
      for (const wrong of [-86_400_000, 0, 86_400_000]) {
        mock.restoreAll();
        mock.method(Date, 'now', () => now + wrong);
        assert.equal(retryAfter(at(90), at(0)), 90);
        assert.equal(retryAfter(at(90), at(60)), 30);
      }
    });

    it('counts from the clock here if the Date is hidden or malformed', () => {
      mock.method(Date, 'now', () => now);
      assert.equal(retryAfter(at(90), 'yesterday'), 90);
    });

    it('ignores the Date for a number of seconds', () => {
      assert.equal(retryAfter('7', at(-1000)), 7);
    });

    for (const past of ['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT']) {
      it(`in the past is 0 s: ${past}`, () => assert.equal(retryAfter(past), 0));
    }
  });
});

describe('the backoff', () => {
  afterEach(() => mock.restoreAll());

  it('has full jitter: from 0 to a limit that doubles up to 8 s', () => {
    mock.method(Math, 'random', () => 0);
    for (const repeats of [0, 1, 2, 3, 4, 100]) assert.equal(backoff(repeats), 0);
    mock.restoreAll();
    mock.method(Math, 'random', () => 1);
    assert.deepEqual([0, 1, 2, 3].map(backoff), [500, 1000, 2000, 4000]);
    for (const repeats of [4, 5, 100, 2000]) assert.equal(backoff(repeats), 8000);
  });

  it('ends with the fourth repeat', () => assert.equal(MOST_REPEATS, 4));
});

describe('the statuses that are repeated', () => {
  it('are those that may change by themselves', () => {
    const repeated = Array.from({ length: 600 }, (_, status) => status).filter(isRepeatedStatus);
    assert.deepEqual(repeated, [408, 425, 429, 500, 502, 503, 504]);
  });
});
