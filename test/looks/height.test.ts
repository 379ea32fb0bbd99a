import { expect } from '@open-wc/testing';
import type { TokenResponse } from '../../src/index.js';
import { place, shown, signIn } from '../accessibility/states.js';

const LINE = 24;

const outcomes: Readonly<Record<string, () => Promise<TokenResponse | null>>> = {
  unauthorized: async () => null,
  authorized: async () => signIn,
  unavailable: () => Promise.reject(new Error()),
};

describe('from the first render to the answer, nothing jumps', () => {
  for (const width of [320, 360, 480, 900]) {
    for (const [state, answer] of Object.entries(outcomes)) {
      it(`at ${width} pixels, when it is ${state}`, async () => {
        const { promise, resolve } = Promise.withResolvers<void>();
        const { element } = place({ getAccessToken: () => promise.then(answer) }, { width });
        await shown(element);
        const placeOf = () => {
          const top = element.getBoundingClientRect().top;
          const sentence = element.shadowRoot!.querySelector('.sentence')!.getBoundingClientRect();
          return { height: element.offsetHeight, sentence: sentence.top - top };
        };
        const before = placeOf();
        expect(before.height).to.be.above(400);
        resolve();
        await element.ready;
        await shown(element);
        expect(element.state).to.equal(state);
        const after = placeOf();
        expect(Math.abs(after.height - before.height), 'the height').to.be.at.most(LINE);
        expect(Math.abs(after.sentence - before.sentence), 'the sentence').to.be.at.most(LINE);
      });
    }
  }

  it('when the host gives a binding at once', async () => {
    const binding = { dealerId: 12345, externalDealerId: 'adc-67890', companyName: 'Acme' };
    const { element } = place({ binding }, { width: 480 });
    await shown(element);
    const height = element.offsetHeight;
    await element.ready;
    await shown(element);
    expect([element.state, element.offsetHeight]).to.deep.equal(['connected', height]);
  });
});

describe('the room that docs/appearance.md reserves until the script has run', () => {
  // a container query in place of the page's media query: a test cannot set the screen's width in every engine
  const rule = `
    .reserved { display: block; min-block-size: 42rem }
    @container (width >= 24rem) { .reserved { min-block-size: 37.5rem } }
    @container (width >= 26.8rem) { .reserved { min-block-size: 34rem } }`;

  for (const width of [320, 344, 360, 400, 430, 480, 640, 900]) {
    it(`is right to within one line at ${width} pixels`, async () => {
      const { element } = place({ getAccessToken: () => new Promise(() => {}) }, { width });
      await shown(element);
      const page = element.parentElement!;
      page.style.containerType = 'inline-size';
      const reserved = page.appendChild(document.createElement('div'));
      reserved.className = 'reserved';
      page.appendChild(document.createElement('style')).textContent = rule;
      expect(Math.abs(reserved.offsetHeight - element.offsetHeight)).to.be.at.most(LINE);
    });
  }
});
