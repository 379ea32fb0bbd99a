import { expect } from '@open-wc/testing';
import type { GetAccessToken } from '../../src/index.js';
import { catalogue } from './catalogue.js';
import { connected, failed, refusal, success, type Row } from './row.js';
import { frame, type Scene } from './scene.js';
import { textOf } from '../element/fixture.js';
import { words } from './words.js';

/** Expects these tokens to have been sent, in this order. */
const sent =
  (...numbers: number[]): Row['also'] =>
  async ({ puts, token }) =>
    expect((await puts()).map(({ headers }) => headers['authorization'])).to.deep.equal(
      numbers.map((number) => `Bearer ${token(number)}`),
    );

/** Another source, with tokens numbered from 11. */
const another =
  ({ token, asks }: Scene): GetAccessToken =>
  async ({ reason }) =>
    token(asks.push(reason) + 9);

/** The host sets another source and calls connect() in the same task. */
const justBefore = (source: (scene: Scene) => GetAccessToken, attempts = 1): Row['act'] =>
  async function (scene) {
    await scene.element.ready;
    await scene.type('Acme Security');
    scene.element.getAccessToken = source(scene);
    for (let attempt = 0; attempt < attempts; attempt += 1) await scene.element.connect().catch(() => {});
  };

/** A source that is slow: it answers when the test lets it. */
function slow({ token, asks }: Scene) {
  const asked = Promise.withResolvers<void>();
  const answers: (() => void)[] = [];
  const source: GetAccessToken = ({ reason }) => {
    const number = asks.push(reason) + 9;
    asked.resolve();
    return new Promise((resolve) => answers.push(() => resolve(token(number))));
  };
  return { source, asked: asked.promise, answer: () => answers.splice(0).forEach((give) => give()) };
}

