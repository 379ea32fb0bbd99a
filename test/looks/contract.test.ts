import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { arrive, part, shown, stateNames, type StateName } from '../accessibility/states.js';

/** A part, where it can be seen. */
const parts = {
  base: 'authorizing',
  authorization: 'not signed in',
  'authorize-button': 'not signed in',
  form: 'authorized',
  'form-control-label': 'authorized',
  'form-control-input': 'authorized',
  'form-control-help': 'authorized',
  'form-control-error': 'no name',
  'connect-button': 'authorized',
  error: 'no rights',
  status: 'still connecting',
  binding: 'connected',
  'disconnect-button': 'confirming',
} as const satisfies Record<string, StateName>;

const red = 'rgb(200, 0, 0)';

/** A custom property, and one thing that it changes. */
const properties: Readonly<
  Record<
    string,
    readonly [value: string, state: StateName, selector: string, property: string, computed: string]
  >
> = {
  'color-primary': [red, 'authorized', '[part~=connect-button]', 'background-color', red],
  'color-on-primary': [red, 'authorized', '[part~=connect-button]', 'color', red],
  'color-surface': [red, 'authorized', '.base', 'background-color', red],
  'color-text': [red, 'authorized', 'h2', 'color', red],
  'color-muted': [red, 'authorized', '[part~=form-control-help]', 'color', red],
  'color-border': [red, 'authorized', '[part~=authorization]', 'border-top-color', red],
  'color-danger': [red, 'no rights', '[part~=error]', 'border-left-color', red],
  'color-success': [red, 'connected', 'h2::before', 'color', red],
  'border-radius': ['3px', 'authorized', '[part~=connect-button]', 'border-top-left-radius', '3px'],
  spacing: ['7px', 'authorized', '.base', 'row-gap', '7px'],
  'font-family': ['fantasy', 'authorized', '[part~=form-control-input]', 'font-family', 'fantasy'],
};

function computed({ shadowRoot }: ChektConnectElement, selector: string, property: string): string {
  const [node = '', pseudo] = selector.split('::');
  const style = getComputedStyle(shadowRoot!.querySelector(node)!, pseudo && `::${pseudo}`);
  return style.getPropertyValue(property);
}

describe('what a page can style', () => {
  for (const [name, state] of Object.entries(parts)) {
    it(`::part(${name})`, async () => {
      const element = await arrive(state);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`chekt-connect::part(${name}) { outline: 5px dotted ${red} }`);
      document.adoptedStyleSheets.push(sheet);
      const styled = [...element.shadowRoot!.querySelectorAll<HTMLElement>('*')].filter(
        (node) => getComputedStyle(node).outlineStyle === 'dotted',
      );
      document.adoptedStyleSheets.pop();
      expect(styled.map((node) => node.getAttribute('part')!.split(' ').includes(name))).to.deep.equal([
        true,
      ]);
      expect(styled[0]!.getBoundingClientRect().height).to.be.above(10);
    });
  }

  for (const [name, [value, state, selector, property, expected]] of Object.entries(properties)) {
    it(`--chekt-${name}`, async () => {
      const element = await arrive(state);
      expect(computed(element, selector, property)).not.to.equal(expected);
      // inherited, so that a page can set it for all its elements at once
      element.parentElement!.style.setProperty(`--chekt-${name}`, value);
      expect(computed(element, selector, property)).to.equal(expected);
    });
  }

  it('with a font of its own, or the one around the element', async () => {
    const element = await arrive('authorized', { css: 'font-family: fantasy' });
    for (const node of ['h2', 'input', 'button']) {
      expect(computed(element, node, 'font-family')).to.equal('fantasy');
    }
  });

  it('in light and dark, live', async () => {
    const element = await arrive('authorized', { scheme: 'light' });
    const light = computed(element, '.base', 'background-color');
    element.style.colorScheme = 'dark';
    expect(light).to.equal('rgb(255, 255, 255)');
    expect(computed(element, '.base', 'background-color')).to.equal('rgb(17, 34, 51)');
  });

  it('by its state', async () => {
    const seen = new Set<string>();
    for (const name of stateNames) {
      const element = await arrive(name);
      const matching = [
        'unconfigured',
        'authorizing',
        'unauthorized',
        'unavailable',
        'authorized',
        'connecting',
        'connected',
        'disconnecting',
      ].filter((state) => element.matches(`:state(${state})`));
      expect(matching, name).to.deep.equal([element.state]);
      seen.add(element.state);
    }
    expect(seen.size).to.equal(8);
  }).timeout(30_000);
});

describe('what a page can put inside', () => {
  it('is shown above and below everything', async () => {
    const element = await arrive('authorized');
    element.innerHTML =
      '<b slot="header">Logo</b><a slot="footer" href="#privacy">Privacy</a><i>while loading</i>';
    await shown(element);
    const [header, footer, fallback] = [...element.children].map((child) => child.getBoundingClientRect());
    const heading = element.shadowRoot!.querySelector('h2')!.getBoundingClientRect();
    const form = part(element, 'form').getBoundingClientRect();
    expect(header!.bottom).to.be.at.most(heading.top);
    expect(footer!.top).to.be.at.least(form.bottom);
    expect(fallback!.height).to.equal(0);
  });
});

describe('motion', () => {
  it('there is none, for whoever wants less of it and for everybody else', async () => {
    for (const name of ['authorized', 'connecting', 'connected'] as const) {
      const element = await arrive(name);
      for (const node of element.shadowRoot!.querySelectorAll('*')) {
        const { transitionDuration, animationName } = getComputedStyle(node);
        expect([transitionDuration, animationName]).to.deep.equal(['0s', 'none']);
      }
    }
  });
});
