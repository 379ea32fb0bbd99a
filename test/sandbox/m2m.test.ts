import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import * as oauth from 'openid-client';
import { machineClient } from './m2m.js';
import { discover, SignIn } from './sign-in.js';
import { DANA, MIRA, refused, startSandbox, type Tester } from './support.js';

const DEALER = { dealer_id: '12345', site_id: '881001' };

describe("CHeKT's sample shape: an issuer of its own for the platform's client", () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let run: Tester;
  before(async () => void (sandbox = await startSandbox()));
  after(() => sandbox.close());
  beforeEach(() => void (run = sandbox.run()));
  const get = (path: string, token: string) => run.call('GET', path, { token });
  const bind = () => run.control('PUT', '/bindings', { dealerId: 12345, externalDealerId: 'adc-67890' });

  it('connects with one client and disconnects with the other', async () => {
    const secret = 'northwind-sign-in-sample-secret';
    const config = await discover(sandbox.origin, 'northwind-sign-in', secret);
    const dana = await new SignIn(config, run.id).tokens(DANA);
    assert.equal(decodeJwt(dana.access_token)['azp'], 'northwind-sign-in');
    assert.equal((await run.connect(dana.access_token)).status, 200);
    const platform = await machineClient(sandbox, run.id);
    const { access_token } = await platform.ask();
    assert.equal((await get('/dealers/12345', access_token)).status, 200);
    assert.equal((await run.disconnect(access_token)).status, 200);
    const secondCredentials = oauth.clientCredentialsGrant(config);
    await assert.rejects(secondCredentials, { status: 403, error: 'unauthorized_client' });
  });

  it("gives tokens with its own iss, aud and key, like those of CHeKT's sample", async () => {
    const { access_token, scope } = await (await machineClient(sandbox, run.id)).ask();
    const keys = createRemoteJWKSet(new URL(`${sandbox.origin}/m2m/.well-known/jwks.json`));
    const { payload, protectedHeader } = await jwtVerify(access_token, keys, {
      issuer: `${sandbox.origin}/m2m/`,
      audience: 'https://m2m.chekt.com/',
      subject: 'northwind-m2m@clients',
    });
    assert.equal(protectedHeader.kid, 'sandbox-m2m-1');
    assert.equal(payload['azp'], 'northwind-m2m');
    assert.equal(payload['scope'], scope);
    assert.match(scope ?? '', /read:dealer .*delete:monitoring_stations/);
    const other = createRemoteJWKSet(new URL(`${sandbox.origin}/.well-known/jwks.json`));
    await assert.rejects(jwtVerify(access_token, other), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it('publishes its metadata, unless the switch in the run default says no', async () => {
    const status = async (issuer: string) =>
      (await fetch(`${sandbox.origin}${issuer}/.well-known/openid-configuration`)).status;
    const configuration = `${sandbox.origin}/m2m/.well-known/openid-configuration`;
    const published = await (await fetch(configuration)).json();
    assert.equal(published.issuer, `${sandbox.origin}/m2m/`);
    assert.equal(published.token_endpoint, `${sandbox.origin}/m2m/oauth/token`);
    assert.equal(published.jwks_uri, `${sandbox.origin}/m2m/.well-known/jwks.json`);
    assert.ok(published.token_endpoint_auth_methods_supported.includes('private_key_jwt'));
    const everyone = sandbox.run('default');
    for (const [discovery, statuses] of [
      ['sign-in-only', [200, 404]],
      ['none', [404, 404]],
      ['both', [200, 200]],
    ] as const) {
      await everyone.switch({ discovery });
      assert.deepEqual([await status(''), await status('/m2m')], statuses, discovery);
    }
  });

  it('puts the partner claim of the request into the token, and records what was asked', async () => {
    const platform = await machineClient(sandbox, run.id);
    const { access_token } = await platform.ask({ [platform.partnerClaim]: JSON.stringify(DEALER) });
    assert.deepEqual(decodeJwt(access_token)[platform.partnerClaim], DEALER);
    const [entry] = await run.control('GET', '/log');
    assert.equal(entry.operation, 'm2m-token');
    assert.deepEqual(JSON.parse(entry.parameters[platform.partnerClaim]), DEALER);
    assert.equal(entry.parameters.audience, platform.audience);
    assert.equal(entry.parameters.client_assertion, '[redacted]');
    await assert.rejects(platform.ask({ [platform.partnerClaim]: '{"site_id":"1"}' }), {
      error: 'invalid_request',
    });
  });

  it('lets a token that names a dealer reach that dealer only', async () => {
    await bind();
    await run.connect(await run.token(MIRA), 'adc-11111');
    const platform = await machineClient(sandbox, run.id);
    const { access_token } = await platform.ask({ [platform.partnerClaim]: JSON.stringify(DEALER) });
    assert.equal((await get('/dealers/12345', access_token)).status, 200);
    await refused(await get('/dealers/23456', access_token), 403, 'permission_denied');
    await refused(await run.disconnect(access_token, 23456), 403, 'permission_denied');
    assert.equal((await run.disconnect(access_token)).status, 200);
  });

  it('requires the partner claim on every call if the switch says so', async () => {
    await bind();
    await run.switch({ partnerClaim: 'required' });
    const platform = await machineClient(sandbox, run.id);
    const { access_token: bare } = await platform.ask();
    await refused(await get('/dealers/12345', bare), 403, 'permission_denied');
    await refused(await run.disconnect(bare), 403, 'permission_denied');
    const named = await platform.ask({ [platform.partnerClaim]: JSON.stringify(DEALER) });
    assert.equal((await get('/dealers/12345', named.access_token)).status, 200);
    assert.equal((await run.disconnect(named.access_token)).status, 200);
  });

  it('grants no read:dealer if the switch says so', async () => {
    await bind();
    await run.switch({ platformScopes: 'without-read-dealer' });
    const platform = await machineClient(sandbox, run.id);
    const { access_token, scope } = await platform.ask({ scope: 'read:dealer read:sites' });
    assert.equal(scope, 'read:sites');
    await refused(await get('/dealers/12345', access_token), 403, 'permission_denied');
    assert.equal((await get('/dealers/12345/sites', access_token)).status, 200);
  });

  it('issues and accepts opaque tokens, too', async () => {
    await bind();
    await run.switch({ tokenFormat: 'opaque', tokenLifetime: 120 });
    const { access_token, expires_in } = await (await machineClient(sandbox, run.id)).ask();
    assert.equal(expires_in, 120);
    assert.ok(!access_token.includes('.'));
    assert.equal((await get('/dealers/12345', access_token)).status, 200);
  });

  it("describes the settings for a run's platform", async () => {
    const described = await run.control('GET', '/platform');
    assert.deepEqual(described, JSON.parse(JSON.stringify(sandbox.describe(run.id))));
    assert.equal(described.partnerApi.baseUrl, `${sandbox.origin}/runs/${run.id}`);
    assert.equal(described.m2m.server.token_endpoint, `${sandbox.origin}/runs/${run.id}/m2m/oauth/token`);
    assert.equal(sandbox.describe().m2m.server.token_endpoint, `${sandbox.origin}/m2m/oauth/token`);
  });
});
