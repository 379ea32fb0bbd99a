import assert from 'node:assert/strict';
import { after, before, describe, it, mock, type MockFunctionContext } from 'node:test';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import * as oauth from 'openid-client';
import { discover, SignIn } from './sign-in.js';
import { DANA, MIRA, refused, startSandbox } from './support.js';

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
const AUDIENCE = 'https://api.chekt.com/partner';

describe('the authorization server', () => {
  let noise: readonly { readonly mock: MockFunctionContext<typeof console.log> }[];
  let sandbox: Sandbox;
  let config: oauth.Configuration;
  before(async () => {
    noise = (['log', 'info', 'warn', 'error'] as const).map((name) => mock.method(console, name));
    sandbox = await startSandbox();
    config = await discover(sandbox.origin);
  });
  after(async () => {
    await sandbox.close();
    for (const { mock: method } of noise) method.restore();
  });

  it('publishes routes like those of CHeKT, and S256 as the only challenge', () => {
    const server = config.serverMetadata();
    assert.equal(server.authorization_endpoint, `${sandbox.origin}/authorize`);
    assert.equal(server.token_endpoint, `${sandbox.origin}/oauth/token`);
    assert.equal(server.revocation_endpoint, `${sandbox.origin}/oauth/revoke`);
    assert.equal(server.jwks_uri, `${sandbox.origin}/.well-known/jwks.json`);
    assert.deepEqual(server.code_challenge_methods_supported, ['S256']);
  });

  it('gives a person an RS256 token for the Partner API that names the person and the dealer', async () => {
    const run = sandbox.run();
    const { access_token, id_token, expires_in, token_type, claims } = await new SignIn(
      config,
      run.id,
    ).tokens(DANA);
    const keys = createRemoteJWKSet(new URL(`${sandbox.origin}/.well-known/jwks.json`));
    const { payload, protectedHeader } = await jwtVerify(access_token, keys, {
      issuer: sandbox.origin,
      audience: AUDIENCE,
    });
    assert.equal(protectedHeader.alg, 'RS256');
    assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 3600);
    assert.equal(expires_in, 3600);
    assert.equal(token_type, 'bearer');
    const { sub, azp, scope, name, email, company_name, dealer_id } = payload;
    assert.deepEqual(
      { sub, azp, scope, name, email, company_name, dealer_id },
      {
        sub: 'user|dana',
        azp: 'northwind-platform',
        scope: 'openid profile email read:dealer read:sites',
        name: 'Dana Reyes',
        email: DANA,
        company_name: 'Acme Security Systems, Inc.',
        dealer_id: '12345',
      },
    );
    assert.equal(claims()?.['name'], 'Dana Reyes');
    await refused(await run.connect(id_token), 401, 'invalid_api_key');
    assert.equal((await run.connect(access_token)).status, 200);
  });

  it("accepts Auth0's audience parameter and refuses an unknown audience", async () => {
    const { access_token } = await new SignIn(config, 'a').tokens(DANA, { audience: AUDIENCE });
    assert.equal(decodeJwt(access_token).aud, AUDIENCE);
    const { url } = await new SignIn(config, 'a').open({ audience: 'https://other.example' });
    assert.equal(url.searchParams.get('error'), 'access_denied');
  });

  it('requires PKCE with S256 and returns the state', async () => {
    const plain = await new SignIn(config, 'a').open({ code_challenge_method: 'plain' });
    assert.equal(plain.url.searchParams.get('error'), 'invalid_request');
    assert.equal(plain.url.searchParams.get('state'), 'the-state');
    const url = await new SignIn(config, 'a').authorizeUrl();
    url.searchParams.delete('code_challenge');
    url.searchParams.delete('code_challenge_method');
    const answer = await fetch(url, { redirect: 'manual' });
    const location = new URL(answer.headers.get('Location') ?? '');
    assert.equal(location.searchParams.get('error'), 'invalid_request');
  });

  it('refuses a code with another verifier, and a code that was used', async () => {
    const signIn = new SignIn(config, 'a');
    const callback = await signIn.person(DANA);
    const stranger = new SignIn(config, 'a');
    await assert.rejects(stranger.exchange(callback), { error: 'invalid_grant' });
    const again = await signIn.person(DANA);
    await signIn.exchange(again);
    await assert.rejects(signIn.exchange(again), { error: 'invalid_grant' });
  });

  it('redirects to any port of a loopback host and any run, and nowhere else', async () => {
    const good = ['http://127.0.0.1:8123/chekt/callback', 'http://localhost/runs/some-run-1/chekt/callback'];
    for (const redirect_uri of good) {
      const { response } = await new SignIn(config, 'a').open({ redirect_uri });
      assert.equal(response?.status, 200, redirect_uri);
    }
    const bad = [
      'http://localhost.evil.example/chekt/callback',
      'https://localhost/chekt/callback',
      'http://localhost:5173/chekt/callback?next=1',
      'http://localhost:5173/runs/UPPER/chekt/callback',
      'http://user@localhost:5173/chekt/callback',
      'http://localhost:5173/elsewhere',
    ];
    for (const redirect_uri of bad) {
      const url = await new SignIn(config, 'a').authorizeUrl({ redirect_uri });
      const response = await fetch(url, { redirect: 'manual', headers: { Accept: 'text/html' } });
      assert.equal(response.status, 403, redirect_uri);
      assert.match(await response.text(), /This sign-in cannot go on/);
    }
  });

  it('rotates refresh tokens, and revokes all of them when an old one is used again', async () => {
    const run = sandbox.run();
    const first = await new SignIn(config, run.id).tokens(DANA);
    const second = await oauth.refreshTokenGrant(config, first.refresh_token ?? '');
    assert.notEqual(second.refresh_token, first.refresh_token);
    assert.equal((await run.connect(second.access_token)).status, 200);
    await assert.rejects(oauth.refreshTokenGrant(config, first.refresh_token ?? ''), {
      error: 'invalid_grant',
    });
    await refused(await run.connect(second.access_token), 401, 'invalid_api_key');
  });

  it('revokes an access token at once, and with a refresh token all that came from it', async () => {
    const run = sandbox.run();
    const one = await new SignIn(config, run.id).tokens(DANA);
    await oauth.tokenRevocation(config, one.access_token);
    const { message } = await refused(await run.connect(one.access_token), 401, 'invalid_api_key');
    assert.match(message, /revoked/);
    const two = await oauth.refreshTokenGrant(config, one.refresh_token ?? '');
    assert.equal((await run.connect(two.access_token)).status, 200);
    await oauth.tokenRevocation(config, two.refresh_token ?? '');
    await refused(await run.connect(two.access_token), 401, 'invalid_api_key');
  });

  it("does not let a client revoke another client's token", async () => {
    const run = sandbox.run();
    const dealerApp = await discover(sandbox.origin, 'acme-dashboard', 'acme-sample-secret');
    const { access_token } = await new SignIn(config, run.id).tokens(DANA);
    await assert.rejects(oauth.tokenRevocation(dealerApp, access_token));
    assert.equal((await run.connect(access_token)).status, 200);
  });

  it('issues tokens for client credentials, which name the dealer for a dealer app', async () => {
    const dealerApp = await discover(sandbox.origin, 'acme-dashboard', 'acme-sample-secret');
    const { access_token, expires_in } = await oauth.clientCredentialsGrant(dealerApp);
    assert.deepEqual(decodeJwt(access_token)['https://api.chektdev.com/claims/partner'], {
      dealer_id: '12345',
      site_id: '881001',
    });
    assert.equal(expires_in, 3600);
    const narrow = await oauth.clientCredentialsGrant(config, { scope: 'read:dealer' });
    assert.equal(decodeJwt(narrow.access_token)['scope'], 'read:dealer');
  });

  it("issues what the run's switches say at the run's token endpoint", async () => {
    const run = sandbox.run();
    await run.switch({ tokenFormat: 'opaque', tokenLifetime: 90 });
    const token_endpoint = `${sandbox.origin}/runs/${run.id}/oauth/token`;
    const server = {
      issuer: sandbox.origin,
      authorization_endpoint: `${sandbox.origin}/authorize`,
      token_endpoint,
      jwks_uri: `${sandbox.origin}/.well-known/jwks.json`,
    };
    const inRun = new oauth.Configuration(server, 'northwind-platform', 'northwind-sample-secret');
    oauth.allowInsecureRequests(inRun);
    const { access_token, expires_in } = await new SignIn(inRun, run.id).tokens(MIRA);
    assert.equal(expires_in, 90);
    assert.ok(!access_token.includes('.'));
    const bound = await (await run.connect(access_token, 'adc-11111')).json();
    assert.equal(bound.dealer_id, 23456);
    assert.deepEqual(
      (await run.log()).map(({ operation }) => operation),
      ['token', 'connect'],
    );
    await oauth.tokenRevocation(config, access_token);
    await refused(await run.connect(access_token, 'adc-11111'), 401, 'invalid_api_key');
  });

  it('writes nothing to the console', () => {
    assert.deepEqual(
      noise.flatMap(({ mock: { calls } }) => calls.map((call) => call.arguments)),
      [],
    );
  });
});
