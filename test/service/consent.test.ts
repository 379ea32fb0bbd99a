import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, DANA, MIRA, OTHER_ACCOUNT, startWorld, until, type Platform, type World } from './world.js';

const code = async (answer: Response) => [answer.status, (await answer.json()).error.code];

describe('what was shown is what is connected', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  const nothingSent = async (platform: Platform) => assert.deepEqual(await platform.calls(/connect$/), []);

  it('requires the sign-in that was on the screen, and does not call CHeKT for any other', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    assert.deepEqual(await code(await person.connect({ signInId: null })), [400, 'sign_in_required']);
    const shown = (await person.token()).sign_in_id;
    await person.signIn(MIRA, { reason: 'switch' }); // in another tab
    assert.deepEqual(await code(await person.connect({ signInId: shown })), [409, 'sign_in_changed']);
    await nothingSent(platform);
    assert.equal((await person.connect()).status, 200);
    assert.deepEqual(
      (await platform.bound()).map(({ dealerId }) => dealerId),
      [23456],
    );
  });

  it('answers 401 if nobody has signed in with CHeKT', async () => {
    const platform = await world.platform();
    const person = platform.person();
    assert.deepEqual(await code(await person.connect({ signInId: 'shown-before' })), [
      401,
      'invalid_api_key',
    ]);
    const { unsettledOperations } = await platform.options.store.inspect();
    assert.equal(unsettledOperations, 0);
  });

  it("never repeats a key under another person's sign-in", async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    const key = randomUUID();
    const shown = (await person.token()).sign_in_id;
    await platform.fault({ on: 'connect', kind: 'reset-after' });
    assert.equal((await person.connect({ key, signInId: shown })).status, 502);
    await person.signIn(MIRA, { reason: 'switch' });
    assert.deepEqual(await code(await person.connect({ key })), [409, 'idempotency_conflict']);

    // Dana's own repeat, by the tab that still shows her, settles what she began; by her grant, not by Mira's.
    const answer = await person.connect({ key, signInId: shown });
    assert.equal(answer.status, 200);
    assert.equal((await answer.json()).dealer_id, 12345);
    assert.deepEqual(
      (await platform.calls(/connect$/)).map(({ caller }) => caller),
      ['user|dana', 'user|dana'],
    );
    const [row] = (await platform.chekt.audit()).items;
    assert.equal(row?.person?.name, 'Dana Reyes');
    assert.equal((await person.token()).name, 'Mira Lindqvist'); // her grant is not revoked
  });

  it('keeps the newer of two sign-ins of one person, and revokes the older one after it', async () => {
    let now = Date.now();
    const platform = await world.platform({ clock: () => now });
    const person = platform.person();
    const revoked = async () => (await platform.calls(/oauth\/revoke$/)).length;
    await person.signIn(DANA);
    await person.signIn(DANA, { reason: 'switch' });
    await platform.chekt.runDue();
    assert.equal(await revoked(), 0);
    assert.equal((await person.connect()).status, 200);
    await until(async () => (await revoked()) === 2);
    now += 61_000; // the lease of the older one is over
    await platform.chekt.runDue();
    assert.equal(await revoked(), 4);
  });

  it('limits a grant to one login, one user of the platform and one account', async () => {
    const platform = await world.platform();
    const person = platform.person({ accounts: [ACCOUNT, OTHER_ACCOUNT] });
    await person.signIn(DANA);
    const shown = (await person.token()).sign_in_id;
    assert.equal(await person.token(`external_dealer_id=${OTHER_ACCOUNT}`), null);
    const elsewhere = await person.connect({ account: OTHER_ACCOUNT, signInId: shown });
    assert.equal(elsewhere.status, 401);
    for (const other of [{ sessionId: 'another' }, { actor: 'u2' }]) {
      const stranger = platform.person({ ...person.login, ...other });
      assert.equal(await stranger.token(), null);
      assert.equal((await stranger.connect({ signInId: shown })).status, 401);
    }
    await nothingSent(platform);
  });

  it('refuses every request about an account that is not the session’s', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    for (const path of ['/token', '/browser-token', '/session']) {
      const answer = await person.get(`${path}?external_dealer_id=${OTHER_ACCOUNT}`);
      assert.deepEqual(await code(answer), [403, 'other_account'], path);
    }
    const connect = await person.connect({ account: OTHER_ACCOUNT, signInId: 'any' });
    assert.deepEqual(await code(connect), [403, 'other_account']);
    await nothingSent(platform);
  });

  it('lets two people in two accounts connect their own dealers', async () => {
    const platform = await world.platform();
    const dana = platform.person();
    const mira = platform.person({ actor: 'u2', accounts: [OTHER_ACCOUNT] });
    await Promise.all([dana.signIn(DANA), mira.signIn(MIRA)]);
    const answers = await Promise.all([dana.connect(), mira.connect({ account: OTHER_ACCOUNT })]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    assert.equal((await dana.session()).binding.dealerId, 12345);
    assert.equal((await mira.session()).binding.dealerId, 23456);
  });

  it('refuses operations that the platform does not allow this person', async () => {
    const platform = await world.platform();
    const person = platform.person({ may: [] });
    assert.deepEqual(await code(await person.connect({ signInId: 'any' })), [403, 'not_permitted']);
    assert.deepEqual(await code(await person.disconnect(12345)), [403, 'not_permitted']);
  });

  it('accepts requests from its own pages only', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    const signInId = (await person.token()).sign_in_id;
    const put = (headers: Record<string, string>) =>
      person.browser.fetch(`${person.base}/partner/v1/dealers/connect`, {
        method: 'PUT',
        headers: {
          'Content-Type': 'application/json',
          'Idempotency-Key': randomUUID(),
          'Chekt-Sign-In': signInId,
          ...headers,
        },
        body: JSON.stringify({ external_dealer_id: ACCOUNT, company_name: 'Acme' }),
      });
    const { origin } = platform;
    for (const headers of [
      {},
      { 'Sec-Fetch-Site': 'same-origin' },
      { Origin: origin, 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://evil.example' },
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' },
      { Origin: 'null' },
    ] as Record<string, string>[]) {
      assert.deepEqual(await code(await put(headers)), [403, 'cross_site_request'], JSON.stringify(headers));
    }
    const [warning, ...others] = platform.warnings();
    assert.match(warning ?? '', /the page is on another origin than `origin`/, 'of a dev server in front');
    assert.deepEqual(others, []);
    for (const site of ['same-site', 'cross-site']) {
      const answer = await person.browser.fetch(`${person.base}/token`, {
        headers: { 'Sec-Fetch-Site': site },
      });
      assert.equal(answer.status, 403);
    }
    assert.equal((await put({ Origin: origin })).status, 200);
  });

  it('sends CHeKT nothing for an invalid or oversized body, or an invalid key', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    const bad = await person.send('PUT', '/partner/v1/dealers/connect', { external_dealer_id: ACCOUNT });
    assert.deepEqual(await code(bad), [400, 'invalid_request']);
    assert.equal((await person.connect({ companyName: 'x'.repeat(20_000) })).status, 413);
    assert.deepEqual(await code(await person.connect({ key: 'short' })), [400, 'idempotency_key_required']);
    await nothingSent(platform);
  });
});
