import { expect } from '@open-wc/testing';
import { createWire, type Answer } from '../wire/wire.js';
import { binding, success } from './acting.js';
import { embed } from './fixture.js';

const uuid4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const token: Answer = { path: '/token', method: 'GET', json: { name: 'Dana Reyes' } };

/** Sets a cookie of the page's own origin. */
const setCookie = () => {
  document.cookie = 'session=own; path=/; SameSite=Lax';
};

describe('browser mode: api-base-url is another origin', () => {
  it('sends a PUT with the documented URL, headers and body, and without cookies', async () => {
    setCookie();
    const wire = await createWire([success]);
    const { element } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: async () => 'secret-token-1' });
    await element.ready;
    await element.connect('  Müller & Söhne\u0000 ');
    const [request] = await wire.requests();
    expect(request).to.include({ method: 'PUT', path: '/partner/v1/dealers/connect' });
    expect(JSON.parse(request!.body)).to.deep.equal({
      external_dealer_id: 'adc-67890',
      company_name: 'Müller & Söhne',
    });
    const { headers } = request!;
    expect(headers).to.include({
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: 'Bearer secret-token-1',
    });
    expect(headers['x-partner-trace-id']).to.match(uuid4);
    expect(headers['idempotency-key']).to.be.a('string').and.not.equal('');
    expect(headers['idempotency-key']).not.to.equal(headers['x-partner-trace-id']);
    expect(headers).not.to.have.property('cookie');
    expect(await wire.requests()).to.have.length(1);
  });

  it('uses a new trace id and key for each operation', async () => {
    const wire = await createWire([{ status: 403 }, success]);
    const { element } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: async () => 'secret-token-1' });
    await element.ready;
    await element.connect('Acme').catch(() => {});
    await element.connect('Acme');
    const requests = await wire.requests();
    for (const name of ['x-partner-trace-id', 'idempotency-key'])
      expect(new Set(requests.map(({ headers }) => headers[name])).size, name).to.equal(2);
  });

  it('needs no preflight for each PUT, if CHeKT lets the browser keep it', async () => {
    const refused: Answer = { preflight: 'kept', status: 403 };
    const wire = await createWire([refused, refused, success]);
    const { element } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: async () => 'secret-token-1' });
    await element.ready;
    for (let put = 0; put < 3; put += 1) await element.connect('Acme').catch(() => {});
    expect(await wire.requests()).to.have.length(3);
    // Firefox does not always keep it
    const most = navigator.userAgent.includes('Firefox/') ? 3 : 1;
    expect((await wire.preflights()).length).to.be.within(1, most);
  });

  it('includes a loopback host on another port than the page’s', async () => {
    const wire = await createWire([success]);
    expect(new URL(wire.baseUrl).protocol).to.equal('http:');
    const { element } = embed({ apiBaseUrl: wire.baseUrl, getAccessToken: async () => 'secret-token-1' });
    await element.ready;
    expect(element.state).to.equal('authorized');
  });
});

describe('service mode: api-base-url is on the page’s own origin', () => {
  for (const [name, base] of [
    ['a path', (path: string) => path],
    ['an absolute URL', (path: string) => location.origin + path],
  ] as const)
    it(`sends cookies and no Authorization, even if there is a token: ${name}`, async () => {
      setCookie();
      const wire = await createWire([success]);
      const { element } = embed({
        apiBaseUrl: base(wire.sameOriginBaseUrl),
        getAccessToken: async () => 'secret-token-1',
      });
      await element.ready;
      await element.connect('Acme');
      const [request] = await wire.requests();
      expect(request!.origin).to.equal(location.origin);
      expect(request!.headers).not.to.have.property('authorization');
      expect(request!.headers['cookie']).to.contain('session=own');
      expect(request!.headers['x-partner-trace-id']).to.match(uuid4);
      expect(JSON.stringify(request)).not.to.contain('secret-token');
    });

  it('needs no access_token', async () => {
    const wire = await createWire([token, success]);
    const { element } = embed({
      apiBaseUrl: wire.sameOriginBaseUrl,
      tokenUrl: `${wire.sameOriginBaseUrl}/token`,
    });
    await element.ready;
    expect(element.authorization).to.include({ name: 'Dana Reyes' });
    expect((await element.connect('Acme')).dealerId).to.equal(12345);
  });

  it('asks once with `rejected` after a 401, like browser mode', async () => {
    const wire = await createWire([token, { method: 'PUT', status: 401 }, success]);
    const { element } = embed({
      apiBaseUrl: wire.sameOriginBaseUrl,
      tokenUrl: `${wire.sameOriginBaseUrl}/token`,
    });
    await element.ready;
    await element.connect('Acme');
    const asked = (await wire.requests()).map(({ path }) => path).filter((path) => path.includes('token'));
    expect(asked).to.deep.equal([
      '/token?reason=initial&external_dealer_id=adc-67890',
      // before the PUT, because there is no sign-in id
      '/token?reason=initial&external_dealer_id=adc-67890',
      '/token?reason=rejected&external_dealer_id=adc-67890',
    ]);
  });
});

