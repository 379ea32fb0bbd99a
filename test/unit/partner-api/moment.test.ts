import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { momentIn, remaining } from '../../../src/partner-api/moment.js';

describe('a moment to wait for', () => {
  let wall = 0;
  let monotonic = 0;
  beforeEach(() => {
    [wall, monotonic] = [1_000_000, 500];
    mock.method(Date, 'now', () => wall);
    mock.method(performance, 'now', () => monotonic);
  });
  afterEach(() => mock.restoreAll());

  it('is as far away as given', () => assert.equal(remaining(momentIn(5_000)), 5_000));

  it('has come when the wall clock has reached it, because the monotonic clock may stop during sleep', () => {
    const moment = momentIn(5_000);
    wall += 5_000;
    assert.ok(remaining(moment) <= 0);
  });

  it('has come when the monotonic clock has reached it, because the wall clock may have been set back', () => {
    const moment = momentIn(5_000);
    wall -= 86_400_000;
    monotonic += 5_000;
    assert.ok(remaining(moment) <= 0);
  });

  it('has not come before one of the clocks has reached it', () => {
    const moment = momentIn(5_000);
    wall += 4_999;
    monotonic += 4_000;
    assert.equal(remaining(moment), 1);
  });

  it('never comes if there is none', () => assert.equal(remaining(undefined), Infinity));
});
