import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { embed, next } from '../element/fixture.js';

const typed = 'Acme  "Security" 에이크미';

const field = (element: ChektConnectElement) => element.shadowRoot!.querySelector('input')!;

async function typing(properties: Partial<ChektConnectElement> = {}) {
  let asked = 0;
  const { element } = embed({ getAccessToken: async () => `token-${++asked}`, ...properties });
  await element.ready;
  await element.updateComplete;
  field(element).value = typed;
  field(element).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await element.updateComplete;
  return { element, count: () => asked };
}

const changes: Readonly<Record<string, (element: ChektConnectElement) => unknown>> = {
  'a language change': (element) => element.setAttribute('lang', 'fr'),
  'a language change of the page': () => document.documentElement.setAttribute('lang', 'ko'),
  'a move': (element) => document.body.append(element),
  'leaving and coming back': async (element) => {
    element.remove();
    await Promise.resolve();
    document.body.append(element);
  },
  'another company-name': (element) => element.setAttribute('company-name', 'Another'),
  'another platform-name': (element) => element.setAttribute('platform-name', 'Another'),
  'other messages': (element) => (element.messages = { connect: 'Go' }),
  'being disabled and enabled': async (element) => {
    element.disabled = true;
    await element.updateComplete;
    element.disabled = false;
  },
  'a corrected mistake of the host': async (element) => {
    element.setAttribute('authorize-url', 'javascript:1');
    await next(element, 'chekt-error');
    element.removeAttribute('authorize-url');
    await next(element, 'chekt-state-change');
    while (element.state !== 'authorized') await next(element, 'chekt-state-change');
  },
  'reset()': async (element) => {
    element.reset();
    while (element.state !== 'authorized') await next(element, 'chekt-state-change');
  },
};

describe('the typed name', () => {
  const { lang } = document.documentElement;
  const { error } = console;
  beforeEach(() => {
    console.error = () => {};
  });
  afterEach(() => {
    document.documentElement.lang = lang;
    console.error = error;
  });

  for (const [name, change] of Object.entries(changes)) {
    it(`survives ${name}`, async () => {
      const { element } = await typing();
      await change(element);
      await element.updateComplete;
      expect(field(element).value).to.equal(typed);
      element.remove();
    });
  }

  it('survives a change of the source, which is asked quietly', async () => {
    const { element } = await typing();
    let asked = 0;
    const answered = new Promise<void>((resolve) => {
      element.getAccessToken = async () => {
        asked += 1;
        resolve();
        return 'token-of-another';
      };
    });
    await answered;
    await element.updateComplete;
    expect([asked, element.state, field(element).value]).to.deep.equal([1, 'authorized', typed]);
  });

  it('is passed on to the sign-in', async () => {
    const { element } = await typing();
    const authorize = next(element, 'chekt-authorize');
    element.getAccessToken = async () => null;
    await next(element, 'chekt-authorization-required');
    await element.updateComplete;
    element.shadowRoot!.querySelector<HTMLElement>('[part~=authorize-button]')!.click();
    expect((await authorize).detail).to.deep.equal({ companyName: typed, reason: 'missing' });
  });

  it('does not survive another external-dealer-id', async () => {
    const { element } = await typing();
    element.externalDealerId = 'adc-11111';
    await next(element, 'chekt-state-change');
    expect(element.state).to.equal('authorizing');
    await next(element, 'chekt-state-change');
    await element.updateComplete;
    expect(field(element).value).to.equal('');
  });
});
