import { expect } from '@open-wc/testing';
import type { GetAccessToken } from '../../src/index.js';
import { catalogue } from './catalogue.js';
import { connected, unavailable, type Row } from './row.js';
import { frame, type Scene } from './scene.js';

/**
 * A host that renders faster than it answers: each render sets a new function, which answers three renders
 * later.
 */
function rendering(
  name: string,
  answer: (scene: Scene, number: number) => string | null | Promise<never>,
  more: Partial<Row>,
): Row {
  let asks = 0;
  const waiting: (() => void)[] = [];
  let scene: Scene;
  const inline: GetAccessToken = () => {
    const number = (asks += 1);
    return new Promise((resolve) => waiting.push(() => resolve(answer(scene, number))));
  };
  return {
    name: `another function on each render, faster than it answers: ${name}`,
    host: () => ({ getAccessToken: (...request) => inline(...request) }),
    act: async (given) => {
      scene = given;
      const { element, until } = scene;
      let renders = 0;
      for (; renders < 20 && ['unconfigured', 'authorizing'].includes(element.state); renders += 1) {
        element.getAccessToken = (...request) => inline(...request);
        await frame();
        if (renders > 2) waiting.shift()?.();
      }
      await until('an answer that counts', () => element.state === more.ends?.state);
      expect(renders, 'renders until an answer counts').to.be.below(20);
      // once the host stops rendering, the element stops asking
      while (waiting.length) {
        waiting.shift()!();
        await frame();
      }
      expect(asks, 'questions').to.be.within(2, renders + 1);
    },
    asks: [],
    ends: connected,
    ...more,
  };
}

catalogue('every render', [
  rendering('authorized', ({ token }, number) => token(number), {
    ends: { event: 'none', state: 'authorized' },
    also: async ({ element, puts, token, asks }) => {
      // the newest function is the one whose token counts
      element.getAccessToken = async () => token(99);
      await element.connect('Acme');
      expect((await puts()).at(-1)?.headers['authorization']).to.equal(`Bearer ${token(99)}`);
      expect(asks).to.deep.equal([]);
    },
  }),
  rendering('not authorized', () => null, { ends: { event: 'none', state: 'unauthorized' } }),
  rendering('it rejects', () => Promise.reject(new Error('no')), { ends: unavailable('network') }),
  {
    name: 'another token-url on each render, faster than it answers',
    answers: [{ json: { access_token: 'not-asked' }, delayMs: 300 }],
    host: ({ wire }) => ({ getAccessToken: undefined, tokenUrl: `${wire.sameOriginBaseUrl}/token?render=0` }),
    act: async ({ element, wire }) => {
      let isReady = false;
      void element.ready.then(() => (isReady = true));
      for (let renders = 1; renders < 200 && !isReady; renders += 1) {
        element.tokenUrl = `${wire.sameOriginBaseUrl}/token?render=${renders}`;
        await frame();
      }
      expect(element.state, 'the state while it renders').to.equal('authorized');
    },
    asks: [],
    ends: { event: 'none', state: 'authorized' },
  },
]);
