import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { stubPartnerApi } from '../../src/testing.js';
import { settled, untilState } from '../element/acting.js';
import { embed, textOf } from '../element/fixture.js';
import { runFast } from '../support/clock.js';

const binding = { dealerId: 12345, externalDealerId: 'adc-1', companyName: 'Acme' };

/** A page with `service-url` alone, whose service is then on account adc-2. */
async function pageOf(first: object) {
  const api = stubPartnerApi({ account: { externalDealerId: 'adc-1', accountName: 'Acme', ...first } });
  const properties = { externalDealerId: undefined, platformName: undefined, serviceUrl: '/chekt' };
  const { element } = embed({ ...properties, fetch: api.fetch });
  await element.ready;
  api.account = { ...api.account!, externalDealerId: 'adc-2', accountName: 'Borealis', binding: null };
  return { element, api };
}

async function shown(element: ChektConnectElement, text: string): Promise<void> {
  while (!textOf(element).includes(text)) await settled(element);
}

// docs/recipes.md, "A page that changes the account without a load"
describe('a page that changes the account without a load', () => {
  runFast(20);

  for (const [state, first] of [
    ['authorized', {}],
    ['connected', { binding }],
  ] as const) {
    it(`shows the old account until the element asks again: ${state}`, async () => {
      const { element, api } = await pageOf(first);
      expect(element.state).to.equal(state);
      await settled(element);
      expect(textOf(element)).to.contain('Acme');
      const asked = api.requests.length;
      dispatchEvent(new Event('focus'));
      await shown(element, 'Borealis');
      await untilState(element, 'authorized');
      expect(api.requests.length).to.be.above(asked);
    });

    it(`shows the new account in a new element: ${state}`, async () => {
      const { element, api } = await pageOf(first);
      const next = embed({ externalDealerId: undefined, serviceUrl: '/chekt', fetch: api.fetch });
      element.remove();
      await next.element.ready;
      await next.element.updateComplete;
      expect(textOf(next.element)).to.contain('Borealis');
    });
  }

  it('is told by reset() before a dealer is connected', async () => {
    const { element } = await pageOf({});
    element.reset();
    await shown(element, 'Borealis');
  });

  it('is not told by reset() while one is connected', async () => {
    const { element, api } = await pageOf({ binding });
    const asked = api.requests.length;
    element.reset();
    await settled(element);
    expect(api.requests.length).to.equal(asked);
  });
});
