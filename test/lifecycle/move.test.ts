import { expect } from '@open-wc/testing';
import { ChektConnectElement } from '../../src/index.js';
import { en } from '../../src/element/i18n/en.js';
import { embed, textOf } from '../element/fixture.js';

type Mover = HTMLElement & { moveBefore?(node: Node, child: Node | null): void };

/** A place in a language, on the page or in a shadow tree, and the element that declares the language. */
function place(lang: string, isInShadow: boolean) {
  const declares = document.createElement('section');
  // set before the section is on the page, so that no observer sees a change
  declares.lang = lang;
  document.body.append(declares);
  const to = isInShadow
    ? declares.attachShadow({ mode: 'open' }).appendChild(document.createElement('p'))
    : declares;
  return { declares, to: to as Mover };
}

/** Moves the element with moveBefore if the engine has it. */
function move(element: HTMLElement, to: Mover): void {
  if (to.moveBefore) to.moveBefore(element, null);
  else to.append(element);
}

describe('an element that is moved by moveBefore', () => {
  const root = document.documentElement;
  const { lang } = root;
  before(() => ChektConnectElement.addMessages('nl', { ...en, connect: 'Connect here' }));
  beforeEach(() => {
    root.lang = 'en';
  });
  after(() => {
    root.lang = lang;
  });

  /** Resolves after the observer's microtask and the render that follows it. */
  const rendered = async (element: ChektConnectElement) => {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await element.updateComplete;
    return textOf(element);
  };

  for (const isInShadow of [false, true])
    it(`speaks the language of its new place${isInShadow ? ' in a shadow tree' : ''}, also when that changes`, async () => {
      const { element } = embed({ getAccessToken: async () => 'token-1' });
      await element.ready;
      expect(await rendered(element)).not.to.contain('Connect here');
      const { declares, to } = place('nl', isInShadow);
      move(element, to);
      expect(await rendered(element)).to.contain('Connect here');
      declares.lang = 'en';
      expect(await rendered(element)).not.to.contain('Connect here');
      if (isInShadow) to.lang = 'nl';
      else declares.lang = 'nl';
      expect(await rendered(element)).to.contain('Connect here');
      declares.remove();
    });

  it('keeps its state and what was typed, and asks nobody again', async () => {
    let asks = 0;
    const { element, names } = embed({ getAccessToken: async () => `token-${(asks += 1)}` });
    await element.ready;
    await rendered(element);
    const field = element.shadowRoot!.querySelector('input')!;
    field.value = 'Acme';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    const before = names();
    const { declares, to } = place('nl', false);
    move(element, to);
    await rendered(element);
    expect([asks, element.state, field.value]).to.deep.equal([1, 'authorized', 'Acme']);
    expect(names()).to.deep.equal(before);
    declares.remove();
  });
});

describe('an element that is put into the document of a frame', () => {
  /** A frame's document, and an element that was made in this one. */
  async function framed() {
    const frame = document.createElement('iframe');
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    document.body.append(frame);
    if (frame.contentDocument?.readyState !== 'complete') await loaded;
    const element = document.createElement('chekt-connect') as ChektConnectElement;
    Object.assign(element, { externalDealerId: 'adc-67890', getAccessToken: async () => 'token-1' });
    return { frame, element };
  }

  for (const isShownBefore of [false, true])
    it(`is shown there, with its styles${isShownBefore ? ', also after it was on this page' : ', before it was on any page'}`, async () => {
      const { frame, element } = await framed();
      if (isShownBefore) {
        document.body.append(element);
        await element.ready;
      }
      frame.contentDocument!.body.append(element);
      await element.ready;
      await element.updateComplete;
      expect(textOf(element)).to.contain('Company name');
      const base = element.shadowRoot!.querySelector('[part~=base]')!;
      expect(frame.contentWindow!.getComputedStyle(base).display).to.equal('grid');
      frame.remove();
    });
});
