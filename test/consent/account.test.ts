import { expect } from '@open-wc/testing';
import type { ChektConnectElement, ConnectState } from '../../src/index.js';
import { ACCOUNT, connects, dana, page, read, signIn, Source } from './support.js';

const NAME = 'Acme, Springfield branch';

type Reach = (more: Partial<ChektConnectElement>) => Promise<ChektConnectElement>;

/** Brings an element into each state and keeps it there. Only a wrong configuration has no account to show. */
const states: Readonly<Record<Exclude<ConnectState, 'unconfigured'>, Reach>> = {
  unauthorized: async (more) => (await page('browser', new Source(null), [], more)).element,
  unavailable: async (more) => (await page('browser', new Source(new Error('no')), [], more)).element,
  authorized: async (more) => (await page('browser', new Source(signIn('browser', dana)), [], more)).element,
  async authorizing(more) {
    const source = new Source(signIn('browser', dana));
    const { element } = await page('browser', source, [], more);
    source.hold();
    element.reset();
    return element;
  },
  async connecting(more) {
    const { element } = await page(
      'browser',
      new Source(signIn('browser', dana)),
      [{ ...connects(), hold: true }],
      more,
    );
    void element.connect('Acme').catch(() => {});
    return element;
  },
  async connected(more) {
    const { element } = await page('browser', new Source(signIn('browser', dana)), [connects()], more);
    await element.connect('Acme');
    return element;
  },
  async disconnecting(more) {
    const { element, wire } = await page('browser', new Source(signIn('browser', dana)), [connects()], more);
    await element.connect('Acme');
    await wire.script([{ method: 'PUT', status: 204, hold: true }]);
    void element.disconnect().catch(() => {});
    return element;
  },
};

describe('the account that gets connected', () => {
  for (const [state, reach] of Object.entries(states)) {
    it(`is shown by its name in the state ${state}`, async () => {
      const element = await reach({ accountName: NAME });
      expect(element.state).to.equal(state);
      expect(await read(element)).to.contain(NAME);
    });

    it(`is shown by its id in the state ${state} if it has no name`, async () => {
      const element = await reach({});
      expect(element.state).to.equal(state);
      expect(await read(element)).to.contain(ACCOUNT);
    });
  }

  it('follows the attribute', async () => {
    const { element } = await page('browser', new Source(signIn('browser', dana)), []);
    element.setAttribute('account-name', NAME);
    expect(await read(element)).to.contain(NAME);
    element.removeAttribute('account-name');
    expect(await read(element))
      .to.contain(ACCOUNT)
      .and.not.to.contain(NAME);
  });
});
