import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { createWire } from '../wire/wire.js';
import { part, settled } from './acting.js';
import { embed, next, textOf } from './fixture.js';
import { person, refusal, rows, type Row } from './outcome-rows.js';

async function arrive({ answer = { status: 500 }, operation = 'none', properties, waits = 0 }: Row) {
  const wire = await createWire([answer]);
  const own = wire.sameOriginBaseUrl;
  const { element } = embed({
    accountName: 'Acme, Springfield',
    apiBaseUrl: wire.baseUrl,
    tokenUrl: `${own}/token`,
    disconnectBaseUrl: own,
    getAccessToken: async () => person,
    timeout: 5_000,
    ...properties,
  });
  element.addEventListener('chekt-authorize', (event) => event.preventDefault());
  await element.ready;
  if (operation !== 'none') await element[operation]().catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, waits));
  await settled(element);
  return { element, wire };
}

/** Presses the main action and reports the effect. */
async function press(element: ChektConnectElement, main: HTMLElement) {
  const seen: string[] = [];
  const before = () => seen.push('a PUT');
  const hear = [
    'chekt-authorize',
    'chekt-state-change',
    'chekt-before-connect',
    'chekt-before-disconnect',
  ] as const;
  for (const name of hear) {
    element.addEventListener(
      name,
      (event) => {
        if (name.startsWith('chekt-before')) {
          event.preventDefault();
          before();
        } else if (name === 'chekt-authorize') seen.push(name);
        else if (element.state === 'authorizing') seen.push('asks again');
      },
      { once: true },
    );
  }
  main.click();
  await settled(element);
  return seen[0] ?? 'nothing';
}

describe('the main action of each situation', () => {
  const { error } = console;
  before(() => (console.error = () => {}));
  after(() => (console.error = error));

  for (const row of rows) {
    it(`is ${row.main?.join(', ') ?? 'absent'}: ${row.name}`, async () => {
      const { element } = await arrive(row);
      expect(element.state).to.equal(row.state);
      const failure = part(element, 'error');
      expect(failure?.querySelector('.strong')?.textContent?.trim()).to.equal(row.title);
      expect(failure?.querySelector('summary')?.textContent).to.equal(
        row.reference ? 'Details for support' : undefined,
      );
      expect(part(element, 'form-control-input') !== null, 'the field').to.equal(!!row.field);
      expect(textOf(element), 'the account').to.contain('Acme, Springfield');
      const buttons = element.shadowRoot!.querySelectorAll<HTMLElement>('[part~="button-primary"]');
      expect([...buttons].map(({ textContent }) => textContent)).to.deep.equal(row.main ? [row.main[0]] : []);
      if (row.main) expect(await press(element, buttons[0]!)).to.equal(row.main[1]);
    });
  }

  it('goes with a text that mentions the name only if a refusal names company_name', async () => {
    for (const row of rows.filter(({ operation }) => operation === 'connect')) {
      const { element } = await arrive(row);
      const told = `${part(element, 'error')?.textContent} ${part(element, 'form-control-error')?.textContent}`;
      expect(/\bname\b/i.test(told), row.name).to.equal(row.name === 'the name is refused');
    }
  });

  it('goes with instructions to hand over to a dealer admin if the person lacks the rights', async () => {
    const { element } = await arrive(rows.find(({ name }) => name === 'permission_denied')!);
    expect(part(element, 'error')!.innerText).to.contain('open this page and sign in');
  });

  it('is available again when a Retry-After pause has ended by itself', async () => {
    const answer = refusal(429, 'rate_limited', {}, { 'Retry-After': '6' });
    const { element } = await arrive({ ...rows[1]!, answer, operation: 'connect' });
    const button = part(element, 'connect-button')!;
    expect(textOf(element)).to.match(/You can try again in [3-6] seconds/);
    expect(button.ariaDisabled).to.equal('true');
    while (button.ariaDisabled) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(textOf(element)).not.to.contain('You can try again in');
    const before = next(element, 'chekt-before-connect');
    button.click();
    await before;
  });
});
