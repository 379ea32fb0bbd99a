import { expect } from '@open-wc/testing';
import { arrive, part, shown, stateNames, type StateName } from '../accessibility/states.js';
import { brokenWords, overflowing } from './overflow.js';

describe('nothing is wider than the element', () => {
  // 320 CSS pixels are a window of 1,280 at 400 %
  for (const width of [240, 320, 900]) {
    for (const name of stateNames) {
      it(`at ${width} pixels: ${name}`, async () => {
        expect(overflowing(await arrive(name, { width }))).to.deep.equal([]);
      });
    }
  }
});

describe('nothing is wider than the element, at 320 pixels with the text at 200 %', () => {
  before(() => (document.documentElement.style.fontSize = '200%'));
  after(() => document.documentElement.removeAttribute('style'));
  const names: readonly StateName[] = ['not signed in', 'authorized', 'no rights', 'connected', 'confirming'];
  for (const name of names) {
    it(name, async () => {
      const element = await arrive(name, { width: 320 });
      expect(getComputedStyle(element.shadowRoot!.querySelector('.base')!).fontSize).to.equal('30px');
      expect(overflowing(element)).to.deep.equal([]);
    });

    it(`no word is broken, at 320 and 360 pixels: ${name}`, async () => {
      for (const width of [320, 360]) {
        const element = await arrive(name, { width });
        const texts = element.shadowRoot!.querySelectorAll('.tile, h2, h3, p, li, .button');
        expect([...texts].flatMap(brokenWords), `${width}`).to.deep.equal([]);
      }
    });
  }

  it('the mark of the busy button stays round when the text beside it wraps', async () => {
    const element = await arrive('connecting', { width: 320 });
    element.messages = { connecting: 'Connecting the company to the platform' };
    await shown(element);
    const { width, height } = getComputedStyle(part(element, 'connect-button'), '::before');
    expect(width).to.equal(height);
  });
});

describe('in a flex row', () => {
  it('the element is as wide as its content, and no wider than the row', async () => {
    for (const width of [240, 900]) {
      const element = await arrive('authorized', { width, css: 'display: flex' });
      expect(element.offsetWidth).to.be.at.least(240);
      expect(element.offsetWidth).to.be.at.most(width);
      expect(overflowing(element)).to.deep.equal([]);
    }
  });
});

describe('with the text spacing of WCAG 1.4.12', () => {
  const spacing = new CSSStyleSheet();
  spacing.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }`);
  for (const name of stateNames) {
    it(`nothing is cut off or sticks out: ${name}`, async () => {
      const element = await arrive(name, { width: 320 });
      element.shadowRoot!.adoptedStyleSheets.push(spacing);
      expect(getComputedStyle(element.shadowRoot!.querySelector('h2')!).letterSpacing).not.to.equal('normal');
      expect(overflowing(element)).to.deep.equal([]);
    });
  }
});
