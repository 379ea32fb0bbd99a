import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { backgroundOf, contrast } from './contrast.js';
import { arrive, focusedIn, part } from './states.js';

const TEXT = 4.5;
/** WCAG 2.2, 1.4.11: what one needs to find a control or to see its state. */
const GRAPHIC = 3;

for (const scheme of ['light', 'dark'] as const) {
  describe(`in ${scheme}, the default colours`, () => {
    it('show the field and its error', async () => {
      const input = part(await arrive('authorized', { scheme }), 'form-control-input');
      const refused = part(await arrive('no name', { scheme }), 'form-control-input');
      for (const field of [input, refused]) {
        const edge = contrast(getComputedStyle(field).borderTopColor, backgroundOf(field.parentElement));
        expect(edge).to.be.at.least(GRAPHIC);
      }
      expect(getComputedStyle(refused).borderTopColor).not.to.equal(getComputedStyle(input).borderTopColor);
    });

    it('show marks that say more than their colour', async () => {
      for (const [name, selector, sign] of [
        ['connected', 'h2', '✓'],
        ['no rights', '[part~=error] p', '!'],
        ['no name', '[part~=form-control-error]', '!'],
      ] as const) {
        const marked = (await arrive(name, { scheme })).shadowRoot!.querySelector(selector)!;
        const mark = getComputedStyle(marked, '::before');
        expect(mark.content).to.match(new RegExp(`^"${sign}"`));
        expect(contrast(mark.color, backgroundOf(marked))).to.be.at.least(TEXT);
        expect([mark.borderTopStyle, mark.borderTopColor]).to.deep.equal(['solid', mark.color]);
      }
    });

    it('show the edges of an error and of the second button', async () => {
      const error = part(await arrive('no rights', { scheme }), 'error');
      const edge = getComputedStyle(error).borderInlineStartColor;
      expect(contrast(edge, backgroundOf(error.parentElement))).to.be.at.least(GRAPHIC);
      const button = part(await arrive('connected', { scheme }), 'disconnect-button');
      const around = backgroundOf(button.parentElement);
      expect(contrast(getComputedStyle(button).borderTopColor, around)).to.be.at.least(GRAPHIC);
    });

    it('show where the focus is', async () => {
      const element = await arrive('authorized', { scheme });
      part(element, 'form-control-input').focus();
      await sendKeys({ press: 'Tab' });
      const button = part(element, 'connect-button');
      expect(focusedIn(element)).to.equal('connect-button');
      const { outlineStyle, outlineWidth, outlineOffset, outlineColor } = getComputedStyle(button);
      expect([outlineStyle, outlineWidth, outlineOffset]).to.deep.equal(['solid', '3px', '2px']);
      expect(contrast(outlineColor, backgroundOf(button.parentElement))).to.be.at.least(GRAPHIC);
    });

    for (const [name, button] of [
      ['connecting', 'connect-button'],
      ['disconnecting', 'disconnect-button'],
    ] as const) {
      it(`can be read on the button while it is busy: ${name}`, async () => {
        const busy = part(await arrive(name, { scheme }), button);
        const { color, filter } = getComputedStyle(busy);
        const around = backgroundOf(busy.parentElement);
        expect(contrast(color, backgroundOf(busy), around, filter)).to.be.at.least(TEXT);
      });
    }
  });
}
