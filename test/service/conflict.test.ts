import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, DANA, OTHER_ACCOUNT, startWorld, type World } from './world.js';

/** CHeKT answers 409 to a repeat, because it keeps no answers by key, or not this one. */
describe('"already connected", to the repeat of a connect whose answer was lost', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  const conflict = { on: 'connect', kind: 'status', status: 409, code: 'dealer_already_connected' };

  async function lostThen(first: object, ...more: object[]) {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    const { sign_in_id: signInId } = await person.token();
    const key = randomUUID();
    await platform.fault(first, conflict, ...more);
    assert.equal((await person.connect({ key, signInId })).status, 502);
    return { platform, repeat: () => person.connect({ key, signInId }) };
  }

  it('is a success, when CHeKT says that the dealer is connected to this account', async () => {
    const { platform, repeat } = await lostThen({ on: 'connect', kind: 'reset-after' });
    const answer = await repeat();
    assert.equal(answer.status, 200);
    assert.deepEqual(
      await answer.json().then(({ dealer_id, external_dealer_id }) => [dealer_id, external_dealer_id]),
      [12345, ACCOUNT],
    );
    assert.equal((await platform.chekt.bindings.get(ACCOUNT))?.dealerId, 12345);
    assert.deepEqual(
      (await platform.chekt.audit()).items.map(({ action }) => action),
      ['connect.recorded'],
    );
    assert.equal((await repeat()).status, 200);
  });

  it('is refused, when the dealer is connected to another account', async () => {
    const { platform, repeat } = await lostThen({ on: 'connect', kind: 'reset-before' });
    await platform.control('PUT', '/bindings', { dealerId: 12345, externalDealerId: OTHER_ACCOUNT });
    assert.equal((await repeat()).status, 409);
    assert.equal(await platform.chekt.bindings.get(ACCOUNT), null);
    assert.deepEqual(
      (await platform.chekt.audit()).items.map(({ action }) => action),
      ['connect.refused'],
    );
  });

  it('leaves the operation unsettled while CHeKT cannot be asked', async () => {
    const unavailable = { on: 'dealer', kind: 'status', status: 503 };
    const { platform, repeat } = await lostThen({ on: 'connect', kind: 'reset-after' }, unavailable);
    assert.equal((await repeat()).status, 502);
    assert.deepEqual((await platform.chekt.audit()).items, []);
    assert.equal((await repeat()).status, 200);
  });
});
