import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as oauth from 'openid-client';
import { machineClient } from './m2m.js';
import { SignIn } from './sign-in.js';
import { DANA, startSandbox, type Tester } from './support.js';

const REFUSED = { error: 'invalid_client', status: 401 };

describe('an issuer, when a setting is wrong', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let run: Tester;
  before(async () => {
    sandbox = await startSandbox({ redirectUris: ['https://app.northwind.example/api/chekt/callback'] });
  });
  after(() => sandbox.close());
  beforeEach(() => void (run = sandbox.run()));

  function signInClient(secret = 'northwind-sign-in-sample-secret') {
    const { server } = sandbox.describe(run.id).signIn;
    const configuration = new oauth.Configuration(server, 'northwind-sign-in', secret);
    oauth.allowInsecureRequests(configuration);
    return configuration;
  }
  const detail = async () => (await run.control('GET', '/log')).at(-1).detail as string;

  for (const [issuerErrors, wrongSecret, wrongCode] of [
    ['auth0', { error: 'access_denied', error_description: 'Unauthorized', status: 401 }, 403],
    ['rfc', REFUSED, 400],
  ] as const) {
    it(`refuses a wrong secret and a wrong code, as ${issuerErrors}`, async () => {
      await run.switch({ issuerErrors });
      const callback = await new SignIn(signInClient(), run.id).person(DANA);
      const wrong = new SignIn(signInClient('wrong'), run.id);
      await assert.rejects(wrong.exchange(callback), wrongSecret);
      await assert.rejects(new SignIn(signInClient(), run.id).exchange(callback), {
        error: 'invalid_grant',
        status: wrongCode,
      });
      await assert.rejects(oauth.refreshTokenGrant(signInClient(), 'gone'), {
        error: 'invalid_grant',
        status: wrongCode,
      });
    });
  }

  it('answers a wrong audience of the sign-in with access_denied, like Auth0', async () => {
    const { url } = await new SignIn(signInClient(), run.id).open({ audience: 'https://other.example' });
    assert.equal(url.searchParams.get('error'), 'access_denied');
    assert.equal(url.searchParams.get('error_description'), 'Service not found: https://other.example');
    assert.equal(url.searchParams.get('state'), 'the-state');
    await run.switch({ issuerErrors: 'rfc' });
    const rfc = await new SignIn(signInClient(), run.id).open({ audience: 'https://other.example' });
    assert.equal(rfc.url.searchParams.get('error'), 'invalid_target');
  });

  it("refuses a wrong or missing audience of the platform's client", async () => {
    const { ask, configuration } = await machineClient(sandbox, run.id);
    await assert.rejects(ask({ audience: 'https://other.example' }), {
      status: 403,
      error: 'access_denied',
      error_description: 'Service not enabled within domain: https://other.example',
    });
    await assert.rejects(oauth.clientCredentialsGrant(configuration), {
      status: 403,
      error: 'access_denied',
      error_description: /^No audience parameter/,
    });
    await run.switch({ issuerErrors: 'rfc' });
    await assert.rejects(ask({ audience: 'https://other.example' }), {
      status: 400,
      error: 'invalid_target',
    });
  });

  it('shows a page without a redirect for an unregistered redirect URI', async () => {
    for (const [issuerErrors, status, words] of [
      ['auth0', 403, /Callback URL mismatch/],
      ['rfc', 400, /invalid_redirect_uri/],
    ] as const) {
      await sandbox.run('default').switch({ issuerErrors });
      const redirect_uri = 'http://localhost:5173/api/chekt/callback';
      const url = await new SignIn(signInClient(), run.id).authorizeUrl({ redirect_uri });
      const response = await fetch(url, { redirect: 'manual', headers: { Accept: 'text/html' } });
      assert.equal(response.status, status);
      assert.match(await response.text(), words);
    }
    await sandbox.run('default').control('POST', '/reset', {});
  });

  it('accepts a redirect URI that was registered at the start, and only an exact match', async () => {
    const open = async (redirect_uri: string) => {
      const url = await new SignIn(signInClient(), run.id).authorizeUrl({ redirect_uri });
      return (await fetch(url, { redirect: 'manual', headers: { Accept: 'text/html' } })).status;
    };
    assert.equal(await open('https://app.northwind.example/api/chekt/callback'), 303);
    assert.equal(await open('https://app.northwind.example/api/chekt/callback/'), 403);
  });

  for (const [name, changes, reason] of [
    ['an unknown key id', { keyId: 'unknown' }, /no applicable key/],
    ["an aud without Auth0's slash", { assertionAudience: 'http://127.0.0.1/m2m' }, /audience \(aud\)/],
    ['a clock five minutes ahead', { clock: 300 }, /not active yet|in the future/],
    ['a clock five minutes behind', { clock: -301 }, /expired/],
    ['a lifetime over five minutes', { lifetime: 301 }, /more than 5 minutes/],
  ] as const) {
    it(`refuses an assertion with ${name}, and gives the reason only in its log`, async () => {
      const wrong = await machineClient(sandbox, run.id, changes);
      const words = { ...REFUSED, error_description: 'Failed client authentication' };
      await assert.rejects(wrong.ask(), words);
      assert.match(await detail(), reason);
      await run.switch({ issuerErrors: 'rfc' });
      await assert.rejects(wrong.ask(), REFUSED);
      assert.equal((await (await machineClient(sandbox, run.id)).ask()).token_type, 'bearer');
    });
  }

  it('refuses the token endpoint as aud, like Auth0', async () => {
    const assertionAudience = `${sandbox.origin}/m2m/oauth/token`;
    const wrong = await machineClient(sandbox, run.id, { assertionAudience });
    await assert.rejects(wrong.ask(), REFUSED);
    assert.match(await detail(), /aud is not http/);
  });

  it('refuses an assertion that was used before', async () => {
    const { configuration, audience } = await machineClient(sandbox, run.id);
    let sent: oauth.CustomFetchOptions | undefined;
    configuration[oauth.customFetch] = (url, init) => fetch(url, (sent ??= init) as RequestInit);
    await oauth.clientCredentialsGrant(configuration, { audience });
    await assert.rejects(oauth.clientCredentialsGrant(configuration, { audience }), REFUSED);
    assert.match(await detail(), /only be used once/);
  });

  for (const [clockOffset, reason] of [
    [300, /expired/],
    [-300, /in the future/],
  ] as const) {
    it(`refuses an assertion when CHeKT's clock is off by ${clockOffset} s, and its Date says so`, async () => {
      await run.switch({ clockOffset });
      const { configuration, audience } = await machineClient(sandbox, run.id, { lifetime: 60 });
      let date = '';
      configuration[oauth.customFetch] = async (url, init) => {
        const response = await fetch(url, init as RequestInit);
        date = response.headers.get('Date') ?? '';
        return response;
      };
      await assert.rejects(oauth.clientCredentialsGrant(configuration, { audience }), REFUSED);
      assert.match(await detail(), reason);
      const off = (Date.parse(date) - Date.now()) / 1000;
      assert.ok(Math.abs(off - clockOffset) < 5, `${off}`);
      const api = await run.connect('bad');
      const reset = Number(api.headers.get('X-RateLimit-Reset')) - Date.now() / 1000;
      assert.ok(Math.abs(reset - clockOffset) < 5, `${reset}`);
    });
  }
});
