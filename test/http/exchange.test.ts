import { expect } from '@open-wc/testing';
import { exchange, type Answer } from '../../src/http/exchange.js';
import { Deadline, sleep } from '../../src/http/wait.js';
import { fakeTime } from '../element-work/fake-time.js';
import { createWire, type Answer as Scripted } from '../wire/wire.js';

async function get(answer: Scripted, limit = 5_000) {
  const wire = await createWire([answer], { ownPort: true });
  const parent = new Deadline(60_000);
  const got = await exchange((...request) => fetch(...request), wire.baseUrl, {}, parent, limit);
  parent.clear();
  await wire.close();
  return got;
}

function ended(): Deadline {
  const deadline = new Deadline(60_000);
  deadline.abort();
  return deadline;
}

describe('exchange', () => {
  it('gives status, headers and parsed body', async () => {
    const answer = (await get({ status: 429, headers: { 'Retry-After': '7' }, json: { a: 1 } })) as Answer;
    expect(answer).to.deep.include({ status: 429, body: { a: 1 } });
    expect(answer.headers.get('Retry-After')).to.equal('7');
  });

  it('gives no body where there is none that can be read', async () => {
    for (const body of ['', '<p>Busy</p>', '{', 'undefined'])
      expect(await get({ status: 503, body })).to.deep.include({ status: 503, body: undefined });
  });

  it('does not follow a redirect: status 0', async () => {
    expect(await get({ redirect: 'same-origin' })).to.include({ status: 0 });
  });

  it('reads no more than 64 kB', async () => {
    const huge = await get({ json: { a: 1 }, fault: { kind: 'huge', megabytes: 5 } });
    expect(huge).to.deep.include({ status: 200, body: undefined });
    const long = 'x'.repeat(60 * 1024);
    expect(await get({ json: long })).to.deep.include({ body: long });
  });

  it('says `network` when nothing comes', async () => {
    expect(await get({ fault: { kind: 'reset', at: 'after-request-recorded' } })).to.equal('network');
  });

  it('has no body of a success that breaks off, even where the engine takes that for an end', async () => {
    const answer = await get({ json: { a: 1 }, fault: { kind: 'truncated' } });
    if (answer !== 'network') expect((answer as Answer).body).to.equal(undefined);
  });

  it('keeps the status of a refusal that breaks off', async () => {
    const answer = await get({ status: 403, json: { a: 1 }, fault: { kind: 'truncated' } });
    expect(answer).to.deep.include({ status: 403, body: undefined });
  });

  it('says `timeout` when it takes too long, and when the parent aborts', async () => {
    expect(await get({ fault: { kind: 'stall', at: 'before-headers' } }, 100)).to.equal('timeout');
    expect(await get({ json: { a: 1 }, fault: { kind: 'stall', at: 'after-headers' } }, 100)).to.equal(
      'timeout',
    );
    const never = () => new Promise<Response>(() => {});
    expect(await exchange(never, '/', {}, ended(), 1_000)).to.equal('timeout');
  });

  it('never passes the error of a host’s fetch on', async () => {
    const parent = new Deadline(60_000);
    for (const failing of [
      () => Promise.reject(new Error('secret')),
      () => {
        throw new Error('secret');
      },
      () => Promise.resolve(undefined as never),
    ])
      expect(await exchange(failing, '/', {}, parent, 1_000)).to.equal('network');
    parent.clear();
  });
});

describe('Deadline', () => {
  it('ends after its time, with its parent, and at once with a parent that has ended', async () => {
    const { signal } = new Deadline(1);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    const parent = new Deadline(60_000);
    const child = new Deadline(60_000, parent);
    const { signal: before } = child;
    expect([child.hasEnded, before.aborted]).to.deep.equal([false, false]);
    parent.abort();
    expect([child.hasEnded, before.aborted]).to.deep.equal([true, true]);
    expect(new Deadline(60_000, parent).hasEnded).to.equal(true);
  });

  it('has a signal that has aborted for those who ask late, and the same one for each', () => {
    const late = ended();
    expect(late.signal.aborted).to.equal(true);
    expect(late.signal).to.equal(late.signal);
  });

  it('does not end with its parent once it is cleared', () => {
    const parent = new Deadline(60_000);
    const child = new Deadline(60_000, parent);
    child.clear();
    parent.abort();
    expect(child.hasEnded).to.equal(false);
  });

  it('knows what still fits', () => {
    const deadline = new Deadline(1_000);
    expect(deadline.fits(500)).to.equal(true);
    expect(deadline.fits(1_001)).to.equal(false);
    expect(deadline.fits(Infinity)).to.equal(false);
    deadline.clear();
  });

  it('does not even start what is too late', async () => {
    let started = false;
    const start = async () => (started = true);
    const result = await ended()
      .settle(start)
      .catch(() => 'rejected');
    expect([result, started]).to.deep.equal(['rejected', false]);
  });

  it('rejects with its end, also what never settles', async () => {
    let rejected = false;
    await new Deadline(5).settle(() => new Promise(() => {})).catch(() => (rejected = true));
    expect(rejected).to.equal(true);
  });

  it('takes what is no promise, as a fetch of a test may give', async () => {
    const deadline = new Deadline(60_000);
    expect(await deadline.settle(() => 'plain' as never)).to.equal('plain');
    deadline.clear();
  });

  it('gives what came before its end', async () => {
    const deadline = new Deadline(60_000);
    expect(await deadline.settle(async () => 'came')).to.equal('came');
    const failing = deadline.settle(() => Promise.reject(new Error('failed')));
    expect(await failing.catch(({ message }: Error) => message)).to.equal('failed');
    deadline.clear();
  });

  it('leaves a sleeper no timer', async () => {
    const clock = fakeTime();
    try {
      const deadline = new Deadline(60_000);
      const sleeping = sleep(60_000, deadline).catch(() => 'woken');
      deadline.abort();
      expect(await sleeping).to.equal('woken');
      expect(clock.pending).to.equal(0);
    } finally {
      clock.restore();
    }
  });
});
