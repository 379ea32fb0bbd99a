import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { dealer, embed, next } from '../element/fixture.js';
import { resetClock, setSpeed } from '../support/clock.js';
import { createWire } from '../wire/wire.js';
import { watchLeaks, type Leaks } from './leaks.js';

/** An authorization of one hour, so that a countdown runs. */
const authorization = async () => ({ access_token: 'token-1', expires_in: 3600 });

const states: Readonly<Record<string, () => Partial<ChektConnectElement>>> = {
  unconfigured: () => ({ externalDealerId: undefined }),
  authorizing: () => ({ getAccessToken: () => new Promise(() => {}) }),
  unauthorized: () => ({ getAccessToken: async () => null }),
  unavailable: () => ({ getAccessToken: () => Promise.reject(new Error('no')) }),
  authorized: () => ({ getAccessToken: authorization }),
  connected: () => ({
    binding: { dealerId: 1, externalDealerId: 'adc-67890', companyName: 'Acme' },
    disconnectBaseUrl: '/chekt',
  }),
};

describe('an element that is removed for good', () => {
  let leaks: Leaks;
  beforeEach(() => {
    leaks = watchLeaks();
  });
  afterEach(() => {
    leaks.stop();
    resetClock();
  });
  const expectNothing = async (element: ChektConnectElement) => {
    await element.updateComplete;
    // aborted work ends a few microtasks later
    await new Promise(requestAnimationFrame);
    expect([...leaks.listeners], 'listeners').to.deep.equal([]);
    expect(leaks.observers.size, 'observers').to.equal(0);
    expect(leaks.timers.size, 'timers').to.equal(0);
  };

  for (const [state, properties] of Object.entries(states)) {
    it(`leaves nothing when it was ${state}, even after many moves`, async () => {
      const { element } = embed(properties());
      if (!['authorizing', 'unconfigured'].includes(state)) await element.ready;
      await element.updateComplete;
      expect(element.state).to.equal(state);
      // so the watch works
      expect(leaks.listeners.size + leaks.observers.size).to.be.above(1);
      const { parentElement } = element;
      for (let move = 0; move < 20; move += 1) parentElement!.append(element);
      await element.updateComplete;
      element.remove();
      await expectNothing(element);
    });
  }

  it('ends its running operation exactly once, and then leaves nothing', async () => {
    setSpeed(2);
    const wire = await createWire([{ json: dealer, hold: true }]);
    const { element, names } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: authorization });
    await element.ready;
    const connecting = element.connect('Acme');
    await wire.waitForRequests(1);
    element.remove();
    const ended = next(element, 'chekt-connected');
    await wire.release();
    await Promise.all([connecting, ended]);
    expect(names().filter((name) => name === 'chekt-connected')).to.have.length(1);
    await wire.waitForEnd();
    await expectNothing(element);
  });

  it('leaves nothing once its running operation has failed after its repeats', async () => {
    setSpeed(50);
    const wire = await createWire([{ status: 503 }]);
    const { element } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: authorization });
    await element.ready;
    const connecting = element.connect('Acme');
    await wire.waitForRequests(1);
    element.remove();
    const error = await connecting.catch((caught: unknown) => caught);
    expect(error).to.include({ outcome: 'unknown' });
    await expectNothing(element);
  });

  it('is not removed by a move, so the host is asked once and its answer is used', async () => {
    const signals: AbortSignal[] = [];
    const answer = Promise.withResolvers<string>();
    const { element } = embed({
      getAccessToken: ({ signal }) => {
        signals.push(signal);
        return answer.promise;
      },
    });
    await element.updateComplete;
    const { parentElement } = element;
    for (let move = 0; move < 5; move += 1) {
      parentElement!.append(element);
      await Promise.resolve();
    }
    answer.resolve('token-1');
    await element.ready;
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([false]);
    expect(element.state).to.equal('authorized');
    element.remove();
    await expectNothing(element);
  });

  it('aborts the signal of an open question, and asks again when it comes back', async () => {
    const signals: AbortSignal[] = [];
    const { element } = embed({
      getAccessToken: ({ signal }) => {
        signals.push(signal);
        return signals.length === 1 ? new Promise(() => {}) : authorization();
      },
    });
    await element.updateComplete;
    const { parentElement } = element;
    element.remove();
    await Promise.resolve();
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true]);
    parentElement!.append(element);
    await element.ready;
    expect(element.state).to.equal('authorized');
    expect(signals).to.have.length(2);
    element.remove();
    await expectNothing(element);
  });

  it('sends no token of a source that was taken away meanwhile', async () => {
    const wire = await createWire([{ json: dealer }]);
    const { element } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: authorization });
    await element.ready;
    element.remove();
    element.getAccessToken = undefined;
    const error = await element.connect('Acme').catch((caught: unknown) => caught);
    expect(error).to.include({ code: 'configuration' });
    expect(await wire.requests()).to.deep.equal([]);
    await expectNothing(element);
  });

  it('asks nobody when its disconnect ends, until it comes back', async () => {
    let asks = 0;
    const wire = await createWire([{ status: 204, hold: true }]);
    const { element } = embed({
      ...states['connected']!(),
      disconnectBaseUrl: wire.sameOriginBaseUrl,
      getAccessToken: () => {
        asks += 1;
        return authorization();
      },
    });
    await element.ready;
    const disconnecting = element.disconnect();
    await wire.waitForRequests(1);
    const { parentElement } = element;
    element.remove();
    await wire.release();
    await disconnecting;
    await expectNothing(element);
    expect([asks, element.state]).to.deep.equal([0, 'unauthorized']);
    parentElement!.append(element);
    await next(element, 'chekt-state-change');
    expect([asks, element.state]).to.deep.equal([1, 'authorized']);
    element.remove();
    await expectNothing(element);
  });

  it('asks nothing and leaves nothing while the host keeps setting its properties', async () => {
    let asks = 0;
    const count = async () => `token-${(asks += 1)}`;
    const { element } = embed({ getAccessToken: count });
    await element.ready;
    element.remove();
    await element.updateComplete;
    element.getAccessToken = () => count();
    await element.updateComplete;
    element.getAccessToken = undefined;
    await element.updateComplete;
    expect(asks).to.equal(1);
    await expectNothing(element);
  });
});
