import { expect } from '@open-wc/testing';
import type { ChektConnectError } from '../../src/index.js';
import type { Answer } from '../wire/wire.js';
import { catalogue } from './catalogue.js';
import { connected, dealer, disconnected, failed, success, type Row } from './row.js';
import type { Scene } from './scene.js';
import { words } from './words.js';

const held: Answer = { ...success, hold: true };

/** Types a name, presses Connect, and lets the host do something during the request. */
const meanwhile =
  (act: (scene: Scene) => unknown): Row['act'] =>
  async (scene) => {
    await scene.element.ready;
    await scene.type('Acme Security');
    await scene.press('connect-button');
    await scene.wire.waitForRequests(1);
    expect(scene.element.state).to.equal('connecting');
    await act(scene);
    await scene.wire.release();
  };

const row = (name: string, act: (scene: Scene) => unknown, more: Partial<Row> = {}): Row => ({
  name,
  answers: [held],
  speed: 2,
  act: meanwhile(act),
  typed: 'Acme Security',
  ends: connected,
  ...more,
});

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: ChektConnectError) => error.code,
  );

catalogue('in flight', [
  row('connect() twice, and during connecting: the same promise, one request', async ({ element }) => {
    const first = element.connect();
    expect(element.connect('Another name')).to.equal(first);
    first.catch(() => {});
  }),
  row('disconnect() during connecting', async ({ element, endings }) => {
    expect(await code(element.disconnect())).to.equal('conflict');
    expect(endings()).to.have.length(0);
  }),
  row('reset() during connecting is ignored', ({ element }) => {
    element.reset();
    expect(element.state).to.equal('connecting');
  }),
  row('every attribute changes: the running operation keeps its own', async ({ element, wire }) => {
    element.setAttribute('api-base-url', wire.otherBaseUrl);
    element.setAttribute('platform-name', 'Another platform');
    element.setAttribute('timeout', '1');
    element.setAttribute('company-name', 'Another company');
    element.setAttribute('disconnect-base-url', '/elsewhere');
    element.disabled = true;
    element.fetch = () => Promise.reject(new Error('not this one'));
    await element.updateComplete;
    element.disabled = false;
  }),
  row('another getAccessToken: the running operation keeps its token', async ({ element, token, asks }) => {
    element.getAccessToken = async ({ reason }) => token(asks.push(reason) + 5);
    await element.updateComplete;
    expect(asks).to.deep.equal(['initial']);
  }),
  row(
    'a bad attribute: reported when the operation has ended',
    async ({ element }) => {
      element.setAttribute('authorize-url', 'javascript:alert(1)');
      await element.updateComplete;
      expect(element.state).to.equal('connecting');
    },
    {
      endings: 2,
      told: 1,
      asks: ['initial'],
      ends: { event: 'chekt-error', state: 'unconfigured', code: 'configuration', outcome: 'not-applied' },
      also: ({ endings }) => expect(endings()[0]!.type).to.equal('chekt-connected'),
    },
  ),
  row('the language changes', async ({ element, text }) => {
    element.setAttribute('lang', 'de');
    await element.updateComplete;
    expect(text()).to.contain(words('connecting'));
  }),
  row('the element moves in the DOM', async ({ element }) => {
    const place = document.body.appendChild(document.createElement('section'));
    place.append(element);
    await element.updateComplete;
    expect(element.state).to.equal('connecting');
  }),
  row('the element moves by moveBefore, where there is one', async ({ element }) => {
    const place = document.body.appendChild(document.createElement('section')) as HTMLElement & {
      moveBefore?(node: Node, child: Node | null): void;
    };
    if (place.moveBefore) place.moveBefore(element, null);
    else place.append(element);
    await element.updateComplete;
  }),
  row('the element is removed and comes back later', async ({ element, wire, until }) => {
    const { parentElement } = element;
    element.remove();
    await wire.release();
    await until('the end', () => element.state === 'connected');
    parentElement!.append(element);
  }),
  row('the element is removed for good', ({ element }) => element.remove(), {
    also: ({ element }) => expect(element.isConnected).to.equal(false),
  }),
  row('the element is adopted by another document', async ({ element }) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    frame.contentDocument!.body.append(element);
    await element.updateComplete;
    expect(element.shadowRoot!.adoptedStyleSheets).to.have.length(1);
  }),
  row(
    'another external-dealer-id: the running operation keeps its own and ends with its own event',
    async ({ element, until, text }) => {
      element.externalDealerId = 'adc-11111';
      await until('the new embed', () => element.state === 'authorized');
      expect(text()).not.to.contain(words('connecting'));
    },
    {
      // the binding belongs to the old embed, so the new one does not show it
      ends: { event: 'chekt-connected', state: 'authorized' },
      typed: '',
      asks: ['initial', 'initial'],
    },
  ),
  {
    name: 'another external-dealer-id before: a new embed, nothing of the old one stays',
    answers: [{ json: { ...dealer, external_dealer_id: 'adc-11111' } }],
    act: async ({ element, type, press, part, until }) => {
      await element.ready;
      await type('The old company');
      element.externalDealerId = 'adc-11111';
      await until('the new embed', () => element.state === 'authorizing');
      await until('its authorization', () => element.state === 'authorized');
      await element.updateComplete;
      expect(part<HTMLInputElement>('form-control-input')!.value).to.equal('');
      await type('Acme Security');
      await press('connect-button');
    },
    ends: connected,
    asks: ['initial', 'initial'],
    also: async ({ puts, element }) => {
      expect(JSON.parse((await puts())[0]!.body)).to.include({ external_dealer_id: 'adc-11111' });
      expect(element.binding?.externalDealerId).to.equal('adc-11111');
    },
  },
  {
    name: 'another external-dealer-id after: the binding is dropped',
    act: async ({ element, until }) => {
      await element.ready;
      await element.connect('Acme Security');
      element.externalDealerId = 'adc-11111';
      await until('the new embed', () => element.state === 'authorized');
      expect(element.binding ?? null).to.equal(null);
    },
    ends: { event: 'chekt-connected', state: 'authorized' },
    asks: ['initial', 'initial'],
  },
  {
    name: 'connect() before the authorization is known: refused, without an event',
    act: async ({ element, endings }) => {
      expect(await code(element.connect('Acme'))).to.equal('unauthorized');
      expect(endings()).to.have.length(0);
      await element.ready;
    },
    ends: { event: 'none', state: 'authorized' },
  },
  {
    name: 'connect() while disabled: refused, without an event',
    host: () => ({ disabled: true }),
    act: async ({ element }) => {
      await element.ready;
      expect(await code(element.connect('Acme'))).to.equal('vetoed');
      expect(await code(element.disconnect())).to.equal('vetoed');
    },
    ends: { event: 'none', state: 'authorized' },
  },
  {
    name: 'connect() when connected already: refused, without an event',
    act: async ({ element }) => {
      await element.ready;
      await element.connect('Acme');
      expect(await code(element.connect('Acme'))).to.equal('conflict');
    },
    ends: connected,
  },
  {
    name: 'connect() and disconnect() one right after the other',
    answers: [success, { status: 204, path: '/partner/v1/dealers/12345/disconnect' }],
    act: async ({ element }) => {
      await element.ready;
      await element.connect('Acme');
      expect(await code(element.disconnect())).to.equal('none');
    },
    ends: { ...disconnected, state: 'authorized' },
    endings: 2,
    requests: 2,
    keys: 2,
  },
  {
    name: 'a method that fails: the promise carries the error of the event',
    answers: [{ status: 403 }],
    act: async ({ element, lastError }) => {
      await element.ready;
      const error = await element.connect('Acme Security').catch((caught: unknown) => caught);
      expect(error).to.equal(lastError());
      expect(element.error).to.equal(error);
    },
    typed: 'Acme Security',
    ends: failed('forbidden', 'not-applied'),
  },
]);
