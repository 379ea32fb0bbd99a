import { expect } from '@open-wc/testing';
import { backoff, isRepeatedStatus, retryAfterOf } from '../../src/partner-api/retry.js';

const retryAfter = (value?: string) =>
  retryAfterOf({
    status: 429,
    body: undefined,
    headers: new Headers(value === undefined ? [] : [['Retry-After', value]]),
  });

describe('Retry-After', () => {
  const seconds: readonly (readonly [string | undefined, number | undefined])[] = [
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
  for (const [value, expected] of seconds)
    it(`${JSON.stringify(value)} is ${expected === undefined ? 'not known' : `${expected} s`}`, () => {
      expect(retryAfter(value)).to.equal(expected);
    });

  it('of a date: whole seconds, and never before it', () => {
    const value = retryAfter(new Date(Date.now() + 90_000).toUTCString())!;
    expect(Number.isInteger(value)).to.equal(true);
    expect(value).to.be.within(88, 90);
  });

  for (const past of ['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT'])
    it(`of a date that has passed, ${past}: now`, () => expect(retryAfter(past)).to.equal(0));
});

describe('backoff', () => {
  const { random } = Math;
  afterEach(() => {
    Math.random = random;
  });

  it('has full jitter: from nothing to a bound that doubles and is capped', () => {
    Math.random = () => 0;
    for (const repeats of [0, 1, 2, 3, 4, 100]) expect(backoff(repeats)).to.equal(0);
    Math.random = () => 1;
    expect([0, 1, 2, 3].map(backoff)).to.deep.equal([500, 1000, 2000, 4000]);
    for (const repeats of [4, 5, 100, 2000]) expect(backoff(repeats)).to.equal(8000);
  });
});

describe('what is repeated', () => {
  it('is what a later answer may change, and nothing else', () => {
    const repeated = Array.from({ length: 600 }, (_, status) => status).filter(isRepeatedStatus);
    expect(repeated).to.deep.equal([408, 425, 429, 500, 502, 503, 504]);
  });
});
