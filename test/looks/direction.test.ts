import { expect } from '@open-wc/testing';
import '../../src/element/i18n/lang/es.js';
import { arrive, part, place, shown, signIn, stateNames } from '../accessibility/states.js';

/** Texts whose first or last mark is not at the left or right end of its line, although they are read from left to right. */
function reversed(element: HTMLElement): string[] {
  const walker = document.createTreeWalker(element.shadowRoot!.querySelector('.base')!, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  const placeOf = (node: Node, at: number) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const text = node.data;
    const [first, last] = [text.search(/\S/), text.trimEnd().length - 1];
    if (last <= first || !node.parentElement!.checkVisibility() || node.parentElement!.matches('.heard'))
      continue;
    const pairs = [
      ...(/[.?!:…]/.test(text[last]!) ? [[last - 1, last] as const] : []),
      ...(/[¿¡]/.test(text[first]!) ? [[first, first + 1] as const] : []),
    ].map(([left, right]) => [placeOf(node, left), placeOf(node, right)] as const);
    // two characters on one line
    if (pairs.some(([left, right]) => left.top === right.top && left.left > right.left)) found.push(text);
  }
  return found;
}

describe('on a page from right to left, a text from left to right ends at its right', () => {
  const { lang } = document.documentElement;
  afterEach(() => (document.documentElement.lang = lang));
  for (const language of ['en', 'es']) {
    for (const name of stateNames) {
      it(`in ${language}: ${name}`, async () => {
        const element = await arrive(name, { dir: 'rtl', width: 480 });
        document.documentElement.lang = language;
        await shown(element);
        element.requestUpdate();
        await shown(element);
        for (const details of element.shadowRoot!.querySelectorAll('details')) details.open = true;
        expect(reversed(element)).to.deep.equal([]);
      });
    }
  }

  it('when the sign-in is about to end', async () => {
    const getAccessToken = async () => ({ ...signIn, expires_in: 200 });
    const { element } = place({ getAccessToken }, { dir: 'rtl', width: 480 });
    await element.ready;
    await shown(element);
    expect(part(element, 'authorization').innerText).to.match(/\d \w+\.\s*$/);
    expect(reversed(element)).to.deep.equal([]);
  });

  it('and so does what a person types', async () => {
    const element = await arrive('name asked', { dir: 'rtl' });
    const input = part<HTMLInputElement>(element, 'form-control-input');
    for (const [typed, direction] of [
      ['Acme, Inc.', 'ltr'],
      ['', 'rtl'],
      ['אקמי', 'rtl'],
    ] as const) {
      input.value = typed;
      input.dispatchEvent(new Event('input'));
      await shown(element);
      expect(getComputedStyle(input).direction, typed).to.equal(direction);
    }
  });
});
