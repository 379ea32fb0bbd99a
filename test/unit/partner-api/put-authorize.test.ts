import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChektConnectError } from '../../../src/partner-api/errors.js';
import { type Refusal } from '../../../src/partner-api/put-until-settled.js';
import { done, json, put, withClock } from './put.js';

describe('authorize of a PUT', () => {
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
