import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { ChektConnectError } from '../../../src/partner-api/errors.js';
import {
  newOperation,
  type AttemptRecord,
  type RunningOperation,
} from '../../../src/partner-api/operation.js';
import { putUntilSettled, type Put, type Refusal } from '../../../src/partner-api/put-until-settled.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';

let clock: NodeClock;
const withClock = () => {
  beforeEach(() => {
    clock = nodeClock();
    // the longest backoff
    mock.method(Math, 'random', () => 1);
  });
  afterEach(() => {
    clock.restore();
    mock.restoreAll();
  });
};

type Reply = number | 'lost' | 'never' | Response;
const json = (status: number, body: unknown, headers?: Record<string, string>) =>
  Response.json(body, { status, headers });

/** Sends a PUT to a stand-in that gives these answers in turn; the last one is repeated. */
async function put(replies: readonly Reply[], more: Partial<Put> = {}, timeout = 30_000) {
  const running: RunningOperation = { operation: newOperation() };
  const { traceId, idempotencyKey } = running.operation;
  const sent: Headers[] = [];
  const times: number[] = [];
  const records: AttemptRecord[] = [];
  const fetch: Put['fetch'] = (_, init) => {
    const reply = replies[Math.min(sent.length, replies.length - 1)]!;
    sent.push(new Headers(init!.headers));
    times.push(performance.now());
    if (reply === 'lost') return Promise.reject(new TypeError('Failed to fetch'));
    if (reply === 'never') return new Promise(() => {});
    return Promise.resolve(typeof reply === 'number' ? new Response(null, { status: reply }) : reply.clone());
  };
  const promise = putUntilSettled(
    running,
    {
      kind: 'connect',
      url: 'https://api.chekt.com/x',
      body: '{}',
      fetch,
      timeout,
      onAttempt: (record) => records.push(record),
      ...more,
    },
    ({ body }) => (body as { result?: string } | undefined)?.result,
  );
  const result = await clock.until(promise.catch((error: unknown) => error));
  const error = result instanceof ChektConnectError ? result : undefined;
  const waits = times.slice(1).map((time, index) => time - times[index]!);
  return { result, error, sent, waits, records, running, traceId, idempotencyKey };
}
const done = json(200, { result: 'done' });
const inUse = json(409, { error: { code: 'idempotency_conflict' } });

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

describe('authorize', () => {
  withClock();

  /** Records why it was called, and returns numbered tokens. */
  function authorizing() {
    const refusals: (Refusal | undefined)[] = [];
    const authorize = (_: AbortSignal, refusal?: Refusal) => {
      refusals.push(refusal);
      return Promise.resolve({ Authorization: `Bearer token-${refusals.length}` });
    };
    return { refusals, authorize };
  }
  const changed = json(409, { error: { code: 'sign_in_changed' } });

  it('is called before every request', async () => {
    const { refusals, authorize } = authorizing();
    const { sent } = await put(['lost', 503, done], { authorize });
    assert.deepEqual(refusals, [undefined, undefined, undefined]);
    assert.equal(sent[2]!.get('Authorization'), 'Bearer token-3');
  });

  for (const [what, refusal, reply] of [
    ['a 401', 'rejected', new Response(null, { status: 401 })],
    ['a 409 sign_in_changed', 'sign-in-changed', changed],
  ] as const) {
    it(`is called once more after ${what}, without a delay`, async () => {
      const { refusals, authorize } = authorizing();
      const { result, waits } = await put([reply, done], { authorize });
      assert.deepEqual([result, refusals, waits], ['done', [undefined, refusal], [0]]);
    });

    it(`is not called again after a second one: ${what}`, async () => {
      const { refusals, authorize } = authorizing();
      const { error } = await put([reply], { authorize });
      assert.deepEqual([error!.status, refusals.length], [reply.status, 2]);
    });

    it(`may be absent, which makes the first one final: ${what}`, async () => {
      assert.equal((await put([reply, done])).sent.length, 1);
    });
  }

  it('is called once more for each kind of refusal', async () => {
    const { refusals, authorize } = authorizing();
    const { result } = await put([401, changed, done], { authorize });
    assert.deepEqual([result, refusals], ['done', [undefined, 'rejected', 'sign-in-changed']]);
  });

  it('does not use up a repeat', async () => {
    const { authorize } = authorizing();
    const { sent } = await put([401, 503], { authorize });
    assert.equal(sent.length, 6);
  });

  it('ends the operation by an error, which gets trace id and outcome and loses its status', async () => {
    const refuse = () =>
      Promise.reject(new ChektConnectError('forbidden', 'No.', { status: 418, apiCode: 'other_account' }));
    const { error, sent, traceId } = await put([done], { authorize: refuse });
    assert.deepEqual(
      [error!.code, error!.apiCode, error!.status, error!.traceId, error!.outcome, sent.length],
      ['forbidden', 'other_account', undefined, traceId, 'not-applied', 0],
    );
  });

  it('leaves the outcome unknown if it throws after a lost answer', async () => {
    let calls = 0;
    const authorize = () =>
      ++calls === 1 ? Promise.resolve({}) : Promise.reject(new ChektConnectError('conflict', 'No.'));
    assert.equal((await put(['lost'], { authorize })).error!.outcome, 'unknown');
  });

  it('is limited by the timeout', async () => {
    const { error } = await put([done], { authorize: () => new Promise(() => {}) }, 2_000);
    assert.deepEqual([error!.code, error!.outcome], ['timeout', 'not-applied']);
  });
});
