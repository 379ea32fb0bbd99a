import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { SignJWT, generateKeyPair } from 'jose';
import { DANA, MIRA, refused, startSandbox, type Tester, TOM } from './support.js';

describe('what a token reaches', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let run: Tester;
  let platform: string;
  let dealerApp: string;
  before(async () => void (sandbox = await startSandbox()));
  after(() => sandbox.close());
  beforeEach(async () => {
    run = sandbox.run();
    platform = await run.machineToken();
    dealerApp = await run.machineToken('dealer-app');
  });
  const get = (path: string, token?: string) => run.call('GET', path, { token });
  const bind = () => run.control('PUT', '/bindings', { dealerId: 12345, externalDealerId: 'adc-67890' });

  it('is a bound dealer for the platform, and no other', async () => {
    await refused(await get('/dealers/12345', platform), 403, 'permission_denied');
    await refused(await get('/dealers/12345/sites', platform), 403, 'permission_denied');
    await bind();
    const dealer = await (await get('/dealers/12345', platform)).json();
    assert.equal(dealer.dealer_id, 12345);
    assert.equal(dealer.external_dealer_id, 'adc-67890');
    const sites = await (await get('/dealers/12345/sites', platform)).json();
    assert.equal(sites.length, 3);
    assert.deepEqual(sites[0], {
      site_id: 881001,
      external_site_id: 'acme-warehouse',
      name: 'Riverside Warehouse',
      address1: '18 Dock Road',
      timezone: 'America/Chicago',
      is_activated: 1,
      created_at: '2021-06-02T09:12:44.000Z',
    });
    await refused(await get('/dealers/23456', platform), 403, 'permission_denied');
    await refused(await get('/dealers/99999', platform), 403, 'permission_denied');
  });

  it('is a 404 for a dealer that is not connected, if the switch says so', async () => {
    await run.switch({ unboundDealer: 'not-connected' });
    await refused(await get('/dealers/12345', platform), 404, 'dealer_not_connected');
    await refused(await get('/dealers/12345/sites', platform), 404, 'dealer_not_connected');
    await refused(await get('/dealers/99999', platform), 404, 'dealer_not_found');
    await bind();
    assert.equal((await get('/dealers/12345', platform)).status, 200);
    await run.disconnect(platform);
    await refused(await get('/dealers/12345', platform), 404, 'dealer_not_connected');
    await refused(await get('/dealers/23456', dealerApp), 403, 'permission_denied');
  });

  it('is still refused for the missing scope first, whatever the switch says', async () => {
    await run.switch({ unboundDealer: 'not-connected' });
    const narrow = await run.machineToken('platform', { scope: 'read:sites' });
    await refused(await get('/dealers/12345', narrow), 403, 'permission_denied');
  });

  for (const unboundDealer of ['forbidden', 'not-connected'] as const) {
    it(`answers a second disconnect by its own switch, even with unboundDealer ${unboundDealer}`, async () => {
      await run.switch({ unboundDealer });
      await refused(await run.disconnect(platform), 404, 'dealer_not_connected');
      await run.switch({ disconnectTwice: 'forbidden' });
      await refused(await run.disconnect(platform), 403, 'permission_denied');
      await run.switch({ disconnectTwice: 'ok' });
      assert.equal((await run.disconnect(platform)).status, 200);
    });
  }

  it('is its own dealer for a dealer app, bound or not', async () => {
    assert.equal((await get('/dealers/12345/sites', dealerApp)).status, 200);
    const dealer = await (await get('/dealers/12345', dealerApp)).json();
    assert.ok(!('external_dealer_id' in dealer));
    await refused(await get('/dealers/23456', dealerApp), 403, 'permission_denied');
  });

  it('is nothing for the token of a person, or one without the scope', async () => {
    await bind();
    await refused(await get('/dealers/12345', await run.token(DANA)), 403, 'client_credentials_required');
    const narrow = await run.machineToken('platform', { scope: 'read:dealer' });
    assert.equal((await get('/dealers/12345', narrow)).status, 200);
    await refused(await get('/dealers/12345/sites', narrow), 403, 'permission_denied');
  });

  it('ends with disconnect, whose answer the switch says', async () => {
    for (const [disconnectAnswer, status, body] of [
      ['dealer', 200, /"company_name":"Acme Security Systems, Inc\."/],
      ['empty-object', 200, /^\{\}$/],
      ['no-content', 204, /^$/],
    ] as const) {
      await bind();
      await run.switch({ disconnectAnswer });
      const response = await run.disconnect(platform);
      assert.equal(response.status, status);
      assert.match(await response.text(), body);
      await refused(await get('/dealers/12345', platform), 403, 'permission_denied');
    }
  });

  it('disconnects once; a second time is 404, or fine if the switch says so', async () => {
    await bind();
    assert.equal((await run.disconnect(platform)).status, 200);
    await refused(await run.disconnect(platform), 404, 'dealer_not_connected');
    await run.switch({ disconnectTwice: 'ok' });
    assert.equal((await run.disconnect(platform)).status, 200);
    await refused(await run.disconnect(platform, 99999), 404, 'dealer_not_found');
    const audit: { action: string; outcome: string }[] = await run.control('GET', '/audit');
    assert.deepEqual(
      audit.map(({ action, outcome }) => `${action} ${outcome}`),
      ['recorded', 'dealer_not_connected', 'recorded', 'dealer_not_found'].map(
        (what) => `disconnect ${what}`,
      ),
    );
  });

  it("does not disconnect with a person's token, unless the switch lets the dealer admin", async () => {
    await bind();
    const [dana, tom, mira] = [await run.token(DANA), await run.token(TOM), await run.token(MIRA)];
    await refused(await run.disconnect(dana), 403, 'client_credentials_required');
    await refused(await run.disconnect(dealerApp), 403, 'permission_denied');
    await run.switch({ dealerTokenOnDisconnect: 'ok' });
    await refused(await run.disconnect(tom), 403, 'permission_denied');
    await refused(await run.disconnect(mira), 403, 'permission_denied');
    assert.equal((await run.bindings()).length, 1);
    assert.equal((await run.disconnect(dana)).status, 200);
    assert.deepEqual(await run.bindings(), []);
  });

  it('is nothing without a valid token', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const now = Math.floor(Date.now() / 1000);
    const forged = await new SignJWT({ scope: 'read:dealer', client_id: 'acme-dashboard', jti: 'x' })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'sandbox-sign-in-1' })
      .setIssuer(sandbox.origin)
      .setAudience('https://api.chekt.com/partner')
      .setSubject('acme-dashboard')
      .setExpirationTime(now + 60)
      .sign(privateKey);
    const [header, payload] = dealerApp.split('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`;
    const bad: [string | undefined, RegExp][] = [
      [undefined, /missing/],
      ['not a token', /not a bearer token/],
      ['opaque', /not valid/],
      [forged, /not valid/],
      [unsigned, /not valid/],
      [`${header}.${payload}.${'A'.repeat(342)}`, /not valid/],
      [await run.machineToken('dealer-app', { expiresIn: -1 }), /expired/],
      [await run.machineToken('dealer-app', { expiresIn: -1, opaque: true }), /expired/],
    ];
    for (const [token, message] of bad) {
      const response = await get('/dealers/12345', token);
      assert.equal(response.headers.get('WWW-Authenticate'), 'Bearer');
      const error = await refused(response, 401, 'invalid_api_key');
      assert.match(error.message, message);
    }
    const basic = await run.call('GET', '/dealers/12345', { headers: { Authorization: 'Basic abc' } });
    await refused(basic, 401, 'invalid_api_key');
    const opaque = await run.machineToken('dealer-app', { opaque: true });
    assert.equal((await get('/dealers/12345', opaque)).status, 200);
  });

  it('is nothing with a token of another sandbox', async () => {
    const other = await startSandbox();
    const foreign = await other.run().machineToken('dealer-app');
    await other.close();
    await refused(await get('/dealers/12345', foreign), 401, 'invalid_api_key');
  });

  it('is an error in the envelope for a path that does not exist', async () => {
    await refused(await get('/dealers', platform), 404, 'not_found');
    await refused(await run.call('POST', '/dealers/connect', { token: platform }), 404, 'not_found');
    assert.deepEqual(
      (await run.log()).map(({ operation, status }) => [operation, status]),
      [
        [null, 404],
        [null, 404],
      ],
    );
  });
});
