import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { isTimeout, sleep, untilAborted, withTimeout } from '../../../src/partner-api/timeout.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';

const never = () => new Promise<never>(() => {});
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as Error,
  );

let clock: NodeClock;
const withClock = () => {
  beforeEach(() => (clock = nodeClock()));
  afterEach(() => {
    clock.restore();
    mock.restoreAll();
  });
};

describe('withTimeout', () => {
  withClock();

  it('resolves with the result, be it a promise or not', async () => {
    assert.equal(await withTimeout(1_000, undefined, () => Promise.resolve('came')), 'came');
    assert.equal(await withTimeout(1_000, undefined, () => 'plain'), 'plain');
  });

  it('rejects with the error of the work, unchanged', async () => {
    const bug = new TypeError('A bug.');
    assert.equal(await failure(withTimeout(1_000, undefined, () => Promise.reject(bug))), bug);
    const throwing = () => {
      throw bug;
    };
    assert.equal(await failure(withTimeout(1_000, undefined, throwing)), bug);
  });

  it('rejects with a TimeoutError after its time, even if the work never settles', async () => {
    let signal: AbortSignal | undefined;
    const promise = failure(
      withTimeout(1_000, undefined, (given) => {
        signal = given;
        return never();
      }),
    );
    await clock.advance(950);
    assert.equal(signal!.aborted, false);
    await clock.advance(50);
    const error = await promise;
    assert.ok(error instanceof DOMException && error.name === 'TimeoutError');
    assert.equal(signal!.reason, error);
    assert.equal(isTimeout(signal!.reason), true);
  });

  it('rejects with the reason of its parent as soon as that is aborted, which is not a timeout', async () => {
    const parent = new AbortController();
    const reason = new Error('Nobody waits.');
    let signal: AbortSignal | undefined;
    const promise = failure(
      withTimeout(1_000, parent.signal, (given) => {
        signal = given;
        return never();
      }),
    );
    parent.abort(reason);
    assert.equal(await promise, reason);
    assert.equal(isTimeout(signal!.reason), false);
  });

  it('does not start the work if its parent is already aborted', async () => {
    const run = mock.fn(never);
    const reason = new Error('Nobody waits.');
    assert.equal(await failure(withTimeout(1_000, AbortSignal.abort(reason), run)), reason);
    assert.equal(run.mock.callCount(), 0);
  });

  it('also times out when its parent does', async () => {
    let inner: AbortSignal | undefined;
    const promise = failure(
      withTimeout(1_000, undefined, (outer) =>
        withTimeout(5_000, outer, (given) => {
          inner = given;
          return never();
        }),
      ),
    );
    await clock.advance(1_000);
    assert.equal((await promise)?.name, 'TimeoutError');
    assert.equal(isTimeout(inner!.reason), true);
  });

  it('leaves no timer and no listener behind', async () => {
    const parent = new AbortController();
    const added = mock.method(parent.signal, 'addEventListener');
    const removed = mock.method(parent.signal, 'removeEventListener');
    const cleared = mock.method(globalThis, 'clearTimeout');
    let signal: AbortSignal | undefined;
    await withTimeout(1_000, parent.signal, (given) => {
      signal = given;
      return 'came';
    });
    assert.equal(added.mock.callCount(), 1);
    assert.equal(removed.mock.callCount(), 1);
    assert.equal(cleared.mock.callCount(), 1);
    await clock.advance(2_000);
    assert.equal(signal!.aborted, false);
  });
});

describe('untilAborted', () => {
  withClock();

  it('does not start the work if the signal is already aborted', async () => {
    const run = mock.fn(never);
    await failure(untilAborted(AbortSignal.abort(), run));
    assert.equal(run.mock.callCount(), 0);
  });

  it('removes its listener when the promise settles', async () => {
    const { signal } = new AbortController();
    const removed = mock.method(signal, 'removeEventListener');
    await untilAborted(signal, () => 'came');
    await clock.idle();
    assert.equal(removed.mock.callCount(), 1);
  });
});

describe('sleep', () => {
  withClock();

  it('resolves after its time', async () => {
    let isOver = false;
    void sleep(1_000, new AbortController().signal).then(() => (isOver = true));
    await clock.advance(950);
    assert.equal(isOver, false);
    await clock.advance(50);
    assert.equal(isOver, true);
  });

  it('rejects when its signal is aborted, and leaves no timer behind', async () => {
    const controller = new AbortController();
    const cleared = mock.method(globalThis, 'clearTimeout');
    const promise = failure(sleep(60_000, controller.signal));
    controller.abort(new Error('Nobody waits.'));
    assert.equal((await promise)?.message, 'Nobody waits.');
    assert.equal(cleared.mock.callCount(), 1);
  });
});
