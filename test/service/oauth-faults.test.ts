import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { clientSecret, type ChektServiceOptions } from '../../src/service/index.js';
import { DANA, startWorld, until, type World } from './world.js';

describe("the issuer's faults", () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  async function signedIn(
    changes: (defaults: ChektServiceOptions) => Partial<ChektServiceOptions> = () => ({}),
  ) {
    const platform = await world.platform(changes);
    const person = platform.person();
    await person.signIn(DANA);
    return { platform, person };
  }

  it('show the person a failure and log the setting once, for a wrong secret', async () => {
    const { platform, person } = await signedIn(({ dealerSignIn }) => ({
      dealerSignIn: { ...dealerSignIn, auth: clientSecret('wrong') },
    }));
    const answer = await person.get('/token');
    assert.deepEqual([answer.status, await answer.json()], [400, { error: 'server_error' }]);
    const lines = platform.log.filter(({ level }) => level !== 'debug');
    assert.equal(lines.length, 1);
    assert.match(
      lines[0]?.message ?? '',
      / failed\. The client secret is wrong .*\(setting: dealerSignIn\.auth\)$/,
    );
    const { client, setting, status } = lines[0]?.fields ?? {};
    assert.deepEqual([client, setting, status], ['dealerSignIn', 'dealerSignIn.auth', 401]);
  });

  it('let the person sign in again soon after the token endpoint failed once', async () => {
    let now = Date.now();
    const platform = await world.platform({ clock: () => now });
    const person = platform.person();
    await platform.fault({ on: 'token', kind: 'status', status: 503, times: 1 });
    await person.signIn(DANA);
    const told = await person.get('/token');
    assert.deepEqual([told.status, (await told.json()).error], [400, 'temporarily_unavailable']);
    now += 30_001; // "Try again"
    assert.equal((await person.get('/token')).status, 204);
    await person.signIn(DANA);
    assert.equal((await person.token()).name, 'Dana Reyes');
  });

  it('lead to a page with a link when the issuer cannot be reached', async () => {
    const platform = await world.platform(({ dealerSignIn }) => ({
      dealerSignIn: { ...dealerSignIn, issuer: 'http://127.0.0.1:9', server: undefined },
    }));
    const person = platform.person();
    const answer = await person.browser.fetch(person.authorizeUrl({ returnTo: '/here' }));
    assert.equal(answer.status, 502);
    assert.match(await answer.text(), /<a href="\/here">/);
    assert.match(
      platform.warnings().join(),
      /The host 127\.0\.0\.1:9 could not be reached .*\(setting: dealerSignIn\.issuer\)/,
    );
  });

  it('leave a connect in place and log the setting, for a failing platform client', async () => {
    const { platform, person } = await signedIn(({ platformClient }) => ({
      platformClient: { ...platformClient, audience: 'https://other.example' },
    }));
    assert.equal((await person.connect()).status, 200);
    assert.equal((await person.session()).bindingStatus, 'connected');
    await until(() => platform.warnings().some((line) => /\(setting: platformClient\.audience\)/.test(line)));
    const answer = await person.disconnect(12345);
    assert.equal(answer.status, 502);
    assert.equal((await platform.options.store.inspect()).unsettledOperations, 0); // nothing was sent
  });

  it('become a 401 for the person, and the log names the audience, for an API of another environment', async () => {
    const { platform, person } = await signedIn();
    await platform.fault({ on: 'connect', kind: 'status', status: 401, code: 'invalid_api_key' });
    const answer = await person.connect();
    assert.equal(answer.status, 401);
    assert.match(platform.warnings().join(), /Look at dealerSignIn\.audience and partnerApi\.baseUrl/);
    assert.equal((await platform.chekt.audit()).items.length, 0); // not a refusal of the operation
    assert.equal((await person.connect()).status, 200);
  });

  it('refreshes once for any number of tabs and processes, and the grant survives', async () => {
    const { platform, person } = await signedIn();
    const other = platform.again();
    const login = person.browser.cookie('login')?.value;
    const ask = (chekt: typeof other) =>
      chekt.fetch(
        new Request(`${person.base}/token?reason=rejected`, { headers: { Cookie: `login=${login}` } }),
      );
    await platform.fault({ on: 'token', kind: 'delay', ms: 300 });
    const answers = await Promise.all([1, 2, 3, 4].map((tab) => ask(tab % 2 ? platform.chekt : other)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 200],
    );
    assert.equal((await platform.calls(/oauth\/token$/)).length, 2); // the code, and one renewal
    assert.equal((await person.connect()).status, 200);
  });

  it('refreshes shortly before the expiry', async () => {
    let now = Date.now();
    const { platform, person } = await signedIn(() => ({ clock: () => now }));
    now += 3_590_000;
    assert.ok((await person.token()).expires_in > 3000);
    assert.equal((await platform.calls(/oauth\/token$/)).length, 2);
  });

  it('answers 204 once the issuer has ended the authorization', async () => {
    const { platform, person } = await signedIn();
    await platform.control('POST', '/revoke', { account: DANA });
    assert.equal(await person.token('reason=rejected'), null);
    assert.equal(await person.token(), null);
    assert.deepEqual(platform.warnings(), []);
  });

  it('does not treat a missing answer of the issuer as a refusal', async () => {
    const { platform, person } = await signedIn();
    await platform.fault({ on: 'token', kind: 'reset-before' });
    const answer = await person.get('/token?reason=rejected');
    assert.equal(answer.status, 502);
    assert.equal((await answer.json()).error.code, 'upstream_unavailable');
    assert.equal((await person.token('reason=rejected')).name, 'Dana Reyes');
  });

  it('requests the platform’s token with the dealer’s extra parameters, and caches one for each', async () => {
    const asked: (number | undefined)[] = [];
    const { platform, person } = await signedIn(({ platformClient }) => ({
      platformClient: {
        ...platformClient,
        extraTokenParameters: (dealerId) => {
          asked.push(dealerId);
          return {
            'https://api.chektdev.com/claims/partner': JSON.stringify({
              dealer_id: String(dealerId),
            }),
          };
        },
      },
    }));
    await platform.switch({ partnerClaim: 'required' });
    assert.equal((await person.connect()).status, 200);
    assert.equal((await person.disconnect(12345)).status, 200);
    assert.ok(asked.every((dealerId) => dealerId === 12345));
    const tokens = async () =>
      (await platform.calls(/token$/)).filter(({ operation }) => operation === 'm2m-token');
    assert.equal((await tokens()).length, 1);
    const again = platform.again(); // another process takes the token that is kept
    await person.signIn(DANA);
    assert.equal((await person.connect()).status, 200);
    assert.equal((await again.disconnect('adc-67890', { actor: { id: 'ops' } })).outcome, 'disconnected');
    assert.equal((await tokens()).length, 1);
  });
});
