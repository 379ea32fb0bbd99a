import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ChektConnectElement } from '../../src/index.js';
import { backgroundOf, contrast } from './contrast.js';
import { arrive, focusedIn, part, type StateName } from './states.js';

const TEXT = 4.5;
/** The contrast that WCAG 2.2, 1.4.11 requires of graphics that identify a control or its state. */
const GRAPHIC = 3;

const styleOf = (element: Element, pseudo?: string) => getComputedStyle(element, pseudo);
const edgeOf = (element: Element) =>
  contrast(styleOf(element).borderTopColor, backgroundOf(element.parentElement));

/** The contrast of button texts, links and muted texts with their backgrounds. */
function textContrasts(element: ChektConnectElement): [string, number][] {
  for (const details of element.shadowRoot!.querySelectorAll('details')) details.open = true;
  const texts = element.shadowRoot!.querySelectorAll<HTMLElement>(
    '.button, .link, summary, .muted, .bad, .strong, h2, dt, code, input',
  );
  return [...texts]
    .filter((text) => text.checkVisibility() && !text.ariaDisabled)
    .map((text) => [text.outerHTML, contrast(styleOf(text).color, backgroundOf(text))]);
}

const shows: readonly StateName[] = [
  'not signed in',
  'authorized',
  'no name',
  'connected elsewhere',
  'connecting',
  'connected',
  'confirming',
  'disconnecting',
];

for (const scheme of ['light', 'dark'] as const) {
  describe(`the default colors in ${scheme}`, () => {
    for (const name of shows) {
      it(`make every text readable, that of the busy button included: ${name}`, async () => {
        const found = textContrasts(await arrive(name, { scheme }));
        expect(found.length).to.be.at.least(2);
        for (const [text, ratio] of found) expect(ratio, text).to.be.at.least(TEXT);
      });
    }

    it('make the field and its error visible', async () => {
      const input = part(await arrive('name asked', { scheme }), 'form-control-input');
      const refused = part(await arrive('no name', { scheme }), 'form-control-input');
      for (const field of [input, refused]) expect(edgeOf(field)).to.be.at.least(GRAPHIC);
      expect(styleOf(refused).borderTopColor).not.to.equal(styleOf(input).borderTopColor);
      expect([styleOf(input).borderTopWidth, styleOf(refused).borderTopWidth]).to.deep.equal(['1px', '2px']);
    });

    it('make the drawn marks visible', async () => {
      for (const [name, selector] of [
        ['connected', '.badge .check'],
        ['no rights', '[part=error] .alert'],
        ['authorized', 'li .check'],
        ['authorized', '[part=authorization] .person'],
      ] as const) {
        const mark = (await arrive(name, { scheme })).shadowRoot!.querySelector(selector)!;
        const path = mark.querySelector('path')!;
        expect(path.getBoundingClientRect().height, selector).to.be.above(2);
        expect(contrast(styleOf(path).stroke, backgroundOf(mark)), selector).to.be.at.least(GRAPHIC);
      }
    });

    it('make the edge of the secondary button and the danger button visible', async () => {
      const element = await arrive('confirming', { scheme });
      expect(edgeOf(part(element, 'keep-button'))).to.be.at.least(GRAPHIC);
      const danger = part(element, 'disconnect-button');
      const primary = part(await arrive('authorized', { scheme }), 'connect-button');
      expect(styleOf(danger).backgroundColor).not.to.equal(styleOf(primary).backgroundColor);
      const filled = contrast(styleOf(danger).backgroundColor, backgroundOf(danger.parentElement));
      expect(filled).to.be.at.least(GRAPHIC);
    });

    it('make the focus ring visible', async () => {
      const element = await arrive('name asked', { scheme });
      part(element, 'form-control-input').focus();
      await sendKeys({ press: 'Tab' });
      const button = part(element, 'connect-button');
      expect(focusedIn(element)).to.equal('connect-button');
      const { outlineStyle, outlineWidth, outlineOffset, outlineColor } = styleOf(button);
      expect([outlineStyle, outlineWidth, outlineOffset]).to.deep.equal(['solid', '2px', '2px']);
      expect(contrast(outlineColor, backgroundOf(button.parentElement))).to.be.at.least(GRAPHIC);
    });
  });
}

for (const theme of ['material', 'shadcn', 'bootstrap'] as const)
  for (const scheme of ['light', 'dark'] as const)
    describe(`the docs’ theme ${theme} in ${scheme}`, () => {
      const sheet = new CSSStyleSheet();
      before(async () => {
        const css = await fetch(new URL(`../../docs/themes/${theme}.css`, import.meta.url));
        sheet.replaceSync(await css.text());
        document.adoptedStyleSheets.push(sheet);
      });
      after(() => {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      });

      for (const name of shows) {
        it(`makes every text readable: ${name}`, async () => {
          for (const [text, ratio] of textContrasts(await arrive(name, { scheme })))
            expect(ratio, text).to.be.at.least(TEXT);
        });
      }
    });
