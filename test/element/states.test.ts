import { expect } from '@open-wc/testing';
import type { ChektConnectElement, ConnectState } from '../../src/index.js';
import { runFast } from '../support/clock.js';
import { createWire, type Answer } from '../wire/wire.js';
import { binding, failure, hearConsole, part, settled, success, type } from './acting.js';
import { embed } from './fixture.js';

/** Every state. A new one does not compile until it is added here. */
const states = Object.keys({
  unconfigured: true,
  authorizing: true,
  unauthorized: true,
  unavailable: true,
  authorized: true,
  connecting: true,
  connected: true,
  disconnecting: true,
} satisfies Record<ConnectState, true>);

/** The custom states that currently match in CSS. */
const shown = (element: Element) => states.filter((state) => element.matches(`:state(${state})`));

async function page(answers: readonly Answer[], properties: Partial<ChektConnectElement> = {}) {
  const wire = await createWire(answers);
  const shownPage = embed({
    apiBaseUrl: wire.baseUrl,
    disconnectBaseUrl: wire.sameOriginBaseUrl,
    getAccessToken: async () => 'secret-token-1',
    ...properties,
  });
  await shownPage.element.ready;
  const walk = () =>
    shownPage.events
      .filter(({ type: name }) => name === 'chekt-state-change')
      .map(({ detail }) => `${detail.previousState} → ${detail.state}`);
  return { ...shownPage, wire, walk };
}

describe('the states', () => {
  runFast(4);
  hearConsole();

  it('follow the documented order, from the start to a disconnect', async () => {
    const { element, walk } = await page([success, { status: 204 }]);
    await element.connect('Acme');
    await element.disconnect();
    expect(walk()).to.deep.equal([
      'unconfigured → authorizing',
      'authorizing → authorized',
      'authorized → connecting',
      'connecting → connected',
      'connected → disconnecting',
      'disconnecting → authorized',
    ]);
  });

  it('go from disconnecting to unauthorized if no authorization is known', async () => {
    const { element, walk, events } = await page([{ status: 204 }], { binding });
    await element.disconnect();
    expect(walk().at(-1)).to.equal('disconnecting → unauthorized');
    expect(events.map(({ type: name }) => name).slice(-3)).to.deep.equal([
      'chekt-state-change',
      'chekt-authorization-required',
      'chekt-disconnected',
    ]);
  });

  for (const [name, source, state] of [
    ['null', async () => null, 'unauthorized'],
    ['a rejection', () => Promise.reject(new Error('no')), 'unavailable'],
  ] as const)
    it(`go from authorizing to ${state} after ${name}`, async () => {
      const { walk } = await page([success], { getAccessToken: source });
      expect(walk()).to.deep.equal(['unconfigured → authorizing', `authorizing → ${state}`]);
    });

  it('return to authorized after a failed connect, with the error and the form unchanged', async () => {
    const { element, walk } = await page([{ status: 403 }]);
    await type(element, '  Acme  ');
    const error = await failure(element.connect());
    await element.updateComplete;
    expect(walk().slice(-2)).to.deep.equal(['authorized → connecting', 'connecting → authorized']);
    expect(element.error).to.equal(error);
    expect(part<HTMLInputElement>(element, 'form-control-input')!.value).to.equal('  Acme  ');
  });

  it('return to connected after a failed disconnect, with the error', async () => {
    const { element, walk } = await page([{ status: 403 }], { binding });
    const error = await failure(element.disconnect());
    expect(walk().slice(-2)).to.deep.equal(['connected → disconnecting', 'disconnecting → connected']);
    expect(element.error).to.equal(error);
  });

  it('reset `error` to null when the next attempt starts', async () => {
    const { element } = await page([{ status: 403 }, success]);
    await failure(element.connect('Acme'));
    const errors: unknown[] = [];
    element.addEventListener('chekt-state-change', () => errors.push(element.error));
    await element.connect();
    expect(errors).to.deep.equal([null, null]);
  });

  it('reset `error` to null when the faulty attribute is corrected', async () => {
    const { element } = await page([success], { authorizeUrl: 'javascript:1' });
    expect(element.state).to.equal('unconfigured');
    expect(element.error?.code).to.equal('configuration');
    element.removeAttribute('authorize-url');
    Object.assign(element, { authorizeUrl: undefined });
    await element.updateComplete;
    expect(element.error).to.equal(null);
    await settled(element);
    expect(element.state).to.equal('authorized');
  });
});

describe('each state is a custom state for CSS', () => {
  runFast(4);
  hearConsole();

  it('even before the element is on a page', () => {
    const element = document.createElement('chekt-connect');
    expect(shown(element)).to.deep.equal(['unconfigured']);
  });

  it('even if the element is configured wrongly', async () => {
    const { element } = await page([success], { authorizeUrl: 'javascript:1' });
    expect(shown(element)).to.deep.equal(['unconfigured']);
  });

  it('and always matches `state`, even when its event is dispatched', async () => {
    const wire = await createWire([success, { status: 204 }]);
    const seen: string[] = [];
    const element = document.createElement('chekt-connect');
    element.addEventListener('chekt-state-change', ({ detail }) => {
      expect(shown(element)).to.deep.equal([detail.state]);
      expect(element.state).to.equal(detail.state);
      seen.push(detail.state);
    });
    Object.assign(element, {
      externalDealerId: 'adc-67890',
      apiBaseUrl: wire.baseUrl,
      disconnectBaseUrl: wire.sameOriginBaseUrl,
      getAccessToken: async () => 'secret-token-1',
    });
    document.body.append(element);
    await element.ready;
    await element.connect('Acme');
    await element.disconnect();
    element.getAccessToken = async () => null;
    await settled(element);
    element.reset();
    await settled(element);
    element.getAccessToken = () => Promise.reject(new Error('no'));
    element.reset();
    await settled(element);
    expect(new Set(seen)).to.deep.equal(new Set(states.slice(1)));
    element.remove();
  });
});
