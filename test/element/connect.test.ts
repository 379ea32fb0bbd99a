import { expect } from '@open-wc/testing';
import { createWire } from '../wire/wire.js';
import { dealer, embed, textOf } from './fixture.js';

describe('connect in browser mode', () => {
  it('sends the company name with the bearer token, and fires these events in this order', async () => {
    const wire = await createWire([{ status: 200, json: dealer }]);
    const { element, names } = embed({
      apiBaseUrl: wire.baseUrl,
      getAccessToken: async () => 'secret-token-1',
    });
    await element.ready;
    expect(element.state).to.equal('authorized');
    await element.updateComplete;
    const input = element.shadowRoot!.querySelector('input')!;
    input.value = '  Acme Security ';
    input.dispatchEvent(new Event('input'));
    const connected = element.connect();
    expect(element.state).to.equal('connecting');
    const binding = await connected;
    await element.updateComplete;
    expect(binding.companyName).to.equal('Acme Security Systems, Inc.');
    expect(element.binding).to.equal(binding);
    expect(names()).to.deep.equal([
      'chekt-state-change',
      'chekt-state-change',
      'chekt-ready',
      'chekt-before-connect',
      'chekt-state-change',
      'chekt-state-change',
      'chekt-connected',
    ]);
    const [request] = await wire.requests();
    expect(JSON.parse(request!.body)).to.deep.equal({
      external_dealer_id: 'adc-67890',
      company_name: 'Acme Security',
    });
    expect(request!.headers.authorization).to.equal('Bearer secret-token-1');
    expect(textOf(element)).to.contain('You entered “Acme Security”');
  });

  // permissionlesstech/bitchat #214
  it('makes no remark if the registered name differs only in its Unicode form', async () => {
    const wire = await createWire([{ json: { ...dealer, company_name: 'Caf\u00e9 Security' } }]);
    const { element } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: async () => 'secret-token-1' });
    await element.ready;
    await element.connect('Cafe\u0301 Security');
    await element.updateComplete;
    expect(textOf(element)).to.contain('Caf\u00e9 Security');
    expect(textOf(element)).not.to.contain('You entered');
  });
});
