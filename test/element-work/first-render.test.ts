import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { binding } from '../element/acting.js';
import { nextTask, renderInNextTask } from '../../src/view/first-render.js';
import { embed } from '../element/fixture.js';
import { watchDom } from './dom-work.js';

const token = { access_token: 'token-1', name: 'Dana Reyes' };

/** An element on the page, and what has changed in it until it was rendered. */
async function rendered(getAccessToken: ChektConnectElement['getAccessToken']) {
  const element = document.createElement('chekt-connect');
  Object.assign(element, { externalDealerId: 'adc-67890', getAccessToken });
  const dom = watchDom(element);
  document.body.append(element);
  await element.updateComplete;
  const changes = dom.take();
  dom.stop();
  return { element, changes };
}

describe('the first render', () => {
  for (const [title, getAccessToken] of [
    ['at once', async () => token],
    [
      'after some promises of its own',
      async () => {
        for (let turn = 0; turn < 10; turn += 1) await null;
        return token;
      },
    ],
  ] as const)
    it(`is the only one when the host answers ${title}`, async () => {
      const { element, changes } = await rendered(getAccessToken);
      expect(element.shadowRoot!.querySelector('form')).to.not.equal(null);
      // all of it was put in as a whole
      for (const { target } of changes) expect(target).to.equal(element.shadowRoot);
      expect(changes).to.not.deep.equal([]);
      element.remove();
    });

  it('says that the sign-in is checked when that takes longer, and does not wait for a frame', async () => {
    const { promise, resolve } = Promise.withResolvers<typeof token>();
    let hasPainted = false;
    requestAnimationFrame(() => (hasPainted = true));
    const { element } = await rendered(() => promise);
    expect(hasPainted).to.equal(false);
    expect(element.state).to.equal('authorizing');
    expect(element.shadowRoot!.textContent).to.contain('Checking your sign-in…');
    resolve(token);
    await element.ready;
    await element.updateComplete;
    expect(element.shadowRoot!.textContent).to.contain('Dana Reyes');
    element.remove();
  });

  it('has what was set before the upgrade, as it is when the script comes after the page', async () => {
    const elsewhere = document.implementation.createHTMLDocument();
    const element = elsewhere.createElement('chekt-connect');
    Object.assign(element, { externalDealerId: 'adc-67890', getAccessToken: async () => token });
    expect(element.shadowRoot).to.equal(null);
    document.body.append(element);
    const dom = watchDom(element);
    await element.updateComplete;
    const targets = dom.take().map(({ target }) => target);
    dom.stop();
    expect(element.state).to.equal('authorized');
    expect(new Set(targets)).to.deep.equal(new Set([element.shadowRoot]));
    element.remove();
  });

  it('is not waited for to read what the host sets meanwhile: a binding', async () => {
    const { element, names } = embed({ getAccessToken: async () => null });
    element.binding = await Promise.resolve(binding);
    await element.updateComplete;
    expect(element.state).to.equal('connected');
    expect(names()).to.deep.equal(['chekt-state-change', 'chekt-state-change', 'chekt-ready']);
  });

  it('is not waited for to read what the host sets meanwhile: another external-dealer-id', async () => {
    const { element, events } = embed({
      getAccessToken: async () => ({ ...token, name: element.externalDealerId }),
    });
    await Promise.resolve();
    await Promise.resolve();
    element.externalDealerId = 'adc-11111';
    const told: unknown[] = [];
    element.addEventListener('chekt-ready', () => told.push(element.authorization?.name));
    await element.ready;
    await element.updateComplete;
    expect(told).to.deep.equal(['adc-11111']);
    expect(events.filter(({ type }) => type === 'chekt-ready')).to.have.length(1);
  });
});

describe('the first render of what is in the page already', () => {
  const { requestAnimationFrame: realFrame, scheduler } = window;
  afterEach(() =>
    Object.assign(window, { requestAnimationFrame: realFrame, ...(scheduler && { scheduler }) }),
  );
  /** Some turns more than a host is waited for. */
  const turns = async () => {
    for (let turn = 0; turn < 100; turn += 1) await null;
  };
  const start = () => {
    renderInNextTask();
    return embed({ getAccessToken: async () => token });
  };
  const isRendered = ({ shadowRoot }: ChektConnectElement) => !!shadowRoot!.querySelector('.base');

  if (scheduler)
    it('comes in the next task, and all else is there before it', async () => {
      const { element, names } = start();
      await turns();
      expect(isRendered(element)).to.equal(false);
      expect(element.state).to.equal('authorized');
      expect(names()).to.include('chekt-ready');
      await element.updateComplete;
      expect(isRendered(element)).to.equal(true);
      expect(nextTask).to.equal(undefined);
      // whoever comes later does not wait
      const { element: later } = embed({ getAccessToken: async () => token });
      await turns();
      expect(isRendered(later)).to.equal(true);
    });

  it('comes where there are no frames: in a hidden tab', async () => {
    window.requestAnimationFrame = () => 0;
    const { element } = start();
    await element.updateComplete;
    expect(isRendered(element)).to.equal(true);
  });

  it('comes in the next frame at the latest, so that no frame is empty', async () => {
    if (scheduler) Object.assign(window, { scheduler: { postTask: () => new Promise(() => {}) } });
    const { element } = start();
    await new Promise(requestAnimationFrame);
    await turns();
    expect(isRendered(element)).to.equal(true);
  });

  it('comes at once on a page that has something else by the name of scheduler', async () => {
    Object.defineProperty(window, 'scheduler', { configurable: true, writable: true, value: { yield() {} } });
    const { element } = start();
    await turns();
    expect(isRendered(element)).to.equal(true);
    Reflect.deleteProperty(window, 'scheduler');
  });

  it('comes at once in a browser that has no tasks of the page', async () => {
    Reflect.deleteProperty(window, 'scheduler');
    expect('scheduler' in window).to.equal(false);
    const { element } = start();
    await turns();
    expect(isRendered(element)).to.equal(true);
  });
});