describe('disconnect', () => {
  it('goes to the relay with cookies, without body, Content-Type or bearer', async () => {
    setCookie();
    const wire = await createWire([success, { status: 204 }]);
    const { element } = embed({
      apiBaseUrl: wire.baseUrl,
      disconnectBaseUrl: wire.sameOriginBaseUrl,
      getAccessToken: async () => 'secret-token-1',
    });
    await element.ready;
    await element.connect('Acme');
    await element.disconnect();
    const request = (await wire.requests())[1]!;
    expect(request).to.include({
      method: 'PUT',
      origin: location.origin,
      path: '/partner/v1/dealers/12345/disconnect?external_dealer_id=adc-67890',
      body: '',
    });
    expect(request.headers).not.to.have.any.keys('authorization', 'content-type');
    expect(request.headers).to.include({ accept: 'application/json' });
    expect(request.headers['cookie']).to.contain('session=own');
    expect(request.headers['x-partner-trace-id']).to.match(uuid4);
    expect(request.headers['idempotency-key']).to.match(/./);
  });

  it('has a large dealer id without separators in its URL', async () => {
    const wire = await createWire([{ status: 200 }]);
    const { element } = embed({
      binding: { ...binding, dealerId: 9_007_199_254_740_991 },
      disconnectBaseUrl: wire.sameOriginBaseUrl,
    });
    await element.ready;
    await element.disconnect();
    expect((await wire.requests())[0]!.path).to.equal(
      '/partner/v1/dealers/9007199254740991/disconnect?external_dealer_id=adc-67890',
    );
  });
});

describe('base URLs are joined', () => {
  for (const [given, sent] of [
    ['', ''],
    ['/', ''],
    ['///', ''],
    ['/v2', '/v2'],
    ['/v2/', '/v2'],
    ['/a%20b/v2//', '/a%20b/v2'],
    ['/a/../v2', '/v2'],
    ['?', ''],
    ['/v2?', '/v2'],
    ['/v2/#', '/v2'],
  ] as const)
    it(`as “{base}${given}” → “{base}${sent}/partner/v1/…”, or refused`, async () => {
      const wire = await createWire([{ ...success, method: undefined }, { status: 204 }]);
      const { error } = console;
      console.error = () => {};
      const { element } = embed({
        apiBaseUrl: wire.baseUrl + given,
        disconnectBaseUrl: wire.sameOriginBaseUrl + given,
        getAccessToken: async () => 'secret-token-1',
      });
      await element.ready;
      console.error = error;
      if (element.error) {
        expect(element.error.code).to.equal('configuration');
        expect(given).to.match(/[?#]/);
        return;
      }
      await element.connect('Acme').catch(() => {});
      if (element.state === 'connected') await element.disconnect();
      expect((await wire.requests()).map(({ path }) => path)).to.deep.equal([
        `${sent}/partner/v1/dealers/connect`,
        `${sent}/partner/v1/dealers/12345/disconnect?external_dealer_id=adc-67890`,
      ]);
    });
});
