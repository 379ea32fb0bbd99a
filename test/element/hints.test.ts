import { expect, fixture } from '@open-wc/testing';
import '../../src/define.js';
import type { ChektConnectElement } from '../../src/index.js';

/** The warnings on the console while this markup is on the page. */
async function hintsOf(markup: string): Promise<string[]> {
  const told: string[] = [];
  const { warn, error } = console;
  console.warn = (...values: unknown[]) => told.push(values.map(String).join(' '));
  console.error = () => {};
  try {
    const parent = await fixture<HTMLElement>(`<div>${markup}</div>`);
    for (const element of parent.querySelectorAll<ChektConnectElement>('chekt-connect')) {
      await element.updateComplete;
    }
  } finally {
    Object.assign(console, { warn, error });
  }
  return told;
}

const tag = (attributes: string, inside = '') => `<chekt-connect ${attributes}>${inside}</chekt-connect>`;

describe('a hint on the console', () => {
  for (const [name, markup, says] of [
    // react/react #29037
    ['a binding that became text', tag('binding="[object Object]"'), 'binding="[object'],
    // react/react #29037, Esri/calcite-design-system #7226, vuejs/docs #1972, angular/angular #15900
    ['disabled="false"', tag('disabled="false"'), 'disabled="false" disables'],
    // paulirish/lite-youtube-embed #50
    [
      'a tag that swallowed the page',
      tag('', '<main><p>The page</p></main>'),
      'the rest of the page is inside',
    ],
    ['camel case', tag('externalDealerId="adc-1"'), 'did you mean external-dealer-id?'],
    ['underscores', tag('platform_name="Northwind"'), 'did you mean platform-name?'],
    ['-uri instead of -url', tag('authorize-uri="/sign-in"'), 'did you mean authorize-url?'],
  ] as const)
    it(`says what to do about ${name}, once`, async () => {
      const told = await hintsOf(markup + markup);
      expect(told).to.have.length(1);
      expect(told[0]).to.contain('<chekt-connect>').and.to.contain(says);
      expect(await hintsOf(markup)).to.deep.equal([]);
    });

  it('is not given for global attributes, slots and the fallback content', async () => {
    const markup = tag(
      'class="card" id="chekt" data-url="/x" aria-label="CHeKT" lang="en" hidden disabled heading-level="3"',
      '<p>Connecting to CHeKT needs JavaScript.</p><img slot="header" alt=""><footer slot="footer">Help</footer>',
    );
    expect(await hintsOf(markup)).to.deep.equal([]);
  });
});
