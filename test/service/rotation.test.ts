import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, DANA, loginCookie, newKey, startWorld, type World } from './world.js';

describe('a process that does not have the newest key yet', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  /** A connect under way on a process with the new key; `old` runs beside it with the old one. */
  async function underWay() {
    const [oldKey, newestKey] = [newKey('k1'), newKey('k2')];
    let now = Date.now();
    const platform = await world.platform({ clock: () => now, encryptionKeys: [newestKey, oldKey] });
    const old = platform.again({ encryptionKeys: [oldKey] });
    const person = platform.person();
    await person.signIn(DANA);
    const { sign_in_id: signInId } = await person.token();
    const key = randomUUID();
    await platform.fault({ on: 'connect', kind: 'status', status: 503, code: 'unavailable' });
    assert.equal((await person.connect({ key, signInId })).status, 503);
    const pass = (ms: number) => void (now += ms);
    const actions = async () => (await platform.chekt.audit()).items.map(({ action }) => action);
    return { platform, old, person, key, signInId, pass, actions };
  }

  it('leaves an intent alone that one with the key settles', async () => {
    const { old, person, key, signInId, pass, actions } = await underWay();
    pass(60_000);
    await old.runDue();
    assert.deepEqual(await actions(), []);
    const answer = await person.connect({ key, signInId });
    assert.equal(answer.status, 200, await answer.text());
    assert.deepEqual(await actions(), ['connect.recorded']);
  });

  it('leaves an intent alone whose tokens were renewed under the new key', async () => {
    const [oldKey, newestKey] = [newKey('k1'), newKey('k2')];
    let now = Date.now();
    const old = await world.platform({ clock: () => now, encryptionKeys: [oldKey] });
    const newest = old.again({ encryptionKeys: [newestKey, oldKey] });
    const person = old.person();
    await person.signIn(DANA);
    const { sign_in_id: signInId } = await person.token();
    const key = randomUUID();
    await old.fault({ on: 'connect', kind: 'status', status: 503, code: 'unavailable' });
    assert.equal((await person.connect({ key, signInId })).status, 503);
    const headers = { Cookie: loginCookie(person.login) };
    const renewed = await newest.fetch(new Request(`${person.base}/token?reason=expired`, { headers }));
    assert.equal(renewed.status, 200);
    assert.match((await old.options.store.findGrant({ signInId }))?.sealed ?? '', /^k2:/);
    now += 60_000;
    await old.chekt.runDue();
    assert.deepEqual((await old.chekt.audit()).items, []);
    now += 60_000;
    await newest.runDue();
    assert.equal((await newest.bindings.get(ACCOUNT))?.dealerId, 12345);
  });

  it('ends it as unknown after a day, when the key is as good as lost', async () => {
    const { old, pass, actions } = await underWay();
    pass(24 * 60 * 60_000);
    await old.runDue();
    assert.deepEqual(await actions(), ['connect.unknown']);
  });

  it('does not throw tokens away that only another process can revoke', async () => {
    const { platform, old, signInId, pass, person, key } = await underWay();
    const { store } = platform.options;
    await platform.fault({ on: 'revoke', kind: 'status', status: 503, times: 2 });
    assert.equal((await person.connect({ key, signInId })).status, 200);
    await platform.chekt.stop(); // its first try to revoke them has failed
    pass(120_000);
    await old.runDue();
    assert.notEqual(await store.findGrant({ signInId }), null);
    pass(120_000);
    await platform.chekt.runDue();
    assert.equal(await store.findGrant({ signInId }), null);
    assert.equal((await platform.calls(/revoke$/)).filter(({ status }) => status === 200).length, 2);
  });
});
