import { expect } from '@open-wc/testing';
import { resetClock, setRealTimeout, setSpeed, skip } from './clock.js';

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const reallyAfter = (ms: number) => new Promise<void>((resolve) => setRealTimeout(resolve, ms));

describe('the clock of a test', () => {
  afterEach(resetClock);

  it('speeds up timers and clocks by the same factor', async () => {
    setSpeed(100);
    const [start, date, real] = [performance.now(), Date.now(), reallyAfter(2_000).then(() => 'too slow')];
    const result = await Promise.race([after(10_000).then(() => 'fast'), real]);
    expect(result).to.equal('fast');
    expect(performance.now() - start).to.be.within(10_000, 60_000);
    expect(Date.now() - date).to.be.within(9_999, 60_000);
    expect(+new Date() - Date.now()).to.be.within(-1_000, 1_000);
    expect(new Date(2026, 0).getFullYear()).to.equal(2026);
    expect(new Date()).to.be.an.instanceof(Date);
  });

  it('never shows a timer a time before it is due', async () => {
    setSpeed(1_000);
    for (let timer = 0; timer < 50; timer += 1) {
      const due = performance.now() + 777.7;
      await after(777.7);
      expect(performance.now()).to.be.at.least(due);
    }
  });

  it('applies a new speed and a skip to the timers that are waiting', async () => {
    const order: string[] = [];
    const both = Promise.all([
      after(60_000).then(() => order.push('later')),
      after(50_000).then(() => order.push('sooner')),
    ]);
    const never = setTimeout(() => order.push('cleared'), 40_000);
    clearTimeout(never);
    skip(45_000);
    await reallyAfter(20);
    expect(order).to.deep.equal([]);
    skip(5_000);
    await reallyAfter(20);
    expect(order).to.deep.equal(['sooner']);
    setSpeed(1_000);
    await both;
    expect(order).to.deep.equal(['sooner', 'later']);
  });

  it('leaves waiting timers their remaining time when it returns to real time', async () => {
    let rung = false;
    setTimeout(() => (rung = true), 60_000);
    skip(59_900);
    resetClock();
    await reallyAfter(10);
    expect(rung).to.equal(false);
    await reallyAfter(150);
    expect(rung).to.equal(true);
  });

  it('repeats an interval until it is cleared', async () => {
    setSpeed(100);
    const started = Date.now();
    let count = 0;
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        count += 1;
        if (count < 5) return;
        clearInterval(timer);
        resolve();
      }, 1_000);
    });
    expect(Date.now() - started).to.be.at.least(4_900);
    await after(3_000);
    expect(count).to.equal(5);
  });

  it('ends AbortSignal.timeout, with a TimeoutError, and a fetch with it', async () => {
    setSpeed(100);
    const signal = AbortSignal.timeout(60_000);
    expect(signal.aborted).to.equal(false);
    const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
    skip(60_000);
    await aborted;
    expect([signal.aborted, (signal.reason as Error).name]).to.deep.equal([true, 'TimeoutError']);
    const error = await fetch('/', { signal }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    // WebKit at times rejects with an AbortError of its own instead of the reason
    expect((error as Error).name).to.be.oneOf(['TimeoutError', 'AbortError']);
  });
});
