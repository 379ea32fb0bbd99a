import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Store } from '../../src/service/index.js';
import { ACCOUNT, DANA, OTHER_ACCOUNT, startWorld, until, type Platform, type World } from './world.js';

/** A store whose process dies at one step: earlier changes stay, and it makes no further ones. */
class Crash {
  readonly store: Store;
  #step: keyof Store | undefined;
  #when: 'before' | 'after' = 'before';
  #isDead = false;

  constructor(kept: Store) {
    this.store = new Proxy(kept, {
      get: (target, name: keyof Store) => {
        const value = target[name];
        if (typeof value !== 'function') return value;
        return async (request: never) => {
          this.#die(name, 'before');
          const answer: unknown = await (value as (request: never) => unknown).call(target, request);
          this.#die(name, 'after');
          return answer;
        };
      },
    });
  }

  at(step: keyof Store, when: 'before' | 'after'): void {
    this.#step = step;
    this.#when = when;
  }

  #die(step: keyof Store, when: 'before' | 'after'): void {
    if (step === this.#step && when === this.#when) this.#isDead = true;
    if (this.#isDead) throw new Error('The process is dead.');
  }
}

const steps = [
  ['beginConnect', 'before'],
  ['beginConnect', 'after'],
  ['spend', 'after'],
  ['limitBucket', 'before'],
  ['findBinding', 'after'],
  ['commit', 'before'],
  ['commit', 'after'],
  ['takeOutbox', 'before'],
  ['takeOutbox', 'after'],
  ['settleOutbox', 'before'],
  ['takeRevocations', 'before'],
  ['dropGrants', 'before'],
] as const satisfies readonly (readonly [keyof Store, 'before' | 'after'])[];

describe('a process that dies', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  async function connectAndDie(step: keyof Store, when: 'before' | 'after') {
    const clock = { now: Date.now() };
    const told: string[] = [];
    const kept = await world.newStore();
    const crash = new Crash(kept);
    const platform = await world.platform({
      clock: () => clock.now,
      store: crash.store,
      on: { connected: ({ id }) => void told.push(id) },
    });
    const person = platform.person();
    await person.signIn(DANA);
    const signInId: string = (await person.token()).sign_in_id;
    const key = randomUUID();
    crash.at(step, when);
    const answer = await person.connect({ key, signInId });
    await platform.chekt.stop();
    const restarted = platform.again({ store: kept, on: { connected: ({ id }) => void told.push(id) } });
    return { platform, person, restarted, clock, told, key, signInId, answer, kept };
  }

  /** Expects that CHeKT, the platform and the audit trail agree, and that nothing is left unsettled. */
  async function agree(platform: Platform, restarted: Platform['chekt'], kept: Store) {
    const bound = (await platform.bound()).map(({ dealerId }) => dealerId);
    const stored = await restarted.bindings.get(ACCOUNT);
    assert.deepEqual(stored ? [stored.dealerId] : [], bound);
    const { items } = await restarted.audit();
    assert.deepEqual(
      items.map(({ action }) => action),
      bound.map(() => 'connect.recorded'),
    );
    const { unsettledOperations, oldestHook } = await kept.inspect();
    assert.deepEqual([unsettledOperations, oldestHook], [0, null]);
  }

  for (const [step, when] of steps) {
    it(`${when} ${step} is recovered by runDue`, async () => {
      const { platform, restarted, clock, told, key, kept } = await connectAndDie(step, when);
      clock.now += 61_000;
      await restarted.runDue();
      clock.now += 61_000;
      await restarted.runDue();
      await agree(platform, restarted, kept);
      const ids = (await platform.calls(/connect$/)).map(({ idempotencyKey }) => idempotencyKey);
      assert.deepEqual([...new Set(ids)], ids.length > 0 ? [key] : []);
      assert.equal(new Set(told).size, ids.length > 0 ? 1 : 0);
    });

    it(`${when} ${step} is recovered by the person's repeat`, async () => {
      const { platform, person, restarted, clock, key, signInId, kept } = await connectAndDie(step, when);
      clock.now += 15_000; // the lease of the dead process
      const answer = await restarted.fetch(
        new Request(`${person.base}/partner/v1/dealers/connect`, {
          method: 'PUT',
          headers: {
            Cookie: `login=${person.browser.cookie('login')?.value}`,
            Origin: platform.origin,
            'Content-Type': 'application/json',
            'Idempotency-Key': key,
            'Chekt-Sign-In': signInId,
          },
          body: JSON.stringify({ external_dealer_id: ACCOUNT, company_name: 'Acme Security' }),
        }),
      );
      assert.equal(answer.status, 200, await answer.clone().text());
      assert.equal((await answer.json()).dealer_id, 12345);
      await restarted.stop();
      clock.now += 61_000;
      await restarted.runDue();
      await agree(platform, restarted, kept);
      assert.equal((await platform.bound()).length, 1);
    });
  }

  it('keeps the grant of an unsettled operation until it is settled, even through a logout', async () => {
    const { platform, person, restarted, clock, kept } = await connectAndDie('commit', 'before');
    await restarted.endSession({ sessionId: person.login.sessionId ?? '' });
    await restarted.stop();
    assert.equal((await platform.calls(/oauth\/revoke$/)).length, 0);
    clock.now += 61_000;
    await restarted.runDue();
    await agree(platform, restarted, kept);
    await until(async () => (await platform.calls(/oauth\/revoke$/)).length === 2);
  });

  it('ends the operation as unknown, with an audit row, when the grant is gone', async () => {
    const { platform, restarted, clock, kept } = await connectAndDie('commit', 'before');
    await platform.control('POST', '/revoke', { account: DANA });
    clock.now += 61_000;
    await restarted.runDue();
    clock.now += 61_000;
    await restarted.runDue();
    const { items } = await restarted.audit();
    assert.deepEqual(
      items.map(({ action, outcome }) => [action, outcome]),
      [['connect.unknown', 'unknown']],
    );
    assert.equal((await kept.inspect()).unsettledOperations, 0);
  });

  it('ends the operation as unknown after 24 hours, and sends nothing with the old key', async () => {
    const { platform, restarted, clock } = await connectAndDie('commit', 'before');
    const sent = (await platform.calls(/connect$/)).length;
    clock.now += 24 * 60 * 60_000 + 1;
    await restarted.runDue();
    assert.equal((await platform.calls(/connect$/)).length, sent);
    assert.deepEqual(
      (await restarted.audit()).items.map(({ action }) => action),
      ['connect.unknown'],
    );
  });

  it('does not restore a disconnected binding by a late repeat of the connect', async () => {
    const { platform, restarted, clock, kept } = await connectAndDie('commit', 'before');
    await platform.control('DELETE', `/bindings/${ACCOUNT}`); // CHeKT still remembers its 200 for the key
    await platform.switch({ unboundDealer: 'not-connected' });
    clock.now += 61_000;
    await restarted.runDue();
    clock.now += 61_000;
    await restarted.reconcile({ requestsPerMinute: 6_000 });
    const stored = await kept.findBinding({ account: ACCOUNT });
    assert.ok(stored === null || stored.status === 'lost');
  });

  it('answers 503 with Retry-After while the same operation is still running', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    const key = randomUUID();
    const { sign_in_id: signInId } = await person.token();
    await platform.fault({ on: 'connect', kind: 'delay', ms: 5_800 });
    const first = person.connect({ key, signInId });
    await until(async () => (await platform.options.store.inspect()).unsettledOperations === 1);
    const second = await person.connect({ key, signInId });
    assert.equal(second.status, 503);
    assert.equal(second.headers.get('Retry-After'), '1');
    assert.equal((await first).status, 200);
    assert.equal((await platform.calls(/connect$/)).length, 1);
  });

