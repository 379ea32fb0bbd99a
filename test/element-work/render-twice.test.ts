import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { dealer, embed } from '../element/fixture.js';
import { createWire } from '../wire/wire.js';
import { watchDom } from './dom-work.js';

const binding = {
  dealerId: 1,
  externalDealerId: 'adc-67890',
  companyName: 'Acme',
  connectedAt: '2025-01-02',
};
const token = async () => ({ access_token: 'token-1', expires_in: 2520, name: 'Dana Reyes' });

const states: Readonly<Record<string, () => Partial<ChektConnectElement>>> = {
  unconfigured: () => ({ timeout: -1 }),
  authorizing: () => ({ getAccessToken: () => new Promise(() => {}) }),
  unauthorized: () => ({ getAccessToken: async () => null, authorizeUrl: '/authorize' }),
  unavailable: () => ({ getAccessToken: () => Promise.reject(new Error('no')) }),
  authorized: () => ({ getAccessToken: token, platformScope: 'read:sites create:sites odd' }),
  connected: () => ({ binding, disconnectBaseUrl: '/chekt' }),
};

/** Renders again without changes, like a host that sets the same values again. */
async function renderAgain(element: ChektConnectElement): Promise<MutationRecord[]> {
  await element.updateComplete;
  const dom = watchDom(element);
  for (let time = 0; time < 2; time += 1) {
    element.requestUpdate();
    await element.updateComplete;
  }
  const changes = dom.take();
  dom.stop();
  return changes;
}

describe('a state that is rendered again', () => {
  for (const [state, properties] of Object.entries(states)) {
    it(`changes nothing in the DOM when it is ${state}`, async () => {
      const { element } = embed(properties());
      if (state !== 'authorizing') await element.ready;
      await element.updateComplete;
      expect(element.state).to.equal(state);
      expect(await renderAgain(element)).to.deep.equal([]);
    });
  }

  it('changes nothing in the DOM while it connects, nor once it has', async () => {
    const wire = await createWire([{ json: dealer, hold: true }]);
    const { element } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: token });
    await element.ready;
    const connecting = element.connect('Acme');
    await wire.waitForRequests(1);
    expect(element.state).to.equal('connecting');
    expect(await renderAgain(element)).to.deep.equal([]);
    await wire.release();
    await connecting;
    expect(await renderAgain(element)).to.deep.equal([]);
  });

  it('changes nothing in the DOM below an error', async () => {
    const wire = await createWire([
      { status: 403, json: { error: { code: 'permission_denied', request_id: 'r-1' } } },
    ]);
    const { element } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: token });
    await element.ready;
    await element.connect('Acme').catch(() => {});
    expect(element.error?.code).to.equal('forbidden');
    expect(await renderAgain(element)).to.deep.equal([]);
  });

  it('would be noticed by this test if it changed something', async () => {
    const { element } = embed(states['authorized']!());
    await element.ready;
    await element.updateComplete;
    const dom = watchDom(element);
    element.messages = { connect: 'Go' };
    await element.updateComplete;
    expect(dom.take()).to.have.length.above(0);
    dom.stop();
  });
});
