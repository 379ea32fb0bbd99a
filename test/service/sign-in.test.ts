import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, DANA, MIRA, OTHER_ACCOUNT, startWorld, until, type World } from './world.js';

describe('sign-in with CHeKT through the service', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  it('requests authorization with PKCE, state, nonce, audience and redirect URI, and returns to the page it began on', async () => {
    const platform = await world.platform();
    const person = platform.person();
    const returnTo = '/settings?tab=chekt#connect';
    const url = await person.authorize({ returnTo });
    const query = url.searchParams;
    assert.equal(query.get('code_challenge_method'), 'S256');
    assert.equal(query.get('response_mode'), 'query');
    assert.equal(query.get('audience'), platform.options.dealerSignIn.audience);
    assert.equal(query.get('resource'), platform.options.dealerSignIn.audience);
    for (const name of ['code_challenge', 'state', 'nonce'])
      assert.ok((query.get(name) ?? '').length >= 32, name);
    assert.equal(query.get('redirect_uri'), `${person.base}/callback`);
    assert.equal(query.get('prompt'), null);
    const back = await person.follow(url, DANA);
    assert.equal(back.href, platform.origin + returnTo);
  });

  it('describes the authorization and never the token', async () => {
    const person = (await world.platform()).person();
    await person.signIn(DANA);
    const { expires_in, scope, sign_in_id, ...rest } = await person.token();
    assert.deepEqual(rest, {
      token_type: 'Bearer',
      external_dealer_id: ACCOUNT,
      sub: 'user|dana',
      name: 'Dana Reyes',
      email: DANA,
      company_name: 'Acme Security Systems, Inc.',
      dealer_id: '12345',
    });
    assert.match(sign_in_id, /^[A-Za-z0-9._~-]{1,64}$/);
    assert.ok(expires_in > 3000);
    assert.match(scope, /read:dealer/);
    assert.equal((await person.token('reason=rejected')).sign_in_id, sign_in_id);
  });

  // cloudflare/cloudflare-docs PR #16676
  it('gives a prefetch 503, and no state to bring back', async () => {
    const person = (await world.platform()).person();
    for (const [name, value] of [
      ['Sec-Purpose', 'prefetch;prerender'],
      ['Purpose', 'prefetch'],
    ] as const) {
      const answer = await person.browser.fetch(person.authorizeUrl(), { headers: { [name]: value } });
      assert.equal(answer.status, 503);
      assert.equal(answer.headers.get('Cache-Control'), 'no-store');
      assert.equal(answer.headers.get('Location'), null);
    }
    assert.equal((await person.browser.fetch(person.authorizeUrl(), { method: 'HEAD' })).status, 405);
  });

  it('reports a refusal until the next sign-in begins, for at most 10 minutes, and never beside a grant', async () => {
    let now = Date.now();
    const platform = await world.platform({ clock: () => now });
    const person = platform.person();
    await person.signIn(DANA, { deny: true });
    for (let asked = 0; asked < 2; asked++) {
      const answer = await person.get('/token');
      assert.equal(answer.status, 400);
      assert.equal((await answer.json()).error, 'access_denied');
    }
    await person.authorize();
    assert.equal(await person.token(), null);
    await person.signIn(DANA, { deny: true });
    now += 10 * 60_000 + 1;
    assert.equal(await person.token(), null);
    await person.signIn(DANA);
    await person.signIn(DANA, { deny: true, reason: 'switch' });
    assert.equal((await person.token()).name, 'Dana Reyes');
    assert.deepEqual(platform.warnings(), []);
  });

  it("does not mistake Auth0's error for a wrong audience for the person's refusal", async () => {
    const platform = await world.platform(({ dealerSignIn }) => ({
      dealerSignIn: { ...dealerSignIn, audience: 'https://other.example' },
    }));
    const person = platform.person();
    await person.browser.navigate((await person.authorize()).href);
    const answer = await person.get('/token');
    assert.equal((await answer.json()).error, 'server_error');
    assert.match(platform.warnings().join(), /\(setting: dealerSignIn\.audience\)/);
  });

  it('asks for the password again when somebody else wants to sign in, and revokes the first sign-in', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    const first = (await person.token()).sign_in_id;
    assert.equal((await person.authorize({ reason: 'switch' })).searchParams.get('prompt'), 'login');
    await person.signIn(MIRA, { reason: 'switch' });
    const second = await person.token();
    assert.equal(second.name, 'Mira Lindqvist');
    assert.notEqual(second.sign_in_id, first);
    await until(async () => (await platform.calls(/oauth\/revoke$/)).length === 2);
  });

  it("does not let other sites end a pending sign-in or use up a session's limit", async () => {
    const platform = await world.platform();
    const person = platform.person();
    const open = async (site: string) =>
      (await person.browser.fetch(person.authorizeUrl(), { headers: { 'Sec-Fetch-Site': site } })).status;
    const mine = await person.authorize({}, { 'Sec-Fetch-Site': 'same-origin' });
    const statuses = [];
    for (let opened = 0; opened < 12; opened++) statuses.push(await open('cross-site'));
    assert.deepEqual(statuses, [...Array<number>(9).fill(302), 429, 429, 429]);
    for (let opened = 0; opened < 40; opened++) assert.equal(await open('same-origin'), 302);
    assert.equal(await open('same-origin'), 429); // its own sign-ins are limited, too, and end none
    assert.equal((await platform.person({ sessionId: 'b' }).authorize()).origin, platform.sandbox.origin);
    await person.follow(mine, DANA);
    assert.equal((await person.token()).name, 'Dana Reyes');
    assert.equal(await open('same-origin'), 302);
  });

  it('shows a person who is signed out or not allowed a page with a link', async () => {
    const platform = await world.platform();
    const person = platform.person({ may: ['disconnect'] });
    const refused = await person.browser.fetch(person.authorizeUrl({ returnTo: '/here' }));
    assert.equal(refused.status, 403);
    assert.match(await refused.text(), /<a href="\/here">Back to Northwind Cloud<\/a>/);
    const other = await person.browser.fetch(person.authorizeUrl({ account: OTHER_ACCOUNT }));
    assert.match(await other.text(), /another account/);
    person.logOut();
    const signedOut = await person.browser.fetch(person.authorizeUrl({ returnTo: '/here' }));
    assert.equal(signedOut.status, 401);
    assert.match(signedOut.headers.get('Content-Type') ?? '', /text\/html/);
    assert.equal(signedOut.headers.get('Referrer-Policy'), 'no-referrer');
  });

  it('takes no session id that somebody has planted', async () => {
    const platform = await world.platform();
    const slug = platform.options.basePath?.replaceAll('/', '-').slice(1);
    const attacker = platform.person({ sessionId: undefined, actor: 'u2' });
    await attacker.signIn(MIRA);
    const known = attacker.browser.cookie(`chekt-${slug}`)?.value ?? '';
    for (const planted of ['A'.repeat(43), known]) {
      const person = platform.person({ sessionId: undefined });
      const { basePath: path = '' } = platform.options;
      const at = `chekt-${slug};localhost;${path}`;
      person.browser.cookies.set(at, { host: 'localhost', path, value: planted, attributes: '' });
      await person.signIn(DANA);
      assert.notEqual(person.browser.cookie(`chekt-${slug}`)?.value, planted);
      assert.equal((await person.token()).name, 'Dana Reyes');
      const again = person.browser.cookie(`chekt-${slug}`)?.value;
      await person.signIn(DANA);
      assert.equal(person.browser.cookie(`chekt-${slug}`)?.value, again, 'its own stays');
    }
  });

  it('keeps a session of its own where the login has none', async () => {
    const platform = await world.platform();
    const person = platform.person({ sessionId: undefined });
    await person.signIn(DANA);
    const slug = platform.options.basePath?.replaceAll('/', '-').slice(1);
    const cookie = person.browser.cookie(`chekt-${slug}`);
    assert.match(cookie?.attributes ?? '', /HttpOnly/);
    assert.match(cookie?.attributes ?? '', /SameSite=Lax/);
    assert.match(cookie?.attributes ?? '', new RegExp(`Path=${platform.options.basePath}(;|$)`));
    assert.equal((await person.token()).name, 'Dana Reyes');
    assert.equal((await person.connect()).status, 200);
    assert.equal(await platform.person({ sessionId: undefined }).token(), null);

    await person.signIn(DANA);
    await platform.chekt.endSession(
      new Request(person.base, { headers: { Cookie: `chekt-${slug}=${cookie?.value}` } }),
    );
    assert.equal(await person.token(), null);
  });

  it('prefixes its cookie on https', async () => {
    const platform = await world.platform();
    const { memoryStore } = await import('../../src/service/store/memory.js');
    const origin = 'https://app.northwind.example';
    const chekt = platform.again({
      origin,
      basePath: '/api/chekt',
      store: memoryStore({ allowHttps: true }),
    });
    const login = platform.person({ sessionId: undefined }).browser.cookie('login');
    const answer = await chekt.fetch(
      new Request(`${origin}/api/chekt/authorize`, { headers: { Cookie: `login=${login?.value}` } }),
    );
    assert.match(
      answer.headers.get('Set-Cookie') ?? '',
      /^__Host-chekt-api-chekt=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const asked = new URL(answer.headers.get('Location') ?? '').searchParams;
    assert.equal(asked.get('redirect_uri'), `${origin}/api/chekt/callback`);
  });

  it('ends the sign-in of a login that ends, and revokes its tokens', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    await platform.chekt.endSession({ sessionId: person.login.sessionId ?? '' });
    assert.equal(await person.token(), null);
    await until(async () => (await platform.calls(/oauth\/revoke$/)).length === 2);
  });
});
