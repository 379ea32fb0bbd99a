// A partner's tests of its own page, with the stubs that docs/testing.md explains.
import 'chekt-connect/define';
import { nextEvent, stubPartnerApi, stubSignIn, stubTokenSource } from 'chekt-connect/testing';

async function mount(api, properties = {}) {
  const element = document.createElement('chekt-connect');
  Object.assign(element, {
    externalDealerId: 'adc-67890',
    platformName: 'Northwind Cloud',
    fetch: api.fetch,
    getAccessToken: stubTokenSource(),
    disconnectBaseUrl: '/chekt',
    ...properties,
  });
  document.body.append(element);
  await element.ready;
  await element.updateComplete;
  return element;
}

afterEach(() => document.body.replaceChildren());

it('mounts, connects and disconnects, and fires its events', async () => {
  const api = stubPartnerApi();
  const element = await mount(api);
  expect(element.state).toBe('authorized');
  expect(element.shadowRoot.textContent).toContain('Dana Reyes');
  const states = [];
  element.addEventListener('chekt-state-change', ({ detail }) => states.push(detail.state));
  const told = nextEvent(element, 'chekt-connected');
  element.shadowRoot.querySelector('[part~="connect-button"]').click();
  const { detail } = await told;
  expect(detail.binding).toEqual({
    dealerId: 12345,
    externalDealerId: 'adc-67890',
    companyName: 'Acme Security',
  });
  expect(api.requests.at(-1)).toMatchObject({
    method: 'PUT',
    url: 'https://api.chekt.com/partner/v1/dealers/connect',
    body: { external_dealer_id: 'adc-67890', company_name: 'Acme Security' },
  });
  expect(api.requests.at(-1).headers.authorization).toBe('Bearer stubbed-access-token');
  await element.disconnect();
  expect(element.binding).toBe(null);
  expect(states).toEqual(['connecting', 'connected', 'disconnecting', 'authorized']);
});

it('asks for the sign-in where nobody has signed in', async () => {
  const element = await mount(stubPartnerApi(), {
    getAccessToken: stubTokenSource(null),
    authorizeUrl: '/sign-in',
  });
  expect(element.state).toBe('unauthorized');
  expect(element.shadowRoot.querySelector('a').href).toContain('/sign-in');
});

it('shows the person whom an id_token names', async () => {
  const payload = btoa(
    unescape(encodeURIComponent(JSON.stringify({ sub: 'auth0|1', name: 'Zo\u00eb Reyes' }))),
  );
  const signIn = stubSignIn({ name: undefined, id_token: `e30.${payload}.c2ln` });
  const element = await mount(stubPartnerApi(), { getAccessToken: stubTokenSource(signIn) });
  expect(element.shadowRoot.textContent).toContain('Zo\u00eb Reyes');
});

it('is unavailable when the source fails', async () => {
  const element = await mount(stubPartnerApi(), { getAccessToken: stubTokenSource(new Error('down')) });
  expect(element.state).toBe('unavailable');
});

it.each([
  ['refused', 'forbidden', 'not-applied'],
  ['conflict', 'conflict', 'not-applied'],
  ['rate-limited', 'rate-limited', 'not-applied'],
  ['lost-answer', 'network|timeout', 'unknown'],
])('reports %s as %s', async (outcome, code, known) => {
  const element = await mount(stubPartnerApi({ outcome }), { timeout: 300 });
  const told = nextEvent(element, 'chekt-error');
  await expect(element.connect()).rejects.toMatchObject({
    code: expect.stringMatching(`^(${code})$`),
    outcome: known,
  });
  expect((await told).detail.error.code).toMatch(new RegExp(`^(${code})$`));
});

it('does what a lost answer does not tell', async () => {
  const api = stubPartnerApi({ outcome: 'lost-answer' });
  const element = await mount(api, { timeout: 300 });
  await expect(element.connect()).rejects.toMatchObject({ outcome: 'unknown' });
  expect(api.account.binding).toMatchObject({ dealerId: 12345, companyName: 'Acme Security' });
});

it('waits for a slow answer, and shows what CHeKT says of the company', async () => {
  const dealer = { company_email: 'office@acme.example' };
  const api = stubPartnerApi({
    outcome: 'slow',
    delay: 20,
    companyName: 'Acme Security Systems, Inc.',
    dealer,
  });
  const element = await mount(api, { getAccessToken: stubTokenSource(stubSignIn({ name: 'Kim Lee' })) });
  const connecting = element.connect();
  expect(element.state).toBe('connecting');
  expect(await connecting).toMatchObject({
    companyName: 'Acme Security Systems, Inc.',
    companyEmail: 'office@acme.example',
  });
});

async function mountService(api, properties = {}) {
  const unknown = { externalDealerId: undefined, platformName: undefined, getAccessToken: undefined };
  return mount(api, { ...unknown, disconnectBaseUrl: undefined, serviceUrl: '/chekt', ...properties });
}

it('stands in for the service of a page with service-url', async () => {
  const api = stubPartnerApi({ account: { accountName: 'Acme, Springfield' } });
  const element = await mountService(api);
  expect(element.state).toBe('authorized');
  expect(element.shadowRoot.textContent).toContain('Acme, Springfield');
  expect(element.shadowRoot.textContent).toContain('Northwind Cloud');
  await element.connect();
  const { url, headers, body } = api.requests.at(-1);
  expect(new URL(url).pathname).toBe('/chekt/partner/v1/dealers/connect');
  expect(headers.authorization).toBe(undefined);
  expect(headers['chekt-sign-in']).toBe('stubbed-sign-in');
  expect(body).toEqual({ external_dealer_id: 'adc-67890', company_name: 'Acme Security' });
  expect(api.account.binding).toEqual(element.binding);

  element.remove();
  const reloaded = await mountService(api);
  expect(reloaded.state).toBe('connected');
  await reloaded.disconnect();
  expect([api.account.binding, reloaded.state]).toEqual([null, 'unauthorized']);
});

it('shows what the service says of the account, the sign-in and the session', async () => {
  const nobody = await mountService(stubPartnerApi({ signIn: null }));
  expect(nobody.state).toBe('unauthorized');
  const binding = { dealerId: 7, externalDealerId: 'adc-67890', companyName: 'Acme' };
  expect((await mountService(stubPartnerApi({ account: { binding } }))).binding).toEqual(binding);
  const formerBinding = { ...binding, status: 'lost' };
  const former = await mountService(stubPartnerApi({ account: { formerBinding } }));
  expect(former.shadowRoot.textContent).toContain('Acme is no longer connected to Northwind Cloud.');
  const api = stubPartnerApi();
  api.account = null;
  const ended = await mountService(api);
  expect([ended.state, ended.error.apiCode]).toEqual(['unavailable', 'login_required']);
});

// testing-library/dom-testing-library #987, jestjs/jest #11389
it('mounts and connects while the timers of the test stand still', async () => {
  const timers = globalThis.vi ?? import.meta.jest;
  timers.useFakeTimers();
  try {
    const element = await mount(stubPartnerApi());
    expect((await element.connect()).companyName).toBe('Acme Security');
  } finally {
    timers.useRealTimers();
  }
});