  describe('during a request that it had not yet refused', () => {
    /** The process dies when it has written the intent. */
    async function dieAtIntent() {
      const kept = await world.newStore();
      const crash = new Crash(kept);
      const clock = { now: Date.now() };
      const platform = await world.platform({ store: crash.store, clock: () => clock.now });
      return { platform, crash, clock, kept, restarted: platform.again({ store: kept }) };
    }

    it("connects nobody with another session's sign-in", async () => {
      const { platform, crash, clock, kept, restarted } = await dieAtIntent();
      const victim = platform.person();
      await victim.signIn(DANA);
      const { sign_in_id: signInId } = await victim.token();
      const attacker = platform.person({ sessionId: 'b', actor: 'u2', accounts: [OTHER_ACCOUNT] });
      crash.at('beginOperation', 'after');
      assert.equal((await attacker.connect({ account: OTHER_ACCOUNT, signInId })).status, 500);
      clock.now += 61_000;
      await restarted.runDue();
      assert.deepEqual(await platform.bound(), []);
      assert.deepEqual(await platform.calls(/connect$/), []);
      assert.equal((await kept.inspect()).unsettledOperations, 0);
    });

    it('disconnects no foreign dealer', async () => {
      const { platform, crash, clock, kept, restarted } = await dieAtIntent();
      const victim = platform.person();
      await victim.signIn(DANA);
      assert.equal((await victim.connect()).status, 200);
      const attacker = platform.person({ sessionId: 'b', actor: 'u2', accounts: [OTHER_ACCOUNT] });
      crash.at('beginOperation', 'after');
      assert.equal((await attacker.disconnect(12345, { account: OTHER_ACCOUNT })).status, 500);
      clock.now += 61_000;
      await restarted.runDue();
      assert.equal((await platform.bound()).length, 1);
      assert.deepEqual(await platform.calls(/disconnect$/), []);
      assert.deepEqual((await restarted.audit({ externalDealerId: OTHER_ACCOUNT })).items, []);
      assert.equal((await kept.inspect()).unsettledOperations, 0);
    });

    it("disconnects no dealer that is another account's by the time of the repeat", async () => {
      const { platform, crash, clock, kept, restarted } = await dieAtIntent();
      const person = platform.person();
      await person.signIn(DANA);
      assert.equal((await person.connect()).status, 200);
      crash.at('beginOperation', 'after');
      assert.equal((await person.disconnect(12345)).status, 500);
      await platform.control('PUT', '/bindings', { dealerId: 12345, externalDealerId: OTHER_ACCOUNT });
      clock.now += 61_000;
      await restarted.runDue();
      assert.deepEqual(
        (await platform.bound()).map(({ externalDealerId }) => externalDealerId),
        [OTHER_ACCOUNT],
      );
      assert.equal((await kept.inspect()).unsettledOperations, 0);
      assert.equal((await restarted.audit()).items.at(-1)?.action, 'disconnect.unknown');
    });

    it("carries out the disconnect of the account's own dealer", async () => {
      const { platform, crash, clock, restarted } = await dieAtIntent();
      const person = platform.person();
      await person.signIn(DANA);
      assert.equal((await person.connect()).status, 200);
      crash.at('beginOperation', 'after');
      assert.equal((await person.disconnect(12345)).status, 500);
      clock.now += 61_000;
      await restarted.runDue();
      assert.deepEqual(await platform.bound(), []);
      assert.equal(await restarted.bindings.get(ACCOUNT), null);
    });
  });
});
