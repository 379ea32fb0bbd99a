import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { arrive, part, shown, stateNames, type StateName } from '../accessibility/states.js';

/** Each part, a state that shows it, and how many there are. */
const parts = {
  base: ['authorizing', 1],
  heading: ['authorized', 1],
  grant: ['authorized', 1],
  authorization: ['authorized', 1],
  form: ['name asked', 1],
  'form-control-label': ['name asked', 1],
  'form-control-input': ['name asked', 1],
  'form-control-help': ['name asked', 1],
  'form-control-error': ['no name', 1],
  button: ['confirming', 2],
  'button-primary': ['authorized', 1],
  'button-secondary': ['confirming', 1],
  'button-danger': ['confirming', 1],
  'authorize-button': ['not signed in', 1],
  'connect-button': ['authorized', 1],
  'disconnect-button': ['connected', 1],
  'keep-button': ['confirming', 1],
  'retry-button': ['unavailable', 1],
  link: ['authorized', 2],
  details: ['connected', 1],
  binding: ['connected', 1],
  confirm: ['confirming', 1],
  status: ['authorized', 1],
  error: ['no rights', 1],
} as const satisfies Record<string, readonly [StateName, number]>;

const red = 'rgb(200, 0, 0)';

/** Each custom property, and one thing that it changes. */
const properties: Readonly<
  Record<
    string,
    readonly [value: string, state: StateName, selector: string, property: string, computed: string]
  >
> = {
  'color-primary': [red, 'authorized', '[part~=connect-button]', 'background-color', red],
  'color-on-primary': [red, 'authorized', '[part~=connect-button]', 'color', red],
  'color-link': [red, 'authorized', '[part~=link]', 'color', red],
  'color-surface': [red, 'authorized', '.base', 'background-color', red],
  'color-text': [red, 'authorized', 'h2', 'color', red],
  'color-muted': [red, 'name asked', '[part~=form-control-help]', 'color', red],
  'color-border': [red, 'authorized', '.base', 'border-top-color', red],
  'color-danger': [red, 'confirming', '[part~=button-danger]', 'background-color', red],
  'color-success': [red, 'connected', '.badge .check', 'color', red],
  'border-radius': ['3px', 'authorized', '.base', 'border-top-left-radius', '3px'],
  'button-radius': ['3px', 'authorized', '[part~=connect-button]', 'border-top-left-radius', '3px'],
  spacing: ['7px', 'authorized', '.base', 'row-gap', '7px'],
  'font-family': ['fantasy', 'name asked', '[part~=form-control-input]', 'font-family', 'fantasy'],
  'font-size': ['21px', 'authorized', '[part~=connect-button]', 'font-size', '21px'],
};

function computed({ shadowRoot }: ChektConnectElement, selector: string, property: string): string {
  const [node = '', pseudo] = selector.split('::');
  const style = getComputedStyle(shadowRoot!.querySelector(node)!, pseudo && `::${pseudo}`);
  return style.getPropertyValue(property);
}

