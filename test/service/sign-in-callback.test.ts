import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DANA, OTHER_ACCOUNT, startWorld, until, type World } from './world.js';

describe('the callback of a sign-in', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  // auth0/express-openid-connect #341, auth0/nextjs-auth0 #635, benavlabs/crudauth #50, vpython/glowscript #210
  it('exchanges the code once; the second callback leads back to the page, at once or later', async () => {
    const platform = await world.platform();
    const person = platform.person();
    const callback = await person.signIn(DANA, { stopBeforeCallback: true, returnTo: '/here' });
    const [first, second] = await Promise.all([
      person.browser.fetch(callback),
      person.browser.fetch(callback),
    ]);
    const later = await person.browser.fetch(callback);
    for (const answer of [first, second, later]) {
      assert.equal(answer.status, 302);
      assert.equal(answer.headers.get('Location'), `${platform.origin}/here`);
    }
    assert.equal((await person.token()).name, 'Dana Reyes');
    assert.equal((await platform.calls(/oauth\/token$/)).length, 1);
  });

  it('keeps no sign-in whose session ended while the code was exchanged', async () => {
    let endSession = async () => {};
    const platform = await world.platform(({ store }) => ({
      store: {
        ...store,
        startGrant: async (grant) => {
          await endSession();
          return store.startGrant(grant);
        },
      },
    }));
    const person = platform.person();
    endSession = () => platform.chekt.endSession({ sessionId: person.login.sessionId! });
    await person.signIn(DANA);
    assert.equal((await person.get('/token')).status, 204);
    await until(async () => (await platform.calls(/oauth\/revoke$/)).length === 2);
    await until(async () => Object.keys((await platform.options.store.inspect()).sealedByKey).length === 0);
  });

  it('tells nobody but its own session where a sign-in began, and keeps that sealed', async () => {
    const written: unknown[] = [];
    const platform = await world.platform(({ store }) => ({
      store: {
        ...store,
        beginSignIn: (signIn) => {
          written.push(signIn);
          return store.beginSignIn(signIn);
        },
      },
    }));
    const person = platform.person();
    const returnTo = '/page?invite=secret#id_token=abc';
    const callback = await person.signIn(DANA, { stopBeforeCallback: true, returnTo });
    assert.equal(written.length, 1);
    assert.doesNotMatch(JSON.stringify(written), /invite|secret|id_token/);
    const other = await platform.person({ sessionId: 'other' }).browser.fetch(callback);
    assert.equal(other.status, 400);
    assert.match(await other.text(), /<a href="\/">/);
    const back = await person.browser.fetch(callback);
    assert.equal(back.headers.get('Location'), platform.origin + returnTo);
  });

  // AxaFrance/oidc-client #1635, vpython/glowscript #210: Back after the sign-in brings an old state
  it('leads a stale callback back, and exchanges nothing', async () => {
    let now = Date.now();
    const platform = await world.platform({ clock: () => now });
    const person = platform.person();
    const callback = await person.signIn(DANA, { stopBeforeCallback: true, returnTo: '/here' });
    now += 31 * 60_000;
    await platform.chekt.runDue(); // also when it is swept
    const answer = await person.browser.fetch(callback);
    assert.equal(answer.headers.get('Location'), `${platform.origin}/here`);
    assert.equal(await person.token(), null);
    assert.deepEqual(await platform.calls(/oauth\/token$/), []);
  });

  // glpi-project/glpi PR #21031, alepez/devand #68
  it('reloads the callback once from its own origin if the cookie was not sent, and then says so', async () => {
    const platform = await world.platform();
    const person = platform.person();
    const callback = await person.signIn(DANA, { stopBeforeCallback: true });
    const { login } = person;
    person.logOut(); // as a SameSite=Strict cookie on the way from CHeKT's site
    const first = await person.browser.fetch(callback);
    assert.equal(first.status, 200);
    const html = await first.text();
    const [, target = ''] = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(html) ?? [];
    assert.ok(target.startsWith(`${platform.options.basePath}/callback?`), html);
    assert.match(first.headers.get('Content-Security-Policy') ?? '', /default-src 'none'/);
    const again = platform.origin + target.replaceAll('&amp;', '&');
    const words = await person.browser.fetch(again);
    assert.equal(words.status, 401);
    const text = await words.text();
    assert.match(text, /signed out of Northwind Cloud/);
    assert.doesNotMatch(text, /refresh/);
    assert.match(text, /<a href="\/">/);
    person.logIn(login);
    assert.equal((await person.browser.fetch(again)).status, 302);
    assert.equal((await person.token()).name, 'Dana Reyes');
  });

  it('refuses a callback that belongs to another session, person or account', async () => {
    const platform = await world.platform();
    const attacker = platform.person();
    const callback = await attacker.signIn(DANA, { stopBeforeCallback: true });
    const { login } = attacker;
    for (const other of [
      { ...login, sessionId: 'another' },
      { ...login, actor: 'u2' },
      { ...login, accounts: [OTHER_ACCOUNT] },
    ]) {
      const victim = platform.person(other);
      const answer = await victim.browser.fetch(callback);
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), /<a href=/);
      assert.equal(await victim.token(), null);
    }
    const guessed = new URL(callback);
    guessed.searchParams.set('state', 'guessed');
    assert.equal((await attacker.browser.fetch(guessed)).status, 400);
    assert.equal((await attacker.browser.fetch(callback)).status, 302); // nothing of it has used it up
    assert.equal((await attacker.token()).name, 'Dana Reyes');
  });

  it('returns only to a page of its own origin, and not into the service', async () => {
    const platform = await world.platform();
    const person = platform.person();
    for (const evil of [
      'https://evil.example/',
      '//evil.example/',
      'javascript:alert(1)',
      '/\\evil.example',
      '/.//evil.example',
      `blob:${platform.origin}/0b5ee012`,
      platform.origin.replace('//', '//user:secret@'),
      `${platform.options.basePath}/authorize`,
    ]) {
      const callback = await person.signIn(DANA, { returnTo: evil, stopBeforeCallback: true });
      const answer = await person.browser.fetch(callback);
      assert.equal(answer.headers.get('Location'), `${platform.origin}/`, evil);
    }
  });
});
