import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { binding } from '../element/acting.js';
import { embed } from '../element/fixture.js';
import { watchDom } from './dom-work.js';

const token = { access_token: 'token-1', name: 'Dana Reyes' };
const isRendered = ({ shadowRoot }: ChektConnectElement) => !!shadowRoot?.querySelector('.base');

/** Makes the page look as if it were loading, as for a script in its head. */
function loading(): () => void {
  Object.defineProperty(document, 'readyState', { configurable: true, value: 'interactive' });
  return () => Reflect.deleteProperty(document, 'readyState');
}

describe('the first render', () => {
  it('says that the sign-in is being checked until the host answers', async () => {
    let answer!: (response: typeof token) => void;
    const { element } = embed({ getAccessToken: () => new Promise((resolve) => (answer = resolve)) });
    await element.updateComplete;
    expect(element.state).to.equal('authorizing');
    expect(element.shadowRoot!.textContent).to.contain('Checking your sign-in…');
    answer(token);
    await element.ready;
    await element.updateComplete;
    expect(element.shadowRoot!.textContent).to.contain('Dana Reyes');
  });

  it('shows what was set before the upgrade, as when the script runs after the page has loaded', async () => {
    const elsewhere = document.implementation.createHTMLDocument();
    const element = elsewhere.createElement('chekt-connect');
    Object.assign(element, { externalDealerId: 'adc-67890', getAccessToken: async () => token });
    expect(element.shadowRoot).to.equal(null);
    document.body.append(element);
    await element.ready;
    expect(element.state).to.equal('authorized');
    element.remove();
  });

  it('does not delay reading a binding that the host sets meanwhile', async () => {
    const { element, names } = embed({ getAccessToken: async () => null });
    element.binding = await Promise.resolve(binding);
    await element.updateComplete;
    expect(element.state).to.equal('connected');
    expect(names()).to.deep.equal(['chekt-state-change', 'chekt-state-change', 'chekt-ready']);
  });

  it('does not delay reading another external-dealer-id that the host sets meanwhile', async () => {
    const { element, events } = embed({
      getAccessToken: async () => ({ ...token, name: element.externalDealerId }),
    });
    element.externalDealerId = 'adc-11111';
    const told: unknown[] = [];
    element.addEventListener('chekt-ready', () => told.push(element.authorization?.name));
    await element.ready;
    await element.updateComplete;
    expect(told).to.deep.equal(['adc-11111']);
    expect(events.filter(({ type }) => type === 'chekt-ready')).to.have.length(1);
  });
});

describe('the first render while the page loads', () => {
  it('waits for the end of the running task, while everything else is ready before', async () => {
    const loaded = loading();
    const { element, names } = embed({ getAccessToken: async () => token });
    const dom = watchDom(element);
    for (let turn = 0; turn < 100; turn += 1) await null;
    expect(isRendered(element)).to.equal(false);
    expect(element.state).to.equal('authorized');
    expect(names()).to.include('chekt-ready');
    loaded();
    await element.updateComplete;
    expect(isRendered(element)).to.equal(true);
    // a host that has the token at hand gets one complete render
    for (const { target } of dom.take()) expect(target).to.equal(element.shadowRoot);
    dom.stop();
  });

  it('is what updateComplete waits for, also if it is read before the first update', async () => {
    const loaded = loading();
    const { element } = embed({ getAccessToken: async () => token });
    await element.updateComplete;
    expect(isRendered(element)).to.equal(true);
    loaded();
  });

  it('is not delayed once the page has loaded', async () => {
    const { element } = embed({ getAccessToken: async () => token });
    for (let turn = 0; turn < 100; turn += 1) await null;
    expect(isRendered(element)).to.equal(true);
  });
});
