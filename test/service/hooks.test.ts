import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HookEvent } from '../../src/service/index.js';
import { ACCOUNT, DANA, OTHER_ACCOUNT, startWorld, until, type World } from './world.js';

const HOUR = 60 * 60_000;

describe('hooks and records', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  it('calls a failing hook again, in order, until it succeeds', async () => {
    let now = Date.now();
    let fails = 2;
    const told: HookEvent[] = [];
    const hear = (event: HookEvent) => {
      if (fails-- > 0) throw new Error('The mail server of Dana Reyes is down.');
      told.push(event);
    };
    const platform = await world.platform({ clock: () => now, on: { connected: hear, disconnected: hear } });
    const person = platform.person();
    await person.signIn(DANA);
    await person.connect();
    await until(() => fails === 1);
    await person.disconnect(12345);
    for (let run = 0; run < 4; run++) {
      now += HOUR;
      await platform.chekt.runDue();
    }
    assert.deepEqual(
      told.map(({ type }) => type),
      ['connected', 'disconnected'],
    );
    const [first] = told;
    assert.equal(first?.externalDealerId, ACCOUNT);
    assert.equal(first.binding?.dealerId, 12345);
    assert.equal(first.actor?.id, 'u1');
    assert.match(first.traceId ?? '', /^[0-9a-f-]{36}$/);
    assert.match(first.occurredAt, /^\d{4}-.*Z$/);
    assert.match(platform.warnings().join(), /hook on\.connected failed/);
    assert.doesNotMatch(JSON.stringify(platform.log), /Dana|mail server/);
  });

  it('gives up an event after 24 hours, and check() reports it', async () => {
    let now = Date.now();
    const platform = await world.platform({
      clock: () => now,
      on: { connected: () => Promise.reject(new Error('never')) },
    });
    const person = platform.person();
    await person.signIn(DANA);
    await person.connect();
    for (let hour = 0; hour < 26; hour++) {
      now += HOUR;
      await platform.chekt.runDue();
    }
    const findings = await platform.chekt.check();
    assert.match(
      findings.find(({ setting }) => setting === 'on')?.message ?? '',
      /^1 event was given up after the hook had failed for 24 hours/,
    );
  });

  it('reads the audit trail by account, by time and page by page', async () => {
    let now = Date.parse('2026-11-05T10:00:00Z');
    const platform = await world.platform({ clock: () => now });
    const person = platform.person();
    await person.signIn(DANA);
    await person.connect();
    now += HOUR;
    await person.disconnect(12345);
    const { chekt } = platform;
    const first = await chekt.audit({ limit: 1 });
    assert.equal(first.items[0]?.at, '2026-11-05T10:00:00.000Z');
    const rest = await chekt.audit({ after: first.next ?? '' });
    assert.deepEqual([rest.items.length, rest.next], [1, null]);
    assert.equal(
      (await chekt.audit({ from: '2026-11-05T10:30:00Z' })).items[0]?.action,
      'disconnect.recorded',
    );
    assert.equal(
      (await chekt.audit({ to: new Date('2026-11-05T10:30:00Z') })).items[0]?.action,
      'connect.recorded',
    );
    assert.deepEqual((await chekt.audit({ externalDealerId: OTHER_ACCOUNT })).items, []);
    await assert.rejects(chekt.audit({ from: 'yesterday' }), /from must be a Date or/);
  });

  it('pseudonymizes people and keeps what happened', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    await person.connect();
    await platform.chekt.erase(ACCOUNT);
    const { items } = await platform.chekt.audit();
    assert.deepEqual(
      items.map(({ action }) => action),
      ['connect.recorded', 'person.erased'],
    );
    assert.doesNotMatch(JSON.stringify([items, await platform.chekt.bindings.get(ACCOUNT)]), /Dana|dana|u1/);
  });

  it('forgets a record for the platform, and audits that the platform removed it', async () => {
    const platform = await world.platform();
    const person = platform.person();
    await person.signIn(DANA);
    await person.connect();
    const { chekt } = platform;
    assert.equal(await chekt.bindings.forget(ACCOUNT, { actor: { id: 'ops' }, note: 'ticket 7' }), true);
    assert.equal(await chekt.bindings.forget(ACCOUNT, { actor: { id: 'ops' } }), false);
    const row = (await chekt.audit()).items.at(-1);
    assert.deepEqual(
      [row?.action, row?.outcome],
      ['binding.forgotten', 'removed by Northwind Cloud: ticket 7'],
    );
    assert.equal((await platform.bound()).length, 1);
  });

  it('lists bindings and deletes expired records', async () => {
    let now = Date.now();
    const platform = await world.platform({ clock: () => now, retention: { audit: 2, operations: 1 } });
    const person = platform.person();
    await person.signIn(DANA);
    await person.connect();
    const { items, next } = await platform.chekt.bindings.list();
    assert.deepEqual([items.length, next], [1, null]);
    assert.equal(items[0]?.status, 'connected');
    now += 3 * 24 * HOUR;
    await platform.chekt.runDue();
    assert.deepEqual((await platform.chekt.audit()).items, []);
    assert.ok(await platform.chekt.bindings.get(ACCOUNT));
  });

  it('runs due work repeatedly, and stops after the run in progress', async () => {
    const platform = await world.platform();
    await platform.chekt.start();
    await until(async () => (await platform.options.store.inspect()).sweptAt !== null);
    await platform.chekt.stop();
    await platform.chekt.stop();
  });
});
