import { expect, fixtureSync, html } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { en } from '../../src/element/i18n/en.js';
import { embed, next, textOf } from '../element/fixture.js';
import { languagesAdded } from './languages.js';

const headings = {
  en: en.signInFirst,
  es: 'Inicie sesión como administrador de distribuidor',
  fr: 'Ouvrez une session d’administrateur concessionnaire',
  ko: '딜러 관리자로 로그인해 주세요',
} as const;

const signedOut = async () => null;

/** The displayed text, and the language that a screen reader uses for it. */
async function shown(element: ChektConnectElement) {
  await element.ready;
  // lets mutation observers run
  await null;
  await element.updateComplete;
  const text = textOf(element);
  const [lang] = Object.entries(headings).find(([, heading]) => text.includes(heading)) ?? [];
  return [lang, element.shadowRoot!.querySelector('[part~=base]')!.getAttribute('lang')];
}

function browserSpeaks(language: string): void {
  Object.defineProperty(navigator, 'language', { configurable: true, get: () => language });
}

describe('the displayed language', () => {
  const root = document.documentElement;
  const declared = root.getAttribute('lang');

  before(languagesAdded);
  beforeEach(() => {
    root.removeAttribute('lang');
    browserSpeaks('en-US');
  });
  after(() => {
    delete (navigator as { language?: string }).language;
    if (declared !== null) root.setAttribute('lang', declared);
  });

  it('is that of the nearest lang, and follows it at once', async () => {
    const { element } = embed({ getAccessToken: signedOut });
    expect(await shown(element)).to.deep.equal(['en', 'en-US']);
    root.lang = 'es';
    expect(await shown(element)).to.deep.equal(['es', 'es']);
    element.parentElement!.lang = 'ko';
    expect(await shown(element)).to.deep.equal(['ko', 'ko']);
    element.lang = 'fr';
    root.lang = 'en';
    expect(await shown(element)).to.deep.equal(['fr', 'fr']);
    element.removeAttribute('lang');
    element.parentElement!.removeAttribute('lang');
    expect(await shown(element)).to.deep.equal(['en', 'en']);
  });

  it('is found through shadow roots, and follows a lang there', async () => {
    const outer = fixtureSync<HTMLElement>(html`<div></div>`);
    const middle = document.createElement('section');
    outer.attachShadow({ mode: 'closed' }).append(middle);
    const { element } = embed({ getAccessToken: signedOut });
    middle.attachShadow({ mode: 'open' }).append(element);
    expect(await shown(element)).to.deep.equal(['en', 'en-US']);
    root.lang = 'ko';
    expect(await shown(element)).to.deep.equal(['ko', 'ko']);
    outer.lang = 'es';
    expect(await shown(element)).to.deep.equal(['es', 'es']);
    middle.lang = 'fr';
    expect(await shown(element)).to.deep.equal(['fr', 'fr']);
  });

  it('is that of the element’s new place after a move', async () => {
    const page = fixtureSync<HTMLElement>(
      html`<div>
        <p lang="es"></p>
        <p lang="ko"></p>
      </div>`,
    );
    const { element } = embed({ getAccessToken: signedOut });
    page.firstElementChild!.append(element);
    expect(await shown(element)).to.deep.equal(['es', 'es']);
    page.lastElementChild!.append(element);
    expect(await shown(element)).to.deep.equal(['ko', 'ko']);
    page.lastElementChild!.setAttribute('lang', 'fr');
    expect(await shown(element)).to.deep.equal(['fr', 'fr']);
  });

  for (const [lang, ...expected] of [
    ['fr-CA', 'fr', 'fr-CA'],
    ['FR-ca', 'fr', 'fr-CA'],
    ['es-419', 'es', 'es-419'],
    ['en-GB', 'en', 'en-GB'],
    ['ko-Kore-KR', 'ko', 'ko-Kore-KR'],
    // not available: English, declared as such
    ['de', 'en', 'en'],
    ['fil', 'en', 'en'],
    ['zh-Hant-TW', 'en', 'en'],
    // as some frameworks write it
    ['en_US', 'en', 'en-US'],
    // no language tags at all
    ['!!', 'en', 'en'],
    ['-', 'en', 'en'],
    ['fr-!!', 'fr', 'fr'],
    ['x-klingon', 'en', 'en'],
    ['constructor', 'en', 'en'],
  ] as const) {
    it(`for lang="${lang}" is ${expected[0]}`, async () => {
      const { element } = embed({ lang, getAccessToken: signedOut });
      expect(await shown(element)).to.deep.equal(expected);
      // durations and dates use Intl, which throws for an invalid tag
      element.getAccessToken = async () => ({ access_token: 'abc', expires_in: 200 });
      await next(element, 'chekt-state-change');
      await element.updateComplete;
      expect(textOf(element)).to.contain('4');
    });
  }

  it("is the browser's where none is declared, or the declared one is unknown", async () => {
    browserSpeaks('fr-FR');
    const { element } = embed({ getAccessToken: signedOut });
    expect(await shown(element)).to.deep.equal(['fr', 'fr-FR']);
    element.lang = 'es';
    expect(await shown(element)).to.deep.equal(['es', 'es']);
    element.lang = '';
    expect(await shown(element)).to.deep.equal(['fr', 'fr-FR']);
  });
});
