import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, DANA, MIRA, startWorld, until, type World } from './world.js';

/** CHeKT was down when somebody pressed Connect; what was done since is the last word. */
describe('a connect that is still open', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  const ops = { actor: { id: 'ops' } };

  async function openConnect(fault: object = { kind: 'status', status: 503 }, first?: string) {
    const clock = { now: Date.now() };
    const platform = await world.platform({ clock: () => clock.now });
    const { chekt } = platform;
    if (first !== undefined) {
      const earlier = platform.person({ sessionId: 'earlier', actor: 'u0' });
      await earlier.signIn(first);
      assert.equal((await earlier.connect()).status, 200);
    }
    const person = platform.person();
    await person.signIn(DANA);
    const { sign_in_id: signInId } = await person.token();
    const key = randomUUID();
    await platform.fault({ on: 'connect', ...fault });
    assert.ok((await person.connect({ key, signInId })).status >= 500);
    /** Long enough for the service to repeat it by itself. */
    const later = async () => {
      clock.now += 140_000;
      await chekt.runDue();
    };
    const connectsSince = async () =>
      (await platform.calls(/\/connect$/, 'PUT')).filter(({ idempotencyKey }) => idempotencyKey === key)
        .length - 1;
    const last = async () => (await chekt.audit()).items.at(-1);
    return { platform, chekt, person, key, signInId, later, connectsSince, last };
  }

  it('is not sent again after a newer connect and its disconnect', async () => {
    const { platform, chekt, person, later, connectsSince, last } = await openConnect();
    assert.equal((await person.connect()).status, 200);
    assert.equal((await chekt.disconnect(ACCOUNT, ops)).outcome, 'disconnected');
    await later();
    assert.equal(await connectsSince(), 0);
    assert.deepEqual(await platform.bound(), []);
    assert.equal(await chekt.bindings.get(ACCOUNT), null);
    assert.equal((await last())?.action, 'connect.unknown');
    assert.equal((await platform.options.store.inspect()).unsettledOperations, 0);
  });

  it('is not sent again after the disconnect of what was connected before', async () => {
    const { platform, chekt, later, connectsSince, last } = await openConnect(undefined, DANA);
    assert.equal((await chekt.disconnect(ACCOUNT, ops)).outcome, 'disconnected');
    await later();
    assert.equal(await connectsSince(), 0);
    assert.deepEqual(await platform.bound(), []);
    assert.equal((await last())?.action, 'connect.unknown');
  });

  it('is not sent again when the platform has removed the record since, whatever CHeKT says', async () => {
    const { chekt, later, connectsSince, last } = await openConnect(undefined, DANA);
    assert.equal(await chekt.bindings.forget(ACCOUNT, ops), true);
    await later();
    assert.equal(await connectsSince(), 0);
    assert.equal(await chekt.bindings.get(ACCOUNT), null);
    assert.equal((await last())?.action, 'connect.unknown');
  });

  it('is not sent again when its people have been erased since', async () => {
    const { platform, chekt, later, connectsSince, last } = await openConnect();
    await chekt.erase(ACCOUNT);
    await later();
    assert.equal(await connectsSince(), 0);
    assert.deepEqual(await platform.bound(), []);
    assert.equal((await last())?.action, 'connect.unknown');
  });

  it('is not sent again by a page that has waited so long', async () => {
    const { platform, chekt, person, key, signInId, connectsSince } = await openConnect(undefined, DANA);
    assert.equal((await chekt.disconnect(ACCOUNT, ops)).outcome, 'disconnected');
    const answer = await person.connect({ key, signInId });
    assert.deepEqual([answer.status, (await answer.json()).error.code], [409, 'superseded']);
    assert.equal(await connectsSince(), 0);
    assert.deepEqual(await platform.bound(), []);
  });

  it('is recorded without being sent, when CHeKT says that it was carried out', async () => {
    const { platform, chekt, later, connectsSince, last } = await openConnect({ kind: 'reset-before' }, MIRA);
    assert.equal((await chekt.disconnect(ACCOUNT, ops)).outcome, 'disconnected');
    await platform.control('PUT', '/bindings', { dealerId: 12345, externalDealerId: ACCOUNT });
    await later();
    assert.equal(await connectsSince(), 0);
    assert.equal((await chekt.bindings.get(ACCOUNT))?.dealerId, 12345);
    assert.equal((await last())?.action, 'connect.recorded');
  });

  it('is settled when the page is opened again, which has forgotten its key', async () => {
    const { platform, person, key } = await openConnect({ kind: 'reset-after' });
    await platform.switch({ reconnectSameId: 'conflict' });
    const { bindingStatus, binding } = await person.session();
    assert.deepEqual([bindingStatus, binding.dealerId], ['connected', 12345]);
    const keys = (await platform.calls(/\/connect$/, 'PUT')).map(({ idempotencyKey }) => idempotencyKey);
    assert.deepEqual(keys, [key, key]);
  });

  it('keeps the page waiting for 4 s at most', async () => {
    const { platform, person } = await openConnect();
    await platform.fault({ on: 'connect', kind: 'stall', when: 'before' });
    const began = performance.now();
    assert.equal((await person.session()).bindingStatus, 'none');
    const took = performance.now() - began;
    assert.ok(took > 3_900 && took < 6_000, `${took} ms`);
  });

  it('is sent again when nothing newer is known', async () => {
    const { platform, chekt, later, connectsSince, last } = await openConnect();
    await later();
    assert.equal(await connectsSince(), 1);
    assert.equal((await platform.bound()).length, 1);
    assert.equal((await chekt.bindings.get(ACCOUNT))?.dealerId, 12345);
    assert.equal((await last())?.action, 'connect.recorded');
  });

  it('is not sent before a newer one of another person, which is open, too', async () => {
    const { platform, chekt, person, later, connectsSince } = await openConnect();
    await person.signIn(MIRA, { reason: 'switch' });
    await platform.fault({ on: 'connect', kind: 'status', status: 503 });
    assert.equal((await person.connect({ companyName: 'Harbor' })).status, 503);
    await later();
    assert.equal(await connectsSince(), 0);
    assert.deepEqual(
      (await platform.bound()).map(({ dealerId }) => dealerId),
      [(await chekt.bindings.get(ACCOUNT))?.dealerId],
    );
    assert.match((await chekt.bindings.get(ACCOUNT))?.companyName ?? '', /^Harbor/);
    const audited = (await chekt.audit()).items.map(({ action }) => action);
    assert.deepEqual(audited, ['connect.unknown', 'connect.recorded']);
  });
});

