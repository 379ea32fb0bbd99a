import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { settled } from '../element/acting.js';
import { arrive, part, shown, stateNames, type StateName } from './states.js';

const controls = (root: ShadowRoot) =>
  [...root.querySelectorAll<HTMLElement>('a, button, input, summary')].filter((control) =>
    control.checkVisibility(),
  );

describe('a control', () => {
  for (const name of stateNames) {
    it(`is a target of at least 44 by 44 pixels: ${name}`, async () => {
      for (const control of controls((await arrive(name, { width: 320 })).shadowRoot!)) {
        const { width, height } = control.getBoundingClientRect();
        expect(Math.min(width, height), control.innerText || control.localName).to.be.at.least(44);
      }
    });
  }

  it('is a native element with a unique accessible name', async () => {
    const names: Partial<Record<StateName, readonly string[]>> = {
      authorized: ['Change', 'Connect CHeKT', 'Use another account'],
      'no rights': ['Details for support', 'Copy', 'Use another account'],
      'connected elsewhere': ['Details for support', 'Copy', 'Use another account'],
      connected: ['Company details', 'Disconnect'],
      confirming: ['Keep connected', 'Disconnect'],
    };
    for (const [name, expected] of Object.entries(names)) {
      const buttons = (await arrive(name as StateName)).shadowRoot!.querySelectorAll<HTMLElement>(
        'a, button, summary',
      );
      expect([...buttons].map(({ textContent }) => textContent!.trim())).to.deep.equal(expected);
    }
  });
});

describe('the field for the company name', () => {
  it('has a label, help, and text large enough that no phone zooms in', async () => {
    const element = await arrive('name asked', { css: 'font-size: 10px' });
    const input = part<HTMLInputElement>(element, 'form-control-input');
    expect(input.labels![0]!.innerText).to.equal('Company name');
    expect(input.required).to.equal(true);
    expect(input.getAttribute('aria-describedby')).to.contain(part(element, 'form-control-help').id);
    expect(parseFloat(getComputedStyle(input).fontSize)).to.be.at.least(16);
  });

  it('is filled in by browsers and ignored by password managers', async () => {
    const input = part<HTMLInputElement>(await arrive('name asked'), 'form-control-input');
    expect([input.type, input.autocomplete]).to.deep.equal(['text', 'organization']);
    expect([input.getAttribute('enterkeyhint'), input.autocapitalize]).to.deep.equal(['go', 'words']);
    const ignoredBy = ['data-1p-ignore', 'data-lpignore', 'data-bwignore'];
    expect(ignoredBy.filter((attribute) => !input.hasAttribute(attribute))).to.deep.equal([]);
    expect(input.form!.getAttribute('part')).to.equal('form');
  });
});

describe('headings', () => {
  const levels = (element: ChektConnectElement) =>
    [...element.shadowRoot!.querySelectorAll('h2, h3')].map(
      (heading) => heading.getAttribute('aria-level') ?? heading.tagName.slice(1),
    );

  it('start at the level that the page sets, and skip none down to the question', async () => {
    for (const [given, expected] of [
      [undefined, ['2', '3']],
      [1, ['1', '2']],
      [5, ['5', '6']],
    ] as const) {
      const element = await arrive('confirming');
      element.headingLevel = given!;
      await shown(element);
      await settled(element);
      expect(levels(element)).to.deep.equal(expected);
    }
  });

  it('give the element’s group its name', async () => {
    for (const name of ['authorized', 'connected'] as const) {
      const base = part(await arrive(name), 'base');
      const heading = base.querySelector(`#${base.getAttribute('aria-labelledby')}`)!;
      expect([base.getAttribute('role'), heading.getAttribute('part')]).to.deep.equal(['group', 'heading']);
    }
  });
});
