import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loginCookie, startWorld, DANA, type Platform, type World } from './world.js';

describe('a sign-in whose session is not there at the callback', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  /** The warnings about it. */
  const lost = (platform: Platform) => platform.log.filter(({ fields }) => fields['setting'] === 'origin');

  /** Where the browser is once the page has loaded itself again. */
  async function reload(platform: Platform, answer: Response): Promise<string> {
    const [, target = ''] = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(await answer.text()) ?? [];
    return platform.origin + target.replaceAll('&amp;', '&');
  }

  it('is logged once, with the question on which host the page was opened', async () => {
    const platform = await world.platform();
    const person = platform.person();
    const { browser } = person;
    person.logOut(); // on localhost, which is the origin; on 127.0.0.1 the person is signed in
    const begun = await platform.chekt.fetch(
      new Request(person.authorizeUrl().replace('localhost', '127.0.0.1'), {
        headers: { Cookie: loginCookie(person.login) },
      }),
    );
    const authorize = new URL(begun.headers.get('Location') ?? '');
    const callback = await person.follow(authorize, DANA, { stopBeforeCallback: true });

    const first = await browser.fetch(callback);
    assert.deepEqual(lost(platform), []); // a SameSite=Strict cookie comes with the second load
    const second = await browser.fetch(await reload(platform, first));
    assert.equal(second.status, 401);
    const [line, ...more] = lost(platform);
    assert.deepEqual(more, []);
    assert.equal(line?.level, 'warn');
    assert.match(line.message, new RegExp(`opened on another host than ${platform.origin}`));
  });

  it('is logged where the platform knows the person and the service, by its own cookie, does not', async () => {
    const platform = await world.platform();
    const person = platform.person({ sessionId: undefined });
    const callback = await person.signIn(DANA, { stopBeforeCallback: true });
    const elsewhere = platform.person({ sessionId: undefined }); // the same user without that cookie
    assert.equal((await elsewhere.browser.fetch(callback)).status, 400);
    assert.equal(lost(platform).length, 1);
  });

  it('is not logged for a state that nobody began, nor once the sign-in is finished', async () => {
    const platform = await world.platform();
    const person = platform.person();
    const callback = await person.signIn(DANA, { stopBeforeCallback: true });
    await person.browser.fetch(callback);
    person.logOut();
    for (const url of [callback.href, `${person.base}/callback?state=none&code=none`]) {
      const again = await reload(platform, await person.browser.fetch(url));
      assert.equal((await person.browser.fetch(again)).status, 401);
    }
    assert.deepEqual(lost(platform), []);
  });
});
