import { expect } from '@open-wc/testing';
import { exchange, redact, type Answer } from '../../src/http/exchange.js';
import { Deadline, settledBefore, sleep } from '../../src/http/wait.js';
import { createWire, type Answer as Scripted } from '../wire/wire.js';

async function get(answer: Scripted, limit = 5_000, secrets: readonly string[] = []) {
  const wire = await createWire([answer], { ownPort: true });
  const { signal } = new AbortController();
  const got = await exchange((...request) => fetch(...request), wire.baseUrl, {}, signal, limit, secrets);
  await wire.close();
  return got;
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
    expect(await exchange(never, '/', {}, AbortSignal.abort(), 1_000)).to.equal('timeout');
  });

  it('never passes the error of a host’s fetch on', async () => {
    const { signal } = new AbortController();
    for (const failing of [
      () => Promise.reject(new Error('secret')),
      () => {
        throw new Error('secret');
      },
      () => Promise.resolve(undefined as never),
    ])
      expect(await exchange(failing, '/', {}, signal, 1_000)).to.equal('network');
  });

  it('takes secrets out of whatever an answer says', async () => {
    const answer = await get({ json: { a: ['x secret-token-1 y'], b: { c: 'secret-token-1' } } }, 5_000, [
      'secret-token-1',
      'x',
    ]);
    expect(answer).to.deep.include({ body: { a: ['x … y'], b: { c: '…' } } });
    expect(redact('short x', ['x']), 'too short for a secret').to.equal('short x');
  });
});

describe('Deadline', () => {
  it('aborts after its time, with its parent, and at once with a parent that has aborted', async () => {
    const { signal } = new Deadline(1);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    const parent = new AbortController();
    const child = new Deadline(60_000, parent.signal);
    expect(child.signal.aborted).to.equal(false);
    parent.abort();
    expect(child.signal.aborted).to.equal(true);
    expect(new Deadline(60_000, AbortSignal.abort()).signal.aborted).to.equal(true);
  });

  it('knows what still fits', () => {
    const deadline = new Deadline(1_000);
    expect(deadline.fits(500)).to.equal(true);
    expect(deadline.fits(1_001)).to.equal(false);
    expect(deadline.fits(Infinity)).to.equal(false);
    deadline.clear();
  });
});

describe('settledBefore', () => {
  it('does not even start when it is too late', async () => {
    let started = false;
    const start = async () => (started = true);
    await settledBefore(AbortSignal.abort(), start).catch(() => {});
    expect(started).to.equal(false);
  });

  it('rejects with the abort, also for what never settles', async () => {
    const signal = AbortSignal.timeout(5);
    let rejected = false;
    await settledBefore(signal, () => new Promise(() => {})).catch(() => (rejected = true));
    expect(rejected).to.equal(true);
  });

  it('leaves a sleeper no timer', async () => {
    const controller = new AbortController();
    const sleeping = sleep(60_000, controller.signal).catch(() => 'woken');
    controller.abort();
    expect(await sleeping).to.equal('woken');
  });
});
