import { expect } from '@open-wc/testing';
import type { Binding } from '../../src/index.js';
import { untilState } from '../element/acting.js';
import {
  ACCOUNT,
  connects,
  dana,
  mira,
  page,
  part,
  putsOf,
  read,
  settled,
  signIn,
  Source,
} from './support.js';

/** A press that is made now. Its event is dispatched later, as if a long task of the page had delayed it. */
const pressNow = () => new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });

/** Lets the clock of events go on, which some browsers round to a millisecond. */
const moment = () => new Promise((resolve) => setTimeout(resolve, 5));

/** An element that displays Dana, and a way to display somebody else. */
async function displayed() {
  const source = new Source(signIn('browser', dana));
  const shown = await page('browser', source, [connects(mira)]);
  const display = async (person: typeof dana) => {
    await moment();
    source.says(signIn('browser', person));
    shown.element.getAccessToken = (request) => source.getAccessToken(request);
    expect(await read(shown.element)).to.contain(person.name);
  };
  return { ...shown, display };
}

describe('a press that was made before the screen changed', () => {
  it('does not connect as the person who is displayed now', async () => {
    const { element, wire, names, display } = await displayed();
    const press = pressNow();
    await display(mira);
    part(element, 'connect-button')!.dispatchEvent(press);
    await settled(element);
    expect(await putsOf(wire)).to.deep.equal([]);
    expect(names()).not.to.include('chekt-before-connect');
    part(element, 'connect-button')!.click();
    await untilState(element, 'connected');
    expect(await putsOf(wire)).to.have.length(1);
  });

  it('connects if the same person is displayed with more details', async () => {
    const { element, display } = await displayed();
    const press = pressNow();
    await display({ ...dana, name: 'Dana M. Reyes' });
    part(element, 'connect-button')!.dispatchEvent(press);
    await untilState(element, 'connected');
  });

  it('does not connect another account', async () => {
    const { element, wire, display } = await displayed();
    const press = pressNow();
    await moment();
    element.externalDealerId = 'adc-11111';
    await display(dana);
    part(element, 'connect-button')!.dispatchEvent(press);
    await settled(element);
    expect(await putsOf(wire)).to.deep.equal([]);
  });

  it('does not connect when its event comes more than a second later either', async () => {
    const { element, wire, display } = await displayed();
    const press = pressNow();
    await display(mira);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    part(element, 'connect-button')!.dispatchEvent(press);
    await settled(element);
    expect(await putsOf(wire)).to.deep.equal([]);
  });

  it('does not connect the first person who is displayed', async () => {
    const source = new Source(null);
    const { element, wire } = await page('browser', source, [connects(mira)]);
    await read(element);
    const press = pressNow();
    await moment();
    source.says(signIn('browser', mira));
    element.getAccessToken = (request) => source.getAccessToken(request);
    expect(await read(element)).to.contain(mira.name);
    part(element, 'connect-button')!.dispatchEvent(press);
    await settled(element);
    expect(await putsOf(wire)).to.deep.equal([]);
  });

  for (const [what, before, after] of [
    ['the account', { accountName: 'Springfield' }, { accountName: 'Shelbyville' }],
    ['the company', { companyName: 'Acme' }, { companyName: 'Harbor' }],
  ] as const) {
    it(`does not connect under another name of ${what}`, async () => {
      const { name, email } = dana;
      const source = new Source(signIn('browser', { name, email }));
      const { element, wire } = await page('browser', source, [connects(dana)], before);
      await read(element);
      const press = pressNow();
      await moment();
      Object.assign(element, after);
      await read(element);
      part(element, 'connect-button')!.dispatchEvent(press);
      await settled(element);
      expect(await putsOf(wire)).to.deep.equal([]);
    });
  }

  it('does not disconnect another dealer', async () => {
    const binding: Binding = { dealerId: 12345, externalDealerId: ACCOUNT, companyName: 'Acme' };
    const gone = { method: 'PUT', status: 204 };
    const { element, wire } = await page('browser', new Source(null), [gone], { binding });
    part(element, 'disconnect-button')!.click();
    await settled(element);
    const button = part(element, 'button-danger')!;
    const press = pressNow();
    await moment();
    element.binding = { ...binding, dealerId: 23456, companyName: 'Harbor' };
    expect(await read(element)).to.contain('Harbor');
    button.dispatchEvent(press);
    await settled(element);
    expect(await putsOf(wire)).to.deep.equal([]);
    expect(element.binding?.dealerId).to.equal(23456);
  });
});