describe('the element', () => {
  for (const [name, [state, count]] of Object.entries(parts)) {
    it(`can be styled by ::part(${name})`, async () => {
      const element = await arrive(state);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`chekt-connect::part(${name}) { outline: 5px dotted ${red} }`);
      document.adoptedStyleSheets.push(sheet);
      const styled = [...element.shadowRoot!.querySelectorAll<HTMLElement>('*')].filter(
        (node) => getComputedStyle(node).outlineStyle === 'dotted',
      );
      document.adoptedStyleSheets.pop();
      expect(styled.map((node) => node.part.contains(name))).to.deep.equal(Array(count).fill(true));
      // the live region is only heard
      const least = name === 'status' ? 0 : 10;
      for (const node of styled) expect(node.getBoundingClientRect().height).to.be.above(least);
    });
  }

  it('has no other parts', async () => {
    const known = new Set<string>(Object.keys(parts));
    for (const name of stateNames) {
      const nodes = (await arrive(name)).shadowRoot!.querySelectorAll('[part]');
      const others = [...nodes].flatMap((node) => [...node.part]).filter((given) => !known.has(given));
      expect(others, name).to.deep.equal([]);
    }
  }).timeout(30_000);

  it('derives muted text, lines and tinted surfaces from the colors of text and surface', async () => {
    const element = await arrive('authorized');
    const shades = () =>
      (
        [
          ['.muted', 'color'],
          ['.tile', 'border-top-color'],
          ['[part~=authorization]', 'background-color'],
        ] as const
      ).map(([selector, property]) => computed(element, selector, property));
    const before = shades();
    element.style.setProperty('--chekt-color-text', 'rgb(0, 80, 0)');
    element.style.setProperty('--chekt-color-surface', 'rgb(255, 255, 200)');
    for (const [at, shade] of shades().entries()) expect(shade).not.to.equal(before[at]);
  });

  for (const [name, [value, state, selector, property, expected]] of Object.entries(properties)) {
    it(`can be styled by --chekt-${name}`, async () => {
      const element = await arrive(state);
      expect(computed(element, selector, property)).not.to.equal(expected);
      // inherited, so that a page can set it for all its elements at once
      element.parentElement!.style.setProperty(`--chekt-${name}`, value);
      expect(computed(element, selector, property)).to.equal(expected);
    });
  }

  it('has the font around it', async () => {
    const element = await arrive('name asked', { css: 'font-family: fantasy' });
    for (const node of ['h2', 'input', 'button']) {
      expect(computed(element, node, 'font-family')).to.equal('fantasy');
    }
  });

  it('follows light and dark at once', async () => {
    const element = await arrive('authorized', { scheme: 'light' });
    const light = computed(element, '.base', 'background-color');
    element.style.colorScheme = 'dark';
    expect(light).to.equal('rgb(255, 255, 255)');
    expect(computed(element, '.base', 'background-color')).to.equal('rgb(23, 25, 30)');
  });

  it('can be matched by :state() in each of its eight states', async () => {
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

describe('the slots', () => {
  it('show a header above and a footer below everything, and a logo in the tile of the platform', async () => {
    const element = await arrive('authorized');
    element.innerHTML =
      '<b slot="header">Logo</b><a slot="footer" href="#privacy">Privacy</a><i>while loading</i><img slot="logo" alt="" width="80" height="20">';
    await shown(element);
    const [header, footer, fallback, logo] = [...element.children].map((child) =>
      child.getBoundingClientRect(),
    );
    const heading = element.shadowRoot!.querySelector('h2')!.getBoundingClientRect();
    const form = part(element, 'form').getBoundingClientRect();
    expect(header!.bottom).to.be.at.most(heading.top);
    expect(footer!.top).to.be.at.least(form.bottom);
    expect(fallback!.height).to.equal(0);
    const [chekt, platform] = [...element.shadowRoot!.querySelectorAll('.tile')].map((tile) =>
      tile.getBoundingClientRect(),
    );
    expect(logo!.left).to.be.within(platform!.left, platform!.right);
    expect(platform!.left).to.be.above(chekt!.right);
    expect(platform!.top).to.be.closeTo(chekt!.top, 1);
  });

  it('show what to do next in the connected state, and not while the element asks for confirmation', async () => {
    const element = await arrive('connected');
    element.innerHTML = '<a slot="next" href="#sites">Choose the sites</a>';
    const next = element.firstElementChild as HTMLElement;
    expect(next.offsetHeight).to.be.above(10);
    expect(next.getBoundingClientRect().bottom).to.be.at.most(
      part(element, 'disconnect-button').getBoundingClientRect().top,
    );
    part(element, 'disconnect-button').click();
    await shown(element);
    expect(next.offsetHeight).to.equal(0);
  });
});

describe('motion', () => {
  it('is limited to the busy mark', async () => {
    for (const name of ['authorized', 'connected', 'connecting', 'authorizing'] as const) {
      const element = await arrive(name);
      const moving: string[] = [];
      for (const node of element.shadowRoot!.querySelectorAll('*')) {
        for (const pseudo of [undefined, '::before'] as const) {
          const { transitionDuration, animationName } = getComputedStyle(node, pseudo);
          expect(transitionDuration).to.equal('0s');
          if (animationName !== 'none') moving.push(animationName);
        }
      }
      const isBusy = name === 'connecting' || name === 'authorizing';
      expect(moving, name).to.deep.equal(isBusy ? ['spin'] : []);
    }
  });
});
