import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ChektConnectElement } from '../../src/index.js';
import { dealer, next } from '../element/fixture.js';
import { createWire } from '../wire/wire.js';
import { arrive, binding, changed, focusedIn, nobody, part, place, shown, unnamed } from './states.js';

const focused = (element: ChektConnectElement) => element.shadowRoot!.activeElement;
/** A person has seen a frame before; a press that is older than it does not count. */
const press = async (key: string) => {
  await new Promise(requestAnimationFrame);
  await sendKeys({ press: key });
};

/** Presses Tab until the part has the focus, at most as often as a person would. */
async function tabTo(element: ChektConnectElement, name: string): Promise<void> {
  for (let presses = 0; presses < 6 && focusedIn(element) !== name; presses += 1) await press('Tab');
  expect(focusedIn(element)).to.equal(name);
}

describe('with the keyboard alone, a person', () => {
  it('signs in', async () => {
    const element = await arrive('not signed in, with a button');
    const asked = next(element, 'chekt-authorize');
    await tabTo(element, 'authorize-button');
    await press('Enter');
    expect((await asked).detail.reason).to.equal('missing');
  });

  it('follows the link to the sign-in, and the one to another account', async () => {
    for (const [state, name, reason] of [
      ['not signed in', 'authorize-button', 'missing'],
      ['authorized', 'link', 'switch'],
    ] as const) {
      const element = await arrive(state);
      element.addEventListener('chekt-authorize', (event) => event.preventDefault());
      const asked = next(element, 'chekt-authorize');
      const link = element.shadowRoot!.querySelector<HTMLAnchorElement>(`a[part~="${name}"]`)!;
      link.focus();
      await press('Enter');
      expect((await asked).detail.reason).to.equal(reason);
      expect(link.href)
        .to.contain('/authorize?')
        .and.to.match(new RegExp(`reason=${reason}$`));
    }
  });

  it('connects with Enter, and the focus moves to the heading that says so', async () => {
    const wire = await createWire([{ status: 200, json: dealer }]);
    const { element } = place({ ...unnamed, apiBaseUrl: wire.baseUrl });
    await element.ready;
    await shown(element);
    const connected = next(element, 'chekt-connected');
    await tabTo(element, 'form-control-input');
    await sendKeys({ type: 'Acme' });
    await press('Enter');
    await connected;
    await shown(element);
    expect(focused(element)!.textContent!.trim()).to.equal('CHeKT is connected');
    expect(focused(element)!.localName).to.equal('h2');
  });

  it('disconnects in two steps and can go back after the first', async () => {
    const wire = await createWire([{ status: 204 }]);
    const { element } = place({ ...nobody, binding, disconnectBaseUrl: wire.sameOriginBaseUrl });
    await element.ready;
    await shown(element);
    await tabTo(element, 'disconnect-button');
    await press('Enter');
    await shown(element);
    expect(focused(element)!.textContent!.trim()).to.equal('Disconnect CHeKT from Northwind Cloud?');
    await press('Tab');
    expect(focusedIn(element)).to.equal('keep-button');
    await press(' ');
    await shown(element);
    expect(focusedIn(element)).to.equal('disconnect-button');
    expect(element.state).to.equal('connected');

    await press('Enter');
    await shown(element);
    await press('Escape');
    await shown(element);
    expect(part(element, 'confirm') === null).to.equal(true);
    expect(focusedIn(element)).to.equal('disconnect-button');

    await press('Enter');
    await shown(element);
    await tabTo(element, 'disconnect-button');
    const disconnected = next(element, 'chekt-disconnected');
    await press(' ');
    await disconnected;
    await shown(element);
    expect(focused(element)!.textContent!.trim()).to.equal('Connect CHeKT to Northwind Cloud');
  });

  it('tries again', async () => {
    const element = await arrive('unavailable');
    const button = part(element, 'retry-button');
    button.focus();
    const asked = next(element, 'chekt-state-change');
    await press('Enter');
    expect((await asked).detail.state).to.equal('authorizing');
  });

  it('is taken to the field that was left empty', async () => {
    const element = await arrive('name asked');
    const input = part<HTMLInputElement>(element, 'form-control-input');
    input.value = '';
    part(element, 'connect-button').focus();
    await press('Enter');
    await changed(input, () => input.ariaInvalid === 'true');
    await shown(element);
    expect(focusedIn(element)).to.equal('form-control-input');
  });
});
