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

  it('a wrong secret: the person reads a failure, the log names the setting, once', async () => {
    const { platform, person } = await signedIn(({ dealerSignIn }) => ({
      dealerSignIn: { ...dealerSignIn, auth: clientSecret('wrong') },
    }));
    const answer = await person.get('/token');
    assert.deepEqual([answer.status, await answer.json()], [400, { error: 'server_error' }]);
    const lines = platform.log.filter(({ level }) => level !== 'debug');
    assert.equal(lines.length, 1);
    assert.match(lines[0]?.message ?? '', /Look at dealerSignIn\.auth\. The client secret is wrong/);
    const { client, setting, status } = lines[0]?.fields ?? {};
    assert.deepEqual([client, setting, status], ['dealerSignIn', 'dealerSignIn.auth', 401]);
  });

  it('an issuer that cannot be reached: a page with a way on', async () => {
    const platform = await world.platform(({ dealerSignIn }) => ({
      dealerSignIn: { ...dealerSignIn, issuer: 'http://127.0.0.1:9', server: undefined },
    }));
    const person = platform.person();
    const answer = await person.browser.fetch(person.authorizeUrl({ returnTo: '/here' }));
    assert.equal(answer.status, 502);
    assert.match(await answer.text(), /<a href="\/here">/);
    assert.match(platform.warnings().join(), /Look at dealerSignIn\.issuer\. It could not be reached/);
  });

  it('a failing platform client: the connect stands, the log says what to look at', async () => {
    const { platform, person } = await signedIn(({ platformClient }) => ({
      platformClient: { ...platformClient, audience: 'https://other.example' },
    }));
    assert.equal((await person.connect()).status, 200);
    assert.equal((await person.session()).bindingStatus, 'connected');
    await until(() => platform.warnings().some((line) => /Look at platformClient\.audience/.test(line)));
    const answer = await person.disconnect(12345);
    assert.equal(answer.status, 502);
    assert.equal((await platform.options.store.inspect()).unsettledOperations, 0); // nothing was sent
  });

  it("CHeKT's API of another environment: 401 for the person, and the log names the audience", async () => {
    const { platform, person } = await signedIn();
    await platform.fault({ on: 'connect', kind: 'status', status: 401, code: 'invalid_api_key' });
    const answer = await person.connect();
    assert.equal(answer.status, 401);
    assert.match(platform.warnings().join(), /Look at dealerSignIn\.audience and partnerApi\.baseUrl/);
    assert.equal((await platform.chekt.audit()).items.length, 0); // not a refusal of the operation
    assert.equal((await person.connect()).status, 200);
  });

  it('renews once, however many tabs and processes ask, and the grant survives', async () => {
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

  it('renews by itself near the end', async () => {
    let now = Date.now();
    const { platform, person } = await signedIn(() => ({ clock: () => now }));
    now += 3_590_000;
    assert.ok((await person.token()).expires_in > 3000);
    assert.equal((await platform.calls(/oauth\/token$/)).length, 2);
  });

  it('says 204 once the issuer has ended the authorization', async () => {
    const { platform, person } = await signedIn();
    await platform.control('POST', '/revoke', { account: DANA });
    assert.equal(await person.token('reason=rejected'), null);
    assert.equal(await person.token(), null);
    assert.deepEqual(platform.warnings(), []);
  });

  it("does not take the issuer's silence for a no", async () => {
    const { platform, person } = await signedIn();
    await platform.fault({ on: 'token', kind: 'reset-before' });
    const answer = await person.get('/token?reason=rejected');
    assert.equal(answer.status, 502);
    assert.equal((await answer.json()).error.code, 'upstream_unavailable');
    assert.equal((await person.token('reason=rejected')).name, 'Dana Reyes');
  });

  it('asks for the platform’s token with the extra parameters of the dealer, and keeps one for each', async () => {
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
