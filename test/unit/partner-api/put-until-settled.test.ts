import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChektConnectError } from '../../../src/partner-api/errors.js';
import { type Put } from '../../../src/partner-api/put-until-settled.js';
import { done, inUse, json, put, withClock, type Reply } from './put.js';

describe('the retry policy', () => {
  withClock();

  type Row = readonly [what: string, replies: readonly Reply[], requests: number, end: string];
  /** `end` is the result, or the code and the outcome of the error. */
  const rows: readonly Row[] = [
    ['a success', [done], 1, 'done'],
    ['a 404 that counts as a success', [json(404, { result: 'gone' })], 1, 'gone'],
    ['no answer, then a success', ['lost', done], 2, 'done'],
    ['no answer at all', ['lost'], 5, 'network unknown'],
    ['no answer within 8 s, then a success', ['never', done], 2, 'done'],
    ['an unreadable success, then a readable one', [200, done], 2, 'done'],
    ['two unreadable successes', [200], 2, 'invalid-response unknown'],
    ['a redirect', [302], 1, 'invalid-response unknown'],
    ...[400, 405, 410, 419, 422].map((status): Row => [
      `${status}`,
      [status],
      1,
      'invalid-request not-applied',
    ]),
    ['401', [401], 1, 'unauthorized not-applied'],
    ['403', [403], 1, 'forbidden not-applied'],
    ['404', [404], 1, 'not-found not-applied'],
    ['409', [409], 1, 'conflict not-applied'],
    ['408', [408, done], 2, 'done'],
    ['425', [425, done], 2, 'done'],
    ['429', [429], 5, 'rate-limited not-applied'],
    ...[500, 502, 503, 504].map((status): Row => [`${status}`, [status], 5, 'server unknown']),
    ['501', [501], 1, 'server unknown'],
    ['no answer, then a refusal', ['lost', 422], 2, 'invalid-request unknown'],
    ['503, then a refusal', [503, 403], 2, 'forbidden unknown'],
    ['429, then a refusal', [429, 403], 2, 'forbidden not-applied'],
    ['a key in use at the first request', [inUse], 1, 'conflict not-applied'],
    [
      'a key in use after a lost answer, because our own request is still running',
      ['lost', inUse, done],
      3,
      'done',
    ],
  ];
  for (const [what, replies, requests, end] of rows) {
    it(`${what}: ${requests} ${requests === 1 ? 'request' : 'requests'}, ${end}`, async () => {
      const { result, error, sent } = await put(replies);
      assert.equal(sent.length, requests);
      assert.equal(error ? `${error.code} ${error.outcome}` : result, end);
    });
  }

  it('waits at most 0.5, 1, 2 and 4 s between repeats', async () => {
    const { waits } = await put([503]);
    assert.deepEqual(waits, [500, 1000, 2000, 4000]);
  });

  it('waits as long as Retry-After says, if it says so', async () => {
    const { waits } = await put([json(503, {}, { 'Retry-After': '3' }), done]);
    assert.deepEqual(waits, [3000]);
  });

  it('ends at once if Retry-After is later than the timeout, with retryAfter in the error', async () => {
    const { error, sent } = await put([json(429, {}, { 'Retry-After': '31' })]);
    assert.deepEqual([error!.code, error!.retryAfter, sent.length], ['rate-limited', 31, 1]);
    assert.equal(performance.now() < 1_000, true);
  });

  it('ignores Retry-After for a status that is not repeated', async () => {
    assert.equal((await put([json(403, {}, { 'Retry-After': '3' })])).error!.retryAfter, undefined);
  });
});

describe('the timeout of an operation', () => {
  withClock();

  it('ends it, with the last error as the cause', async () => {
    const { error } = await put(['lost', 'never'], {}, 5_000);
    assert.deepEqual([error!.code, error!.outcome], ['timeout', 'unknown']);
    assert.equal((error!.cause as ChektConnectError).code, 'network');
    assert.equal(performance.now() - 5_000 < 200, true);
  });

  it('aborts the open request', async () => {
    let signal: AbortSignal | undefined;
    const fetch: Put['fetch'] = (_, init) => {
      signal = init!.signal!;
      return new Promise(() => {});
    };
    await put([], { fetch }, 5_000);
    assert.ok(signal!.aborted);
  });
});

describe('every request of an operation', () => {
  withClock();

  it('has the same key and trace id, and a Content-Type', async () => {
    const { sent, idempotencyKey, traceId } = await put(['lost', 503, done]);
    assert.equal(sent.length, 3);
    for (const headers of sent) {
      assert.equal(headers.get('Idempotency-Key'), idempotencyKey);
      assert.equal(headers.get('x-partner-trace-id'), traceId);
      assert.equal(headers.get('Content-Type'), 'application/json');
      assert.equal(headers.get('Accept'), 'application/json');
    }
  });

  it('has no Content-Type without a body', async () => {
    const { sent } = await put([done], { body: undefined });
    assert.equal(sent[0]!.get('Content-Type'), null);
  });

  it('is recorded once, with its result and the request id of the answer', async () => {
    const { records, traceId } = await put([
      'lost',
      json(403, { error: { code: 'x', request_id: 'req_1' } }),
    ]);
    assert.deepEqual(
      records.map(({ result, requestId }) => [result, requestId]),
      [
        ['network', undefined],
        [403, 'req_1'],
      ],
    );
    assert.deepEqual(records[0], {
      operation: 'connect',
      traceId,
      startedAt: '2026-05-26T12:00:00.000Z',
      duration: 0,
      result: 'network',
      requestId: undefined,
    });
  });
});

describe('an error', () => {
  withClock();

  it('has the fields of the answer', async () => {
    const body = {
      error: { code: 'invalid', request_id: 'req_1', field: 'company_name', message: 'For logs.' },
    };
    const { error, traceId } = await put([json(422, body)]);
    const { code, status, apiCode, requestId, field } = error!;
    assert.deepEqual(
      { code, status, apiCode, requestId, field, traceId: error!.traceId },
      {
        code: 'invalid-request',
        status: 422,
        apiCode: 'invalid',
        requestId: 'req_1',
        field: 'company_name',
        traceId,
      },
    );
    assert.doesNotMatch(error!.message, /For logs/);
  });

  it('that is a bug is rethrown, and not turned into a timeout', async () => {
    const bug = new TypeError('A bug.');
    const { result } = await put([done], {
      onAttempt: () => {
        throw bug;
      },
    });
    assert.equal(result, bug);
  });
});
