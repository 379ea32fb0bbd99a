import { expect } from '@open-wc/testing';
import type { ChektConnectElement } from '../../src/index.js';
import { failure, part, settled, success } from './acting.js';
import { createWire } from '../wire/wire.js';
import { embed, textOf } from './fixture.js';

const strings = [
  ['external-dealer-id', 'externalDealerId', undefined],
  ['platform-name', 'platformName', location.hostname],
  ['platform-scope', 'platformScope', undefined],
  ['company-name', 'companyName', ''],
  ['api-base-url', 'apiBaseUrl', 'https://api.chekt.com'],
  ['token-url', 'tokenUrl', undefined],
  ['authorize-url', 'authorizeUrl', undefined],
  ['disconnect-base-url', 'disconnectBaseUrl', undefined],
] as const;

describe('attributes and their properties', () => {
  for (const [attribute, property, byDefault] of strings) {
    it(`the attribute ${attribute} sets ${property}, whose default is ${JSON.stringify(byDefault)}`, () => {
      const element = document.createElement('chekt-connect');
      expect(element[property] ?? undefined).to.equal(byDefault);
      element.setAttribute(attribute, '/value');
      expect(element[property]).to.equal('/value');
      element.removeAttribute(attribute);
      expect(element[property] ?? undefined, 'after the removal').to.equal(byDefault);
    });

    it(`setting ${property} to undefined restores its default, and adds no attribute`, async () => {
      const element = document.createElement('chekt-connect');
      element[property] = '/value';
      document.body.append(element);
      await element.updateComplete;
      expect(element.hasAttribute(attribute)).to.equal(false);
      Object.assign(element, { [property]: undefined });
      expect(element[property] ?? undefined).to.equal(byDefault);
      element.remove();
    });
  }

  it('timeout is a number, and its default is 30000', () => {
    const element = document.createElement('chekt-connect');
    expect(element.timeout).to.equal(30_000);
    element.setAttribute('timeout', '1500');
    expect(element.timeout).to.equal(1500);
    element.removeAttribute('timeout');
    expect(element.timeout).to.equal(30_000);
    element.timeout = 10;
    Object.assign(element, { timeout: undefined });
    expect(element.timeout).to.equal(30_000);
  });

  it('properties without an attribute are undefined at first', () => {
    const element = document.createElement('chekt-connect');
    for (const name of ['getAccessToken', 'binding', 'messages', 'fetch'] as const)
      expect(element[name], name).to.equal(undefined);
    expect(element.state).to.equal('unconfigured');
    expect(element.error).to.equal(null);
    expect(element.authorization).to.equal(null);
    expect(element.ready).to.be.instanceOf(Promise);
  });

  it('state, error, authorization and ready are read-only', () => {
    const element = document.createElement('chekt-connect');
    for (const name of ['state', 'error', 'authorization', 'ready'])
      expect(Reflect.set(element, name, 'x'), name).to.equal(false);
  });

  it('the element adds no attribute or class to itself, except the reflected disabled', async () => {
    const wire = await createWire([success]);
    const { element } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: async () => 'secret-token-1' });
    await element.ready;
    await element.connect('Acme');
    await element.updateComplete;
    expect(element.getAttributeNames()).to.deep.equal([]);
  });
});

describe('company-name', () => {
  it('is the field’s initial value, and never replaces what a person has typed', async () => {
    const { element } = embed({ companyName: 'Acme', getAccessToken: async () => 'secret-token-1' });
    await element.ready;
    await element.updateComplete;
    const field = part<HTMLInputElement>(element, 'form-control-input')!;
    expect(field.value).to.equal('Acme');
    field.value = '';
    field.dispatchEvent(new InputEvent('input'));
    element.companyName = 'Another';
    await element.updateComplete;
    expect(field.value).to.equal('');
  });
});

describe('platform-name', () => {
  it('is shown in the list of permissions, and its default is the page’s host name', async () => {
    const { element } = embed({ getAccessToken: async () => 'secret-token-1' });
    await element.ready;
    await element.updateComplete;
    expect(textOf(element)).to.contain(
      'Northwind Cloud will be able to work with your company’s CHeKT account',
    );
    Object.assign(element, { platformName: undefined });
    await element.updateComplete;
    expect(textOf(element)).to.contain(`${location.hostname} will be able to work with`);
  });
});

describe('disabled', () => {
  const ready = async (properties: Partial<ChektConnectElement>) => {
    const wire = await createWire([success]);
    const page = embed({ apiBaseUrl: wire.baseUrl, disabled: true, ...properties });
    await page.element.ready;
    await settled(page.element);
    return { ...page, wire };
  };

  it('is false by default and reflects', async () => {
    const { element } = embed();
    expect(element.disabled).to.equal(false);
    expect(element.hasAttribute('disabled')).to.equal(false);
    element.disabled = true;
    await element.updateComplete;
    expect(element.getAttribute('disabled')).to.equal('');
    Object.assign(element, { disabled: undefined });
    await element.updateComplete;
    expect(element.hasAttribute('disabled')).to.equal(false);
    element.setAttribute('disabled', '');
    expect(element.disabled).to.equal(true);
    element.removeAttribute('disabled');
    expect(element.disabled).to.equal(false);
  });

  it('blocks the button and the method, whose promise rejects without an event', async () => {
    const { element, names, wire } = await ready({
      companyName: 'Acme',
      getAccessToken: async () => 'secret-token-1',
    });
    const before = names();
    const button = part(element, 'connect-button')!;
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    button.click();
    expect((await failure(element.connect('Acme'))).outcome).to.equal('not-applied');
    await settled(element);
    expect(names()).to.deep.equal(before);
    expect(element.state).to.equal('authorized');
    expect(await wire.requests()).to.deep.equal([]);
  });

  it('blocks the link and its event', async () => {
    const { element, names } = await ready({ authorizeUrl: '/never', getAccessToken: async () => null });
    expect(element.state).to.equal('unauthorized');
    const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
    part(element, 'authorize-button')!.dispatchEvent(click);
    expect(click.defaultPrevented, 'the link is not followed').to.equal(true);
    expect(names()).not.to.include('chekt-authorize');
  });

  it('blocks both steps of disconnect', async () => {
    const { element, names } = await ready({
      binding: { dealerId: 1, externalDealerId: 'adc-67890', companyName: 'Acme' },
      disconnectBaseUrl: '/chekt',
    });
    part(element, 'disconnect-button')!.click();
    await settled(element);
    expect(textOf(element)).not.to.contain('loses access to Acme');
    element.disabled = false;
    await settled(element);
    part(element, 'disconnect-button')!.click();
    await settled(element);
    expect(textOf(element)).to.contain('loses access to Acme');
    element.disabled = true;
    await settled(element);
    part(element, 'disconnect-button')!.click();
    await failure(element.disconnect());
    await settled(element);
    expect(element.state).to.equal('connected');
    expect(names()).not.to.include('chekt-before-disconnect');
  });

  it('does not end a running operation: the same call returns the same promise', async () => {
    const wire = await createWire([{ ...success, hold: true }]);
    const { element } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: async () => 'secret-token-1' });
    await element.ready;
    const running = element.connect('Acme');
    await wire.waitForRequests(1);
    element.disabled = true;
    const again = element.connect();
    again.catch(() => {});
    await wire.release();
    expect((await running).dealerId).to.equal(12345);
    expect(again).to.equal(running);
  });
});