catalogue('source changes', [
  {
    name: 'just before Connect: the new source is asked, and what the old one gave is not sent',
    act: justBefore(another),
    asks: ['initial', 'initial'],
    ends: connected,
    also: sent(11),
  },
  {
    name: 'just before Connect, to a token-url',
    host: ({ token }) => ({ getAccessToken: async () => token(1) }),
    act: async ({ element, wire, token, type }) => {
      await element.ready;
      await type('Acme Security');
      await wire.script([
        { path: '/token', json: { access_token: token(11) } },
        { ...success, method: 'PUT' },
      ]);
      Object.assign(element, { getAccessToken: undefined, tokenUrl: `${wire.sameOriginBaseUrl}/token` });
      await element.connect();
    },
    asks: [],
    ends: connected,
    also: sent(11),
  },
  {
    name: 'none, but api-base-url becomes a path: service mode sends no token',
    act: async ({ element, wire, type }) => {
      await element.ready;
      await type('Acme Security');
      element.apiBaseUrl = wire.sameOriginBaseUrl;
      await element.connect();
    },
    asks: ['initial', 'initial', 'initial'],
    ends: connected,
    also: async ({ puts }) => expect((await puts())[0]!.headers['authorization']).to.equal(undefined),
  },
  {
    name: 'none, but api-base-url becomes another origin after service mode: a token is asked for there',
    answers: [success],
    host: ({ wire, token, asks }) => ({
      apiBaseUrl: wire.sameOriginBaseUrl,
      getAccessToken: async ({ reason }) => token(asks.push(reason)),
    }),
    act: async ({ element, wire, type }) => {
      await element.ready;
      await type('Acme Security');
      element.apiBaseUrl = wire.baseUrl;
      await element.connect();
    },
    asks: ['initial', 'initial'],
    ends: connected,
    also: async ({ puts, token }) =>
      expect((await puts())[0]!.headers['authorization']).to.equal(`Bearer ${token(2)}`),
  },
  {
    name: 'just before Connect, and nobody has authorized there: nothing is sent',
    act: justBefore(({ asks }) => async ({ reason }) => {
      asks.push(reason);
      return null;
    }),
    asks: ['initial', 'initial'],
    requests: 0,
    typed: 'Acme Security',
    ends: { ...failed('unauthorized', 'not-applied'), state: 'unauthorized' },
    also: ({ element, events }) => {
      expect(events.find(({ type }) => type === 'chekt-authorization-required')?.detail).to.deep.equal({
        reason: 'missing',
      });
      expect(textOf(element)).to.contain(words('title.unauthorized'));
    },
  },
  {
    name: 'just before Connect, to one that rejects: nothing is sent',
    act: justBefore(({ asks }) => ({ reason }) => {
      asks.push(reason);
      return Promise.reject(new Error('no'));
    }),
    asks: ['initial', 'initial', 'initial'],
    requests: 0,
    ends: failed('network', 'not-applied'),
  },
  {
    name: 'just before Connect, which is refused: the next attempt uses the new source as well',
    answers: [refusal(403, 'refused'), success],
    act: justBefore(another, 2),
    asks: ['initial', 'initial'],
    requests: 2,
    keys: 2,
    endings: 2,
    ends: connected,
    also: sent(11, 11),
  },
  {
    name: 'and the person presses Connect before it has answered',
    act: async (scene) => {
      const { element, press, type } = scene;
      await element.ready;
      await type('Acme Security');
      const { source, asked, answer } = slow(scene);
      element.getAccessToken = source;
      await asked;
      await press('connect-button');
      answer();
    },
    asks: ['initial', 'initial'],
    ends: connected,
    also: sent(11),
  },
  {
    name: 'and an attempt is vetoed during the question: its answer still counts',
    act: async (scene) => {
      const { element, press, type, until } = scene;
      await element.ready;
      await type('Acme Security');
      const { source, asked, answer } = slow(scene);
      element.getAccessToken = source;
      await asked;
      element.addEventListener('chekt-before-connect', (event) => event.preventDefault(), { once: true });
      await press('connect-button');
      await until('the veto', () => element.error?.code === 'vetoed');
      answer();
      await frame();
      await element.connect();
    },
    asks: ['initial', 'initial'],
    endings: 2,
    ends: connected,
    also: sent(11),
  },
  {
    name: 'twice, and the first of them answers last',
    act: async (scene) => {
      const { element, type } = scene;
      await element.ready;
      await type('Acme Security');
      const { source, asked, answer } = slow(scene);
      element.getAccessToken = source;
      await asked;
      element.getAccessToken = another(scene);
      await frame();
      answer();
      await frame();
      await element.connect();
    },
    asks: ['initial', 'initial', 'initial'],
    ends: connected,
    also: sent(12),
  },
  ...(['removed', 'not on the page'] as const).map((where): Row => ({
    name: `${where === 'removed' ? 'just before it is removed' : 'while it is not on the page'}, and it comes back`,
    act: async (scene) => {
      const { element, type, asks } = scene;
      await element.ready;
      await type('Acme Security');
      const { parentElement } = element;
      if (where === 'removed') element.getAccessToken = another(scene);
      element.remove();
      await element.updateComplete;
      await Promise.resolve();
      if (where !== 'removed') element.getAccessToken = another(scene);
      parentElement!.append(element);
      await frame();
      expect(asks, 'asked by itself').to.have.length(2);
      await element.connect();
    },
    asks: ['initial', 'initial'],
    ends: connected,
    also: sent(11),
  })),
  {
    name: 'while it waits for the old one and is not on the page: the old one is not asked again',
    host: ({ asks }) => ({
      getAccessToken: ({ reason }) => {
        asks.push(reason);
        return new Promise(() => {});
      },
    }),
    act: async (scene) => {
      const { element } = scene;
      await element.updateComplete;
      const { parentElement } = element;
      element.remove();
      await Promise.resolve();
      element.getAccessToken = another(scene);
      parentElement!.append(element);
      await element.ready;
      await element.connect('Acme Security');
    },
    asks: ['initial', 'initial'],
    ends: connected,
    also: sent(11),
  },
  {
    name: 'none, but reset() while it is asked: only the answer to the new question counts',
    host: ({ asks, token }) => ({
      getAccessToken: ({ reason }) =>
        asks.push(reason) === 1
          ? new Promise((resolve) => addEventListener('late', () => resolve(null), { once: true }))
          : new Promise((resolve) => addEventListener('soon', () => resolve(token(2)), { once: true })),
    }),
    act: async ({ element }) => {
      await frame();
      element.reset();
      await frame();
      dispatchEvent(new Event('late'));
      await frame();
      expect(element.state).to.equal('authorizing');
      dispatchEvent(new Event('soon'));
      await element.ready;
      await element.connect('Acme Security');
    },
    asks: ['initial', 'initial'],
    ends: connected,
    also: sent(2),
  },
  {
    name: 'while a binding comes: what is signed in afterwards is what is sent',
    answers: [{ status: 204, path: '/partner/v1/dealers/12345/disconnect' }, success],
    act: async (scene) => {
      const { element } = scene;
      await element.ready;
      const { source, asked, answer } = slow(scene);
      element.getAccessToken = source;
      await asked;
      element.binding = { dealerId: 12345, externalDealerId: 'adc-67890', companyName: 'Acme' };
      await element.updateComplete;
      answer();
      await element.disconnect();
      await frame();
      answer();
      await frame();
      await element.connect('Acme Security');
    },
    asks: ['initial', 'initial', 'initial'],
    endings: 2,
    requests: 2,
    keys: 2,
    ends: connected,
    also: async ({ puts, token }) =>
      expect((await puts())[1]!.headers['authorization']).to.equal(`Bearer ${token(12)}`),
  },
]);
