import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, DANA, startWorld, TOM, until, type World } from './world.js';

describe('connect through the service', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  async function signedIn(email = DANA) {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(email);
    return { platform, person };
  }

  it("relays with the dealer token, stores CHeKT's answer and passes it on", async () => {
    const { platform, person } = await signedIn();
    const answer = await person.connect();
    assert.equal(answer.status, 200);
    const dealer = await answer.json();
    assert.equal(dealer.dealer_id, 12345);
    const { binding, bindingStatus, ...rest } = await person.session();
    assert.equal(bindingStatus, 'connected');
    assert.equal(binding.companyName, 'Acme Security Systems, Inc.');
    assert.equal(binding.connectedBy, 'Dana Reyes');
    assert.equal(rest.externalDealerId, ACCOUNT);
    assert.equal(rest.accountName, 'Acme, Springfield');
    assert.equal(rest.formerBinding, null);
    assert.deepEqual(
      (await platform.bound()).map(({ dealerId, externalDealerId }) => [dealerId, externalDealerId]),
      [[12345, ACCOUNT]],
    );
  });

  it('gives a repeat the same answer, and sends CHeKT nothing for it', async () => {
    const { platform, person } = await signedIn();
    const key = randomUUID();
    const signInId = (await person.token()).sign_in_id;
    const first = await (await person.connect({ key, signInId })).json();
    const second = await person.connect({ key, signInId });
    assert.equal(second.status, 200);
    assert.deepEqual(await second.json(), first);
    assert.equal((await platform.calls(/connect$/)).length, 1);
  });

  it('writes one audit row, and revokes the sign-in', async () => {
    const { platform, person } = await signedIn();
    await person.connect();
    const { items } = await platform.chekt.audit();
    assert.deepEqual(
      items.map(({ action, actor, person: who, dealerId, outcome }) => ({
        action,
        actor,
        who,
        dealerId,
        outcome,
      })),
      [
        {
          action: 'connect.recorded',
          actor: { id: 'u1', name: 'u1 at Northwind' },
          who: { sub: 'user|dana', name: 'Dana Reyes', email: DANA },
          dealerId: 12345,
          outcome: 'applied',
        },
      ],
    );
    assert.equal(await person.token(), null);
    await until(async () => (await platform.calls(/oauth\/revoke$/)).length === 2);
  });

  it('answers 502 for a lost answer, and lets the same key settle it', async () => {
    const { platform, person } = await signedIn();
    const key = randomUUID();
    await platform.fault({ on: 'connect', kind: 'reset-after' });
    const lost = await person.connect({ key });
    assert.equal(lost.status, 502);
    assert.equal((await lost.json()).error.code, 'upstream_unavailable');
    assert.equal((await person.connect({ key })).status, 200);
    const keys = (await platform.calls(/connect$/)).map(({ idempotencyKey }) => idempotencyKey);
    assert.deepEqual(keys, [key, key]);
    assert.equal((await platform.chekt.audit()).items.length, 1);
  });

  it("passes CHeKT's refusal on, audits it and calls the hook", async () => {
    const failed: string[] = [];
    const platform = await world.platform({ on: { failed: ({ type }) => void failed.push(type) } });
    const person = platform.person();
    await person.signIn(TOM);
    const answer = await person.connect();
    assert.equal(answer.status, 403);
    assert.equal((await answer.json()).error.code, 'permission_denied');
    const [row] = (await platform.chekt.audit()).items;
    assert.equal(row?.action, 'connect.refused');
    assert.equal(row?.apiCode, 'permission_denied');
    assert.match(row?.requestId ?? '', /^req_/);
    assert.equal((await person.session()).bindingStatus, 'none');
    await until(() => failed.length === 1);
    assert.match(platform.warnings().join(), /CHeKT refuses a connect. Look at dealerSignIn.scope/);
  });

  for (const [name, fault] of [
    ['a lost answer', { kind: 'reset-after' }],
    ['a 500', { kind: 'status', status: 500, when: 'after' }],
    ['an answer that is none', { kind: 'invalid-json' }],
  ] as const) {
    it(`is settled by runDue after ${name} if nobody repeats it`, async () => {
      let now = Date.now();
      const platform = await world.platform({ clock: () => now });
      const person = platform.person();
      await person.signIn(DANA);
      await platform.fault({ on: 'connect', ...fault });
      assert.ok((await person.connect()).status >= 500);
      assert.equal(await platform.chekt.bindings.get(ACCOUNT), null);
      await platform.chekt.runDue();
      assert.equal((await platform.calls(/connect$/)).length, 1); // first the element has its turn
      now += 10_000;
      await platform.chekt.runDue();
      assert.equal((await platform.chekt.bindings.get(ACCOUNT))?.connectedBy, 'Dana Reyes');
      assert.equal((await platform.calls(/connect$/)).length, 2);
    });
  }
});
