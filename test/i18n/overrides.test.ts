import { expect } from '@open-wc/testing';
import { ChektConnectElement, type Messages } from '../../src/index.js';
import { en } from '../../src/element/i18n/en.js';
import { embed, textOf } from '../element/fixture.js';
import { languagesAdded } from './languages.js';

const signedOut = async () => null;
const authorized = async () => ({ access_token: 'abc', expires_in: 2520 });

async function shown(element: ChektConnectElement): Promise<string> {
  await element.ready;
  await element.updateComplete;
  return textOf(element);
}

describe('messages', () => {
  before(languagesAdded);

  it('replaces a text, with its values, and leaves the others in the language', async () => {
    const { element } = embed({ lang: 'fr', getAccessToken: authorized });
    element.messages = { connect: '{platform}: on y va' };
    expect(await shown(element))
      .to.contain('Northwind Cloud: on y va')
      .and.contain('Nom de l’entreprise');
    element.messages = undefined;
    expect(await shown(element))
      .to.contain('Connecter CHeKT')
      .and.not.contain('on y va');
  });

  it('accepts values of wrong types from a page without types', async () => {
    const messages = { companyName: 42, connect: null, nothing: 'x' } as unknown as Partial<Messages>;
    const { element } = embed({ getAccessToken: authorized, messages });
    expect(await shown(element))
      .to.contain('42')
      .and.contain('Connect CHeKT');
  });

  it('shows mark-up as text', async () => {
    const { element } = embed({
      getAccessToken: signedOut,
      messages: { signInFirst: '<img src=x onerror=alert(1)>' },
    });
    expect(await shown(element)).to.contain('<img src=x onerror=alert(1)>');
    expect(element.shadowRoot!.querySelector('img')).to.equal(null);
  });

  it('inserts a value unchanged, whatever it contains', async () => {
    const { element } = embed({ platformName: '$& {company} {platform}', getAccessToken: authorized });
    expect(await shown(element)).to.contain('Connect CHeKT to $& {company} {platform}');
  });

  it('wins over a language that is added later', async () => {
    const { element } = embed({ lang: 'nl', getAccessToken: signedOut, messages: { signInFirst: 'Stap 1' } });
    expect(await shown(element)).to.contain('Stap 1');
    ChektConnectElement.addMessages('nl', { ...en, signInHelp: 'Uw aanmelding', signInFirst: 'Anders' });
    expect(await shown(element))
      .to.contain('Uw aanmelding')
      .and.contain('Stap 1')
      .and.not.contain('Anders');
  });
});

describe('addMessages', () => {
  it('adds a language with a region, for that region', async () => {
    ChektConnectElement.addMessages('pt-BR', { ...en, notYou: 'Seu login' });
    const { element } = embed({ lang: 'pt-br', getAccessToken: authorized });
    expect(await shown(element)).to.contain('Seu login');
    element.lang = 'pt';
    await null;
    expect(await shown(element)).to.contain('Not you?');
  });

  it('takes an incomplete language from a page without types, and fills it with English', async () => {
    ChektConnectElement.addMessages('da', { signInHelp: 'Din konto' } as Messages);
    const { element } = embed({ lang: 'da', getAccessToken: signedOut });
    expect(await shown(element))
      .to.contain('Din konto')
      .and.contain(en.signInFirst);
  });
});

describe('right to left', () => {
  const arabic: Partial<Messages> = {
    heading: 'ربط CHeKT بـ {platform}',
    notYou: 'لست أنت؟',
    companyName: 'اسم الشركة',
    companyNameHelp: 'الاسم المسجَّلة به شركتك لدى CHeKT.',
    connect: 'ربط {platform}',
  };
  const name = 'Dana Reyes (admin)';
  const getAccessToken = async () => ({ access_token: 'abc', name });

  /** The position of the text itself, not of its box. */
  function edges(element: ChektConnectElement, selector: string): DOMRect {
    const range = document.createRange();
    range.selectNodeContents(element.shadowRoot!.querySelector(selector)!);
    return range.getBoundingClientRect();
  }

  it('starts every line at the right, in Arabic', async () => {
    const { element } = embed({ dir: 'rtl', lang: 'ar', messages: arabic, getAccessToken });
    expect(await shown(element))
      .to.contain('ربط CHeKT بـ Northwind Cloud')
      .and.contain('اسم الشركة');
    const field = element.shadowRoot!.querySelector('input')!.getBoundingClientRect();
    for (const text of ['h2', 'label', '#company-name-help']) {
      expect(edges(element, text).right, text).to.be.closeTo(field.right, 2);
      expect(edges(element, text).left, text).to.be.above(field.left + 20);
    }
    expect(getComputedStyle(element.shadowRoot!.querySelector('input')!).direction).to.equal('rtl');
  });

  it('follows the page live, and keeps a Latin name together', async () => {
    const { element } = embed({ messages: arabic, getAccessToken });
    await shown(element);
    const field = element.shadowRoot!.querySelector('input')!.getBoundingClientRect();
    expect(edges(element, 'label').left).to.be.closeTo(field.left, 2);
    element.parentElement!.dir = 'rtl';
    const mirrored = element.shadowRoot!.querySelector('input')!.getBoundingClientRect();
    expect(edges(element, 'label').right).to.be.closeTo(mirrored.right, 2);
    expect(mirrored.left).to.be.above(field.left);
    const isolated = [...element.shadowRoot!.querySelectorAll('bdi')].map(({ textContent }) => textContent);
    expect(isolated).to.contain(name);
  });
});
