import { expect } from '@open-wc/testing';
import { clearTimer, setTimer } from '../../src/timer.js';
import { fakeTime, type FakeTime } from '../element-work/fake-time.js';

describe('the one timer of all elements', () => {
  let clock: FakeTime;
  let rung: string[];
  beforeEach(() => {
    clock = fakeTime();
    rung = [];
  });
  afterEach(() => clock.restore());
  const bell = (name: string) => () => void rung.push(name);
  const pass = (ms: number) => clock.advance(ms, async () => {});

  it('is one timer of the browser, however many wait', async () => {
    for (let ms = 1; ms <= 100; ms += 1) setTimer(bell(`${ms}`), ms * 10);
    expect(clock.pending).to.equal(1);
    await pass(1_000);
    expect(rung).to.deep.equal(Array.from({ length: 100 }, (_, index) => `${index + 1}`));
    expect(clock.pending).to.equal(0);
  });

  it('goes off for those that are due, and not before', async () => {
    setTimer(bell('late'), 50);
    setTimer(bell('early'), 20);
    await pass(19);
    expect(rung).to.deep.equal([]);
    await pass(1);
    expect(rung).to.deep.equal(['early']);
    await pass(29);
    expect(rung).to.deep.equal(['early']);
    await pass(1);
    expect(rung).to.deep.equal(['early', 'late']);
  });

  it('is moved by a callback that waits already, either way', async () => {
    const first = bell('first');
    const second = bell('second');
    setTimer(first, 10);
    setTimer(first, 30);
    setTimer(second, 40);
    setTimer(second, 20);
    await pass(20);
    expect(rung).to.deep.equal(['second']);
    await pass(100);
    expect(rung).to.deep.equal(['second', 'first']);
  });

  it('forgets whom it should, also when that one is due in the same moment', async () => {
    const gone = bell('gone');
    setTimer(() => clearTimer(gone), 10);
    setTimer(gone, 10);
    await pass(100);
    expect(rung).to.deep.equal([]);
    expect(clock.pending).to.equal(0);
  });

  it('leaves nothing behind with the last one, and serves the next', async () => {
    const one = bell('one');
    const other = bell('other');
    setTimer(one, 10);
    setTimer(other, 20);
    clearTimer(one);
    expect(clock.pending).to.equal(1);
    clearTimer(other);
    expect(clock.pending).to.equal(0);
    setTimer(one, 1_000);
    await pass(1_000);
    expect(rung).to.deep.equal(['one']);
  });

  it('is set again when the page has cleared every timer there is', async () => {
    setTimer(bell('lost'), 10);
    for (let timer = 0; timer < 1_000; timer += 1) clearTimeout(timer);
    await pass(20);
    expect(rung).to.deep.equal([]);
    setTimer(bell('next'), 10);
    await pass(10);
    expect(rung).to.deep.equal(['lost', 'next']);
  });

  it('goes on for the others when one of them throws', async () => {
    setTimer(() => {
      throw new Error('mine');
    }, 10);
    setTimer(bell('same'), 10);
    setTimer(bell('later'), 30);
    const failure = await pass(10).catch(({ message }: Error) => message);
    expect(failure).to.equal('mine');
    await pass(30);
    expect(rung).to.deep.equal(['same', 'later']);
  });

  it('can be set again by a callback that it calls', async () => {
    const again = () => {
      rung.push('again');
      if (rung.length < 3) setTimer(again, 10);
    };
    setTimer(again, 10);
    await pass(100);
    expect(rung).to.have.length(3);
    expect(clock.pending).to.equal(0);
  });
});
