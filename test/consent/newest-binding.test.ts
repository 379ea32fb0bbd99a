import { expect } from '@open-wc/testing';
import { binding } from '../element/acting.js';
import { embed } from '../element/fixture.js';
import { createWire, type Answer } from '../wire/wire.js';
import { ACCOUNT, connects, dana, hearConsole, page, settled, signIn, Source } from './support.js';

const gone: Answer = { method: 'PUT', status: 204 };

describe('CHeKT’s answer about the binding', () => {
  hearConsole();

  it('wins over a host that sets a disconnected binding again', async () => {
    const source = new Source(signIn('browser', dana));
    const { element } = await page('browser', source, [gone], { binding });
    await element.disconnect();
    for (const timeout of ['x' as never, 20_000]) {
      element.timeout = timeout;
      await settled(element);
    }
    expect(element.binding).to.equal(null);
    expect(element.state).not.to.equal('connected');
  });

  it('wins over a host that removes a connected binding', async () => {
    const source = new Source(signIn('browser', dana));
    const { element } = await page('browser', source, [connects()]);
    await element.connect('Acme');
    for (const getAccessToken of [undefined, source.getAccessToken]) {
      element.getAccessToken = getAccessToken;
      await settled(element);
    }
    expect([element.state, element.binding?.dealerId]).to.deep.equal(['connected', 12345]);
  });

  it('wins over a binding that the host sets during the attempt', async () => {
    const source = new Source(signIn('browser', dana));
    const { element } = await page('browser', source, [connects()]);
    element.addEventListener('chekt-state-change', () => (element.binding = null), { once: true });
    await element.connect('Acme');
    await settled(element);
    expect([element.state, element.binding?.dealerId]).to.deep.equal(['connected', 12345]);
  });
});

describe('with service-url', () => {
  const session = (json: unknown): Answer => ({ method: 'GET', path: '/session', json });
  const token: Answer = { method: 'GET', path: '/token', json: { ...dana, sign_in_id: 'one' } };

  /** An element whose service is at the wire's own path. */
  async function served(...answers: Answer[]) {
    const wire = await createWire(answers);
    const shown = embed({
      externalDealerId: undefined,
      platformName: undefined,
      serviceUrl: wire.sameOriginBaseUrl,
    });
    await shown.element.ready;
    await settled(shown.element);
    return { ...shown, wire };
  }

  it('shows the account, platform and binding of the service, which it asks once', async () => {
    const { element, wire } = await served(
      session({ externalDealerId: ACCOUNT, accountName: 'Acme, Springfield', platformName: 'Northwind' }),
      token,
    );
    expect(element.state).to.equal('authorized');
    expect(element.shadowRoot!.textContent).to.contain('Acme, Springfield').and.to.contain('Northwind');
    const asked = (await wire.requests()).filter(({ path }) => path === '/session');
    expect(asked).to.have.length(1);
    expect(asked[0]!.headers).to.include({ 'x-requested-with': 'XMLHttpRequest' });
  });

  it('accepts the binding of chekt-connected when the host sets it again', async () => {
    const { element } = await served(session({ externalDealerId: ACCOUNT }), token, connects());
    element.addEventListener('chekt-connected', ({ detail }) => (element.binding = detail.binding));
    await element.connect();
    await settled(element);
    expect([element.state, element.error]).to.deep.equal(['connected', null]);
  });

  it('shows a former binding and offers to connect again', async () => {
    const former = { ...binding, status: 'lost' };
    const { element } = await served(session({ externalDealerId: ACCOUNT, formerBinding: former }), token);
    expect(element.state).to.equal('authorized');
    expect(element.shadowRoot!.textContent).to.contain('no longer connected');
  });

  it('does not treat an unreadable binding as no binding', async () => {
    const { element } = await served(
      session({ externalDealerId: ACCOUNT, binding: { ...binding, companyName: '' } }),
      token,
    );
    expect([element.state, element.error?.code]).to.deep.equal(['unavailable', 'invalid-response']);
  });

  it('says on a 401 that the platform’s session has ended, and asks again on "Try again"', async () => {
    const { element, wire } = await served({ method: 'GET', path: '/session', status: 401 });
    expect([element.state, element.error?.apiCode]).to.deep.equal(['unavailable', 'login_required']);
    await wire.script([session({ externalDealerId: ACCOUNT, binding })]);
    element.shadowRoot!.querySelector<HTMLElement>('[part~=retry-button]')!.click();
    await settled(element);
    await settled(element);
    expect(element.state).to.equal('connected');
  });
});