/** The same for a disconnect, which was overtaken by a connect. */
describe('a disconnect that is still open', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  async function openDisconnect(fault: object) {
    const clock = { now: Date.now() };
    const platform = await world.platform({ clock: () => clock.now });
    const { chekt } = platform;
    const person = platform.person();
    await person.signIn(DANA);
    assert.equal((await person.connect()).status, 200);
    // A revocation that is on its way ends a sign-in that completes in the same moment, at an issuer like the sandbox's.
    await until(async () => (await platform.calls(/oauth\/revoke$/)).length === 2);
    const key = randomUUID();
    await platform.fault({ on: 'disconnect', ...fault });
    assert.ok((await person.disconnect(12345, { key })).status >= 500);
    const later = async () => {
      clock.now += 140_000;
      await chekt.runDue();
    };
    const sent = async () =>
      (await platform.calls(/\/disconnect/, 'PUT')).filter(({ idempotencyKey }) => idempotencyKey === key)
        .length;
    const audited = async () => (await chekt.audit()).items.map(({ action }) => action);
    const connectAgain = async () => {
      await person.signIn(DANA);
      clock.now += 1_000;
      assert.equal((await person.connect()).status, 200);
    };
    return { platform, chekt, person, key, later, sent, audited, connectAgain };
  }

  for (const fault of [{ kind: 'status', status: 503 }, { kind: 'reset-before' }]) {
    it(`is not sent again after a newer connect (${JSON.stringify(fault)})`, async () => {
      const { platform, chekt, person, key, later, sent, audited, connectAgain } =
        await openDisconnect(fault);
      assert.equal((await person.disconnect(12345)).status, 200);
      await connectAgain();
      await later();
      assert.equal(await sent(), 1);
      assert.equal((await platform.bound()).length, 1);
      assert.equal((await chekt.bindings.get(ACCOUNT))?.dealerId, 12345);
      assert.equal((await audited()).at(-1), 'disconnect.unknown');
      const answer = await person.disconnect(12345, { key });
      assert.deepEqual([answer.status, (await answer.json()).error.code], [409, 'superseded']);
    });
  }

  it('waits for a newer connect that is open itself', async () => {
    const { platform, chekt, person, later, sent } = await openDisconnect({ kind: 'reset-before' });
    await person.signIn(DANA);
    await platform.fault({ on: 'connect', kind: 'reset-after' });
    assert.ok((await person.connect()).status >= 500);
    for (let round = 0; round < 3; round += 1) await later();
    assert.equal(await sent(), 1);
    assert.equal((await platform.bound()).length, 1);
    assert.equal((await chekt.bindings.get(ACCOUNT))?.dealerId, 12345);
  });

  it('removes no record of a newer connect because CHeKT refuses to say anything of the dealer', async () => {
    const { platform, chekt, later, audited, connectAgain } = await openDisconnect({ kind: 'reset-after' });
    await connectAgain();
    await platform.fault({
      ...{ on: 'dealer', kind: 'status', status: 403, code: 'permission_denied', times: null },
    });
    await later();
    assert.equal((await platform.bound()).length, 1);
    assert.equal((await chekt.bindings.get(ACCOUNT))?.dealerId, 12345);
    assert.equal((await audited()).at(-1), 'disconnect.unknown');
  });

  it('is sent again when nothing newer is known', async () => {
    const { platform, later, sent, audited } = await openDisconnect({ kind: 'status', status: 503 });
    await later();
    assert.equal(await sent(), 2);
    assert.deepEqual(await platform.bound(), []);
    assert.equal((await audited()).at(-1), 'disconnect.recorded');
  });
});
