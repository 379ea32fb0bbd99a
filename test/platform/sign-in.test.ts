import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, DANA, MIRA, OTHER_ACCOUNT, startWorld } from './support.js';

describe('sign-in with CHeKT', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  it('begins with a platform session and no authorization', async () => {
    const visit = world.visit();
    const session = await visit.session();
    assert.equal(session.externalDealerId, ACCOUNT);
    assert.equal(session.platformName, 'Northwind Cloud');
    assert.equal(session.binding, null);
    for (const path of [
      '/token?reason=initial&external_dealer_id=adc-67890',
      '/browser-token?reason=initial',
    ]) {
      const answer = await visit.get(path);
      assert.equal(answer.status, 204);
      assert.equal(answer.headers.get('Cache-Control'), 'no-store');
    }
  });

  it('asks CHeKT with PKCE, state and the audience, and comes back to the page it began on', async () => {
    const visit = world.visit();
    const page = `${world.demo.platformOrigin}/?run=${visit.run}&lang=fr`;
    const authorize = await visit.authorize('missing', { Referer: page });
    const query = authorize.searchParams;
    assert.equal(authorize.origin, world.demo.sandboxOrigin);
    assert.equal(query.get('code_challenge_method'), 'S256');
    assert.ok((query.get('code_challenge') ?? '').length >= 43);
    assert.ok((query.get('state') ?? '').length >= 32);
    assert.match(query.get('resource') ?? '', /^https:/);
    assert.equal(query.get('redirect_uri'), `${visit.base}/callback`);
    assert.equal(query.get('prompt'), null);
    assert.equal((await visit.follow(authorize, DANA)).href, page);
  });

  it('describes the authorization in service mode and hands the token out only in browser mode', async () => {
    const visit = world.visit();
    await visit.signIn(DANA);
    const described = await visit.get('/token?reason=initial&external_dealer_id=adc-67890');
    const text = await described.text();
    const { expires_in, scope, sign_in_id, ...rest } = JSON.parse(text);
    assert.match(sign_in_id, /^[\w.~-]{1,64}$/);
    assert.deepEqual(rest, {
      token_type: 'Bearer',
      name: 'Dana Reyes',
      email: DANA,
      company_name: 'Acme Security Systems, Inc.',
      dealer_id: '12345',
      external_dealer_id: ACCOUNT,
    });
    assert.ok(expires_in > 3000 && expires_in <= 3600);
    assert.match(scope, /read:dealer/);

    const handedOut = await visit.get('/browser-token?reason=initial');
    assert.equal(handedOut.headers.get('Cache-Control'), 'no-store');
    const { access_token, refresh_token, id_token } = await handedOut.json();
    assert.match(access_token, /^[\w.-]{20,}$/);
    assert.equal(refresh_token, undefined);
    assert.equal(id_token, undefined);
    assert.ok(!text.includes(access_token));
  });

  it('keeps the session in a cookie that no script and no other site can use', async () => {
    const visit = world.visit();
    await visit.session();
    const attributes = visit.browser.cookie('platform_session')?.attributes ?? '';
    assert.match(attributes, /HttpOnly/);
    assert.match(attributes, /SameSite=Lax/);
    assert.match(attributes, new RegExp(`Path=/runs/${visit.run}/chekt(;|$)`));
    assert.doesNotMatch(attributes, /Domain/i);
  });

  it('changes the session id at sign-in, so that a planted one is useless', async () => {
    const attacker = world.visit();
    await attacker.session();
    const victim = world.visit(attacker.run);
    for (const [key, cookie] of attacker.browser.cookies) victim.browser.cookies.set(key, cookie);
    const planted = victim.browser.cookie('platform_session')?.value;
    await victim.signIn(DANA);
    assert.equal((await victim.get('/token')).status, 200);
    assert.notEqual(victim.browser.cookie('platform_session')?.value, planted);
    assert.equal((await attacker.get('/token')).status, 204);
  });

  it('never takes over a session id that it did not make', async () => {
    const visit = world.visit();
    const made = 'a'.repeat(43);
    const answer = await visit.send('GET', '/session', undefined, { Cookie: `platform_session=${made}` });
    assert.equal(answer.status, 200);
    assert.notEqual(visit.browser.cookie('platform_session')?.value ?? made, made);
  });

  it("refuses a callback for another browser's sign-in, or for none", async () => {
    const attacker = world.visit();
    await attacker.session();
    const callback = await attacker.signIn(DANA, { stopBeforeCallback: true });
    const victim = world.visit(attacker.run);
    await victim.session();
    assert.equal((await victim.browser.fetch(callback)).status, 400);
    assert.equal((await victim.get('/token')).status, 204);
    callback.searchParams.set('state', 'guessed');
    assert.equal((await attacker.browser.fetch(callback)).status, 400);
    assert.equal((await attacker.get('/token')).status, 204);
  });

  it('accepts a callback once', async () => {
    const visit = world.visit();
    const callback = await visit.signIn(DANA, { stopBeforeCallback: true });
    assert.equal((await visit.browser.fetch(callback)).status, 302);
    assert.equal((await visit.browser.fetch(callback)).status, 400);
    assert.equal((await visit.get('/token')).status, 200);
  });

  it('lets two tabs sign in at the same time', async () => {
    const visit = world.visit();
    await visit.session();
    const first = await visit.authorize();
    const second = await visit.authorize();
    await visit.follow(first, DANA);
    await visit.follow(second, DANA);
    assert.equal((await visit.get('/token')).status, 200);
  });

  it('reports once that access was not allowed, and then forgets it', async () => {
    const visit = world.visit();
    const url = await visit.signIn(DANA, { deny: true });
    assert.equal(url.origin, world.demo.platformOrigin);
    const answer = await visit.get('/token?reason=initial&external_dealer_id=adc-67890');
    assert.equal(answer.status, 400);
    assert.equal((await answer.json()).error, 'access_denied');
    assert.equal((await visit.get('/token?reason=initial&external_dealer_id=adc-67890')).status, 204);
  });

  it('asks for the password again when somebody else wants to sign in, and revokes the first sign-in', async () => {
    const visit = world.visit();
    await visit.signIn(DANA);
    const first = await (await visit.get('/browser-token')).json();
    assert.equal((await visit.authorize('switch')).searchParams.get('prompt'), 'login');
    await visit.signIn(MIRA, { reason: 'switch' });
    assert.equal((await (await visit.get('/token')).json()).name, 'Mira Lindqvist');
    await visit.untilRevoked(first.access_token);
  });

  it('returns only to its own pages', async () => {
    const visit = world.visit();
    for (const evil of [
      'https://evil.example/',
      '//evil.example/',
      'javascript:alert(1)',
      '/\\evil.example',
      `blob:${world.demo.platformOrigin}/0b5ee012`, // its origin is ours
      world.demo.platformOrigin.replace('//', '//user:secret@'),
    ]) {
      await visit.session();
      const authorize = await visit.authorize('missing', {}, `&return_to=${encodeURIComponent(evil)}`);
      const back = await visit.follow(authorize, DANA);
      assert.equal(back.href, `${world.demo.platformOrigin}/`, evil);
    }
  });

  it('does not leak its URLs in a Referer', async () => {
    const visit = world.visit();
    const callback = await visit.signIn(DANA, { stopBeforeCallback: true });
    for (const url of [callback, `${visit.base}/authorize`]) {
      const { headers } = await visit.browser.fetch(url);
      assert.equal(headers.get('Referrer-Policy'), 'no-referrer');
    }
  });

  it('answers 401 everywhere once the platform session has ended', async () => {
    const visit = world.visit();
    await visit.signIn(DANA);
    assert.equal((await visit.send('DELETE', '/demo-session')).status, 204);
    for (const path of ['/token', '/browser-token', '/session', '/authorize']) {
      assert.equal((await visit.get(path)).status, 401, path);
    }
    assert.deepEqual(await (await visit.get('/demo-session')).json(), {
      sandboxOrigin: world.demo.sandboxOrigin,
      externalDealerId: null,
    });
    assert.equal((await visit.connect()).status, 401);
    assert.equal((await visit.disconnect(12345)).status, 401);
    assert.equal((await visit.send('POST', '/bindings', { dealerId: 12345 })).status, 401);
  });

  it('starts another account without any data of the previous one', async () => {
    const visit = world.visit();
    await visit.signIn(DANA);
    const answer = await visit.send('POST', '/demo-session', { externalDealerId: OTHER_ACCOUNT });
    assert.equal(answer.status, 200);
    assert.equal((await visit.session()).externalDealerId, OTHER_ACCOUNT);
    assert.equal((await visit.get('/token')).status, 204);
    const bad = await visit.send('POST', '/demo-session', { externalDealerId: 'a b' });
    assert.equal(bad.status, 400);
  });
});
