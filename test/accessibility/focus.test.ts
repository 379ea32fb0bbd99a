import { expect, waitUntil } from '@open-wc/testing';
import { settled, until } from '../element/acting.js';
import { dealer, next } from '../element/fixture.js';
import { resetClock, skip } from '../support/clock.js';
import { createWire } from '../wire/wire.js';
import {
  arrive,
  binding,
  focusedIn,
  nobody,
  part,
  place,
  shown,
  signedIn,
  signIn,
  stateNames,
} from './states.js';

describe('the focus', () => {
  it('is never taken away from another part of the page', async () => {
    const elsewhere = document.body.appendChild(document.createElement('input'));
    elsewhere.focus();
    for (const name of stateNames) {
      await arrive(name);
      expect(document.activeElement?.localName, name).to.equal('input');
    }
    elsewhere.remove();
  }).timeout(30_000);

  it('stays on the link to another account when the sign-in expires', async () => {
    const { element } = place({ getAccessToken: async () => ({ access_token: 'token-1', expires_in: 2 }) });
    await element.ready;
    await shown(element);
    const other = part(element, 'link');
    expect(part(element, 'authorize-button') === null).to.equal(true);
    other.focus();
    await waitUntil(() => part(element, 'authorize-button'), 'it has not ended', { timeout: 5_000 });
    expect(element.shadowRoot!.activeElement === other).to.equal(true);
  });

  it('stays on the sign-in link when an expired sign-in turns out to be gone', async () => {
    const { element } = place({
      getAccessToken: async () => ({ access_token: 'token-1', expires_in: 1 }),
      authorizeUrl: '/sign-in',
    });
    await element.ready;
    await waitUntil(() => part(element, 'authorize-button'), 'it has not ended', { timeout: 5_000 });
    const again = part(element, 'authorize-button');
    again.focus();
    element.getAccessToken = async () => null;
    await waitUntil(() => element.state === 'unauthorized');
    await shown(element);
    expect(element.shadowRoot!.activeElement === again).to.equal(true);
    expect(part(element, 'authorize-button') === again).to.equal(true);
  });

  it('stays on the busy button, which is announced as unavailable', async () => {
    const wire = await createWire([{ hold: true, status: 422 }]);
    const { element } = place({ ...signedIn, apiBaseUrl: wire.baseUrl, companyName: 'Acme' });
    await element.ready;
    await shown(element);
    const button = part<HTMLButtonElement>(element, 'connect-button');
    button.focus();
    const failed = next(element, 'chekt-error');
    button.click();
    await wire.waitForRequests(1);
    await shown(element);
    expect(focusedIn(element)).to.equal('connect-button');
    expect([button.ariaDisabled, button.disabled]).to.deep.equal(['true', false]);
    button.click();
    await wire.release();
    await failed;
    await shown(element);
    expect(focusedIn(element)).to.equal('connect-button');
    expect(button.ariaDisabled).to.equal(null);
    expect(await wire.requests()).to.have.length(1);
  });

  it('stays on the busy disconnect button', async () => {
    const wire = await createWire([{ hold: true, status: 403 }]);
    const { element } = place({ ...nobody, binding, disconnectBaseUrl: wire.sameOriginBaseUrl });
    await element.ready;
    await shown(element);
    part(element, 'disconnect-button').click();
    await shown(element);
    const button = part<HTMLButtonElement>(element, 'disconnect-button');
    button.focus();
    button.click();
    await wire.waitForRequests(1);
    await shown(element);
    expect(focusedIn(element)).to.equal('disconnect-button');
    expect([button.ariaDisabled, button.disabled]).to.deep.equal(['true', false]);
    await wire.release();
  });

  it('is not moved when the outcome arrives while another part of the page has it', async () => {
    const wire = await createWire([{ hold: true, status: 200, json: dealer }]);
    const { element } = place({ ...signedIn, apiBaseUrl: wire.baseUrl });
    await element.ready;
    await shown(element);
    const button = part(element, 'connect-button');
    button.focus();
    const connected = element.connect('Acme');
    await wire.waitForRequests(1);
    button.blur();
    await wire.release();
    await connected;
    await shown(element);
    expect(focusedIn(element)).to.equal(undefined);
  });

  it('moves to the next action when a failure removes the focused button', async () => {
    const refused = { error: { code: 'permission_denied', message: 'No.' } };
    const wire = await createWire([{ status: 403, json: refused }]);
    const { element } = place({ ...signedIn, apiBaseUrl: wire.baseUrl });
    await element.ready;
    await shown(element);
    part(element, 'connect-button').focus();
    const failed = next(element, 'chekt-error');
    part(element, 'connect-button').click();
    await failed;
    await shown(element);
    expect(focusedIn(element)).to.equal('authorize-button');
  });

  it('moves to the field whose name CHeKT refused, but not from another part of the page', async () => {
    const refused = { error: { code: 'invalid', field: 'company_name', message: 'No.' } };
    for (const isElsewhere of [false, true]) {
      const wire = await createWire([{ hold: true, status: 422, json: refused }]);
      const { element } = place({ ...signedIn, apiBaseUrl: wire.baseUrl });
      await element.ready;
      await shown(element);
      expect(part(element, 'form-control-input') === null).to.equal(true);
      const elsewhere = document.body.appendChild(document.createElement('input'));
      part(element, 'connect-button').focus();
      part(element, 'connect-button').click();
      await wire.waitForRequests(1);
      if (isElsewhere) elsewhere.focus();
      const failed = next(element, 'chekt-error');
      await wire.release();
      await failed;
      await settled(element);
      expect(part(element, 'form-control-input').ariaInvalid).to.equal('true');
      expect(focusedIn(element)).to.equal(isElsewhere ? undefined : 'form-control-input');
      elsewhere.remove();
    }
  });

  it('moves to the sign-in when the sign-in ends while Connect has it', async () => {
    const { element } = place({ ...signedIn });
    await element.ready;
    await shown(element);
    part(element, 'connect-button').focus();
    skip(43 * 60_000);
    element.requestUpdate();
    await shown(element);
    expect(focusedIn(element)).to.equal('authorize-button');
    resetClock();
  });

  it('comes back to the main action after "Try again", however that ends, unless the person has moved it', async () => {
    for (const [answer, expected] of [
      [() => Promise.reject(new Error()), 'retry-button'],
      [async () => signIn, 'connect-button'],
      [async () => null, 'authorize-button'],
    ] as const) {
      const element = await arrive('unavailable');
      const { promise, resolve } = Promise.withResolvers<void>();
      element.getAccessToken = () => promise.then(answer);
      part(element, 'retry-button').focus();
      part(element, 'retry-button').click();
      await shown(element);
      expect([element.state, focusedIn(element)]).to.deep.equal(['authorizing', 'heading']);
      resolve();
      await until(element, () => element.state !== 'authorizing');
      await shown(element);
      expect(focusedIn(element)).to.equal(expected);
    }
    const element = await arrive('unavailable');
    const { promise, resolve } = Promise.withResolvers<typeof signIn>();
    element.getAccessToken = () => promise;
    part(element, 'retry-button').focus();
    part(element, 'retry-button').click();
    await shown(element);
    (element.shadowRoot!.activeElement as HTMLElement).blur();
    resolve(signIn);
    await until(element, () => element.state === 'authorized');
    await shown(element);
    expect(focusedIn(element)).to.equal(undefined);
  });

  it('moves straight to the field that "Change" opens', async () => {
    const element = await arrive('authorized');
    const change = part(element, 'authorization').querySelector('button')!;
    change.focus();
    const moves: string[] = [];
    element.shadowRoot!.addEventListener('focusin', ({ target }) =>
      moves.push((target as Element).localName),
    );
    change.click();
    await settled(element);
    expect(moves).to.deep.equal(['input']);
    expect(focusedIn(element)).to.equal('form-control-input');
    expect(part<HTMLInputElement>(element, 'form-control-input').value).to.equal(
      'Acme Security Systems, Inc.',
    );
  });
});
