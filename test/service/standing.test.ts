import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ChektServiceOptions } from '../../src/service/index.js';
import { ACCOUNT, DANA, MIRA, OTHER_ACCOUNT, startWorld, until, type World } from './world.js';

describe('a binding', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  async function connected(
    switches: object = {},
    changes: (defaults: ChektServiceOptions) => Partial<ChektServiceOptions> = () => ({}),
  ) {
    const clock = { now: Date.now() };
    const told: string[] = [];
    const note = ({ type, externalDealerId }: { type: string; externalDealerId: string }) =>
      void told.push(`${type} ${externalDealerId}`);
    const platform = await world.platform((defaults) => ({
      clock: () => clock.now,
      on: { lost: note, unreachable: note },
      ...changes(defaults),
    }));
    await platform.switch(switches);
    const person = platform.person();
    await person.signIn(DANA);
    assert.equal((await person.connect()).status, 200);
    await until(async () => (await platform.calls(/12345$/)).length === 1); // the GET that follows
    return { platform, person, told, later: (ms = 61_000) => void (clock.now += ms) };
  }

  it('is checked with CHeKT once in 60 seconds per account, however many pages ask', async () => {
    const { platform, person, later } = await connected();
    for (let page = 0; page < 3; page++) await person.session();
    assert.equal((await platform.calls(/12345$/)).length, 1);
    later();
    const pages = await Promise.all([1, 2, 3].map(() => person.session()));
    assert.deepEqual(
      pages.map(({ bindingStatus }) => bindingStatus),
      ['connected', 'connected', 'connected'],
    );
    assert.equal((await platform.calls(/12345$/)).length, 2);
  });

  it('is lost when CHeKT says so, with one event and audit row, and is kept as a former binding', async () => {
    const { platform, person, told, later } = await connected({ unboundDealer: 'not-connected' });
    await platform.control('DELETE', `/bindings/${ACCOUNT}`);
    later();
    const { binding, formerBinding, bindingStatus } = await person.session();
    assert.deepEqual([binding, bindingStatus, formerBinding.status], [null, 'lost', 'lost']);
    assert.equal(formerBinding.companyName, 'Acme Security Systems, Inc.');
    later();
    await person.session();
    await platform.chekt.reconcile({ requestsPerMinute: 6_000 });
    await until(() => told.length > 0);
    assert.deepEqual(told, [`lost ${ACCOUNT}`]);
    const actions = (await platform.chekt.audit()).items.map(({ action }) => action);
    assert.deepEqual(actions, ['connect.recorded', 'binding.lost']);
    assert.equal((await platform.chekt.bindings.get(ACCOUNT))?.status, 'lost');

    await person.signIn(DANA);
    assert.equal((await person.connect()).status, 200); // the way back
    assert.equal((await person.session()).bindingStatus, 'connected');
  });

  it('is lost when CHeKT names another account', async () => {
    const { platform, person, later } = await connected();
    await platform.control('PUT', '/bindings', { dealerId: 12345, externalDealerId: OTHER_ACCOUNT });
    later();
    assert.equal((await person.session()).bindingStatus, 'lost');
  });

  it("is unreachable while the platform's access works in general", async () => {
    const { platform, person, told, later } = await connected();
    await platform.control('DELETE', `/bindings/${ACCOUNT}`); // 403 permission_denied from now on
    later();
    const { binding, formerBinding } = await person.session();
    assert.deepEqual([binding, formerBinding.status], [null, 'unreachable']);
    later();
    await person.session();
    await until(() => told.length > 0);
    assert.deepEqual(told, [`unreachable ${ACCOUNT}`]);
    await person.signIn(DANA);
    assert.equal((await person.connect()).status, 200);
    assert.equal((await person.session()).bindingStatus, 'connected');
  });

  it('is unchecked, and nothing is lost, with a client that lacks read:dealer', async () => {
    const { platform, person, told, later } = await connected({ platformScopes: 'without-read-dealer' });
    later();
    const { binding, bindingStatus } = await person.session();
    assert.equal(bindingStatus, 'unchecked');
    assert.equal(binding.dealerId, 12345);
    assert.deepEqual(told, []);
    assert.match(platform.warnings().join(), /platformClient.scope may lack read:dealer/);
    assert.equal((await person.disconnect(12345)).status, 200);
  });

  it('is unreachable only if another binding can be reached, when the issuer names no scope', async () => {
    const { platform, person, later } = await connected({}, ({ platformClient }) => ({
      platformClient: { ...platformClient, scope: 'read:sites' },
    }));
    const mira = platform.person({ actor: 'u2', accounts: [OTHER_ACCOUNT] });
    await mira.signIn(MIRA);
    assert.equal((await mira.connect({ account: OTHER_ACCOUNT })).status, 200);
    await until(async () => (await platform.calls(/23456$/)).length === 1); // the faults are for what comes later
    later();
    const dealer = { dealer_id: 23456, external_dealer_id: OTHER_ACCOUNT, company_name: 'Harbor' };
    await platform.fault(
      { on: 'dealer', kind: 'status', status: 403, code: 'permission_denied' },
      { on: 'dealer', kind: 'body', body: JSON.stringify(dealer), when: 'before' },
    );
    assert.equal((await person.session()).bindingStatus, 'unreachable');
  });

  for (const [name, fault] of [
    ['a 500', { kind: 'status', status: 500 }],
    ['no answer', { kind: 'reset-before' }],
    ['a body that is not a dealer', { kind: 'body', body: '{}' }],
    ["a gateway's page", { kind: 'status', status: 404, shape: 'html' }],
    ['a 401 for the platform’s own token', { kind: 'status', status: 401 }],
  ] as const) {
    it(`is not ended by ${name}`, async () => {
      const { platform, person, told, later } = await connected();
      later();
      await platform.fault({ on: 'dealer', times: null, ...fault });
      const { bindingStatus } = await person.session();
      assert.equal(bindingStatus, 'unchecked');
      await platform.fault();
      later();
      assert.equal((await person.session()).bindingStatus, 'connected');
      assert.ok(!told.includes(`lost ${ACCOUNT}`));
    });
  }

  it('is checked by reconcile(), which counts the results', async () => {
    const { platform, told, later } = await connected({ unboundDealer: 'not-connected' });
    const mira = platform.person({ actor: 'u2', accounts: [OTHER_ACCOUNT] });
    await mira.signIn(MIRA);
    await mira.connect({ account: OTHER_ACCOUNT });
    await platform.control('DELETE', `/bindings/${ACCOUNT}`);
    later();
    const found = await platform.chekt.reconcile({ requestsPerMinute: 6_000 });
    assert.deepEqual(found, { connected: 1, lost: 1, unreachable: 0, unchecked: 0, waiting: 0 });
    await platform.chekt.runDue();
    assert.deepEqual(told, [`lost ${ACCOUNT}`]);
  });

  it('is checked once a day', async () => {
    const { platform, told, later } = await connected({ unboundDealer: 'not-connected' });
    await platform.control('DELETE', `/bindings/${ACCOUNT}`);
    await platform.chekt.runDue();
    assert.deepEqual(told, []);
    later(25 * 60 * 60_000);
    await platform.chekt.runDue();
    assert.deepEqual(told, [`lost ${ACCOUNT}`]);
  });
});
