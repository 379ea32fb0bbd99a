import { expect } from '@open-wc/testing';
import { arrive, part, stateNames, type StateName } from './states.js';

const controls = (root: ShadowRoot) => [...root.querySelectorAll<HTMLElement>('a, button, input')];

describe('a control', () => {
  for (const name of stateNames) {
    it(`is a target of at least 44 by 44 pixels: ${name}`, async () => {
      for (const control of controls((await arrive(name, { width: 320 })).shadowRoot!)) {
        const { width, height } = control.getBoundingClientRect();
        expect(Math.min(width, height), control.innerText || control.localName).to.be.at.least(44);
      }
    });
  }

  it('is native, and has a name of its own', async () => {
    const names: Partial<Record<StateName, readonly string[]>> = {
      authorized: ['Not you? Use another account', 'Connect Northwind Cloud'],
      confirming: ['Disconnect', 'Keep connected'],
    };
    for (const [name, expected] of Object.entries(names)) {
      const buttons = (await arrive(name as StateName)).shadowRoot!.querySelectorAll<HTMLElement>(
        'a, button',
      );
      expect([...buttons].map(({ innerText }) => innerText.trim())).to.deep.equal(expected);
    }
  });
});

describe('the field for the company name', () => {
  it('has its label, its help and text that no phone enlarges', async () => {
    const element = await arrive('authorized', { css: 'font-size: 10px' });
    const input = part<HTMLInputElement>(element, 'form-control-input');
    expect(input.labels![0]!.innerText).to.equal('Company name');
    expect(input.required).to.equal(true);
    expect(input.getAttribute('aria-describedby')).to.contain(part(element, 'form-control-help').id);
    expect(parseFloat(getComputedStyle(input).fontSize)).to.be.at.least(16);
  });

  it('is filled by browsers and left alone by password managers', async () => {
    const input = part<HTMLInputElement>(await arrive('authorized'), 'form-control-input');
    expect([input.type, input.autocomplete]).to.deep.equal(['text', 'organization']);
    expect(input.getAttribute('enterkeyhint')).to.equal('go');
    const ignoredBy = ['data-1p-ignore', 'data-lpignore', 'data-bwignore'];
    expect(ignoredBy.filter((attribute) => !input.hasAttribute(attribute))).to.deep.equal([]);
    expect(input.form!.getAttribute('part')).to.equal('form');
  });
});

describe('headings', () => {
  it('lead from the element to its blocks, without a gap', async () => {
    for (const [name, levels] of [
      ['authorized', ['H2', 'H3', 'H3']],
      ['confirming', ['H2', 'H3']],
    ] as const) {
      const headings = (await arrive(name)).shadowRoot!.querySelectorAll('h1, h2, h3, h4');
      expect([...headings].map(({ tagName }) => tagName)).to.deep.equal(levels);
    }
  });
});
