import { expect } from '@open-wc/testing';
import { arrive, part, type StateName } from '../accessibility/states.js';
import { overflowing } from './overflow.js';

/** Elements without a text are not displayed. */
const EMPTY = 'p:empty, ul:not(:has(li))';
/** Elements that are folded, drawn, or have no text of their own. */
const UNSEEN = '.heard, slot, wbr, path, details > :not(summary), details > :not(summary) *';

const hostile = {
  'unsets everything': `
    * { all: unset; display: flex; font-size: 3px !important }
    head, style, script { display: none }
    button, input, section, form, h2, p { display: none !important }
    [hidden] { display: flex }`,
  'sets all that is inherited': `
    * { visibility: collapse; line-height: 0; letter-spacing: 1em; word-spacing: 2em; text-indent: -99em; text-transform: uppercase;
        text-align: center; white-space: pre; word-break: break-all; font-style: italic; font-weight: 900; font-size: 1px;
        cursor: none; pointer-events: none; color: #fff; list-style: none; border-collapse: collapse; text-shadow: 0 0 9px;
        writing-mode: vertical-rl }`,
} as const;

const names: readonly StateName[] = [
  'not signed in',
  'authorized',
  'no name',
  'connected just now',
  'confirming',
];

for (const [title, css] of Object.entries(hostile)) {
  describe(`on a page whose style sheet ${title}`, () => {
    const sheet = new CSSStyleSheet();
    before(() => {
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    });
    after(() => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    });

    for (const name of names) {
      it(`the element can be read and used: ${name}`, async () => {
        const element = await arrive(name, { width: 480, css: 'writing-mode: horizontal-tb' });
        const inner = [...element.shadowRoot!.querySelectorAll<HTMLElement>('.base *')].filter(
          (node) =>
            !node.matches(UNSEEN) && !node.closest(EMPTY) && (node.textContent || node.matches('input, svg')),
        );
        for (const node of element.shadowRoot!.querySelectorAll(EMPTY))
          expect(node.getClientRects().length, node.outerHTML).to.equal(0);
        for (const node of inner) {
          const style = getComputedStyle(node);
          expect(parseFloat(style.fontSize), node.outerHTML).to.be.at.least(14);
          expect(parseFloat(style.lineHeight) / parseFloat(style.fontSize)).to.be.at.least(1.15);
          expect(
            [
              style.visibility,
              style.letterSpacing,
              style.textTransform,
              style.whiteSpace,
              style.pointerEvents,
            ],
            node.outerHTML,
          ).to.deep.equal(['visible', 'normal', 'none', 'normal', 'auto']);
          expect(node.offsetHeight || node.getBoundingClientRect().height, node.outerHTML).to.be.above(10);
        }
        for (const button of element.shadowRoot!.querySelectorAll('a, button')) {
          expect(button.getBoundingClientRect().height).to.be.within(44, 100);
        }
        expect(overflowing(element)).to.deep.equal([]);
      });
    }

    it('the live region stays invisible', async () => {
      const status = part(await arrive('connected just now'), 'status');
      expect(status.offsetHeight).to.equal(1);
      expect(getComputedStyle(status).clipPath).to.equal('inset(50%)');
    });

    it('a hidden element is hidden', async () => {
      const element = await arrive('connected');
      element.hidden = true;
      expect(part(element, 'base').getBoundingClientRect().height).to.equal(0);
    });
  });
}
