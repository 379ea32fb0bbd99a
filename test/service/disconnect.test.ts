import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { ChektServiceOptions } from '../../src/service/index.js';
import { ACCOUNT, DANA, MIRA, OTHER_ACCOUNT, startWorld, until, type World } from './world.js';

const code = async (answer: Response) => [answer.status, (await answer.json()).error.code];

describe('disconnect through the service', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  async function connected(changes: Partial<ChektServiceOptions> = {}) {
    const platform = await world.platform(changes);
    const person = platform.person();
    await person.signIn(DANA);
    assert.equal((await person.connect()).status, 200);
    return { platform, person };
  }

  it("disconnects with the platform's own credentials, removes the record, audits it and calls the hook", async () => {
    const told: string[] = [];
    const note = ({ type, binding }: { type: string; binding: { companyName: string } | null }) =>
      void told.push(`${type} ${binding?.companyName}`);
    const { platform, person } = await connected({ on: { connected: note, disconnected: note } });
    const answer = await person.disconnect(12345);
    assert.equal(answer.status, 200);
    assert.deepEqual(await platform.bound(), []);
    assert.equal((await person.session()).bindingStatus, 'none');
    const calls = await platform.calls(/disconnect$/);
    assert.deepEqual(
      calls.map(({ caller }) => caller),
      ['northwind-m2m'],
    );
    assert.deepEqual(
      (await platform.chekt.audit()).items.map(({ action, dealerId, companyName }) => [
        action,
        dealerId,
        companyName,
      ]),
      [
        ['connect.recorded', 12345, 'Acme Security Systems, Inc.'],
        ['disconnect.recorded', 12345, 'Acme Security Systems, Inc.'],
      ],
    );
    await until(() => told.length === 2);
    assert.deepEqual(told, [
      'connected Acme Security Systems, Inc.',
      'disconnected Acme Security Systems, Inc.',
    ]);
  });

  for (const disconnectAnswer of ['dealer', 'no-content', 'empty-object']) {
    it(`treats ${disconnectAnswer} as a success, and repeats it to a repeat`, async () => {
      const { platform, person } = await connected();
      await platform.switch({ disconnectAnswer });
      const key = randomUUID();
      for (const answer of [
        await person.disconnect(12345, { key }),
        await person.disconnect(12345, { key }),
      ]) {
        assert.equal(answer.status, disconnectAnswer === 'no-content' ? 204 : 200);
      }
      assert.equal((await platform.calls(/disconnect$/)).length, 1);
      assert.equal(await platform.chekt.bindings.get(ACCOUNT), null);
    });
  }

  it('gives the same answer for all foreign dealers, without asking CHeKT', async () => {
    const { platform, person } = await connected();
    const stranger = platform.person({ actor: 'u2', accounts: [OTHER_ACCOUNT] });
    await until(async () => (await platform.calls(/dealers/)).length === 2); // the connect and the GET that follows
    const answers = await Promise.all(
      [12345, 23456, 99999, 'connect2', '0'].map(async (dealerId) => {
        const answer = await stranger.disconnect(dealerId, { account: OTHER_ACCOUNT });
        return `${answer.status} ${await answer.text()}`;
      }),
    );
    assert.equal(new Set(answers).size, 1);
    assert.match(answers[0] ?? '', /^403 .*other_account/);
    assert.deepEqual(await code(await person.disconnect(23456)), [403, 'other_account']);
    assert.deepEqual(await code(await person.disconnect(12345, { account: OTHER_ACCOUNT })), [
      403,
      'other_account',
    ]);
    assert.equal((await platform.calls(/dealers/)).length, 2);
  });

  it('refuses when CHeKT says that the dealer now belongs to another account', async () => {
    const { platform, person } = await connected();
    await platform.control('PUT', '/bindings', { dealerId: 12345, externalDealerId: OTHER_ACCOUNT });
    assert.deepEqual(await code(await person.disconnect(12345)), [403, 'other_account']);
    assert.equal((await platform.bound()).length, 1);
    assert.deepEqual(await platform.calls(/disconnect$/), []);
  });

  it("treats a 404 as disconnected only if it is CHeKT's and says so", async () => {
    const { platform, person } = await connected();
    for (const fault of [
      { status: 404, code: 'route_not_found' },
      { status: 404, shape: 'html' },
      { status: 403, code: 'permission_denied' },
    ]) {
      await platform.fault({ on: 'disconnect', kind: 'status', ...fault });
      const answer = await person.disconnect(12345);
      assert.equal(answer.status, fault.status);
      assert.match(answer.headers.get('Content-Type') ?? '', /json/);
      assert.ok(await platform.chekt.bindings.get(ACCOUNT));
    }
    await platform.control('DELETE', `/bindings/${ACCOUNT}`); // in CHeKT's portal
    const answer = await person.disconnect(12345);
    assert.deepEqual(await code(answer), [404, 'dealer_not_connected']);
    assert.equal(await platform.chekt.bindings.get(ACCOUNT), null);
    const rows = (await platform.chekt.audit()).items.filter(
      ({ action }) => action === 'disconnect.recorded',
    );
    assert.equal(rows.length, 1);
  });

  it('sends the disconnect even if the dealer cannot be read, and passes the answer on', async () => {
    const { platform, person } = await connected();
    await platform.fault({
      on: 'dealer',
      kind: 'status',
      status: 403,
      code: 'permission_denied',
      times: null,
    });
    assert.equal((await person.disconnect(12345)).status, 200);
    assert.deepEqual(await platform.bound(), []);
  });

  it('answers within 7 s, however slow CHeKT is, and finishes afterwards', async () => {
    const { platform, person } = await connected();
    await until(async () => (await platform.calls(/dealers/)).length === 2); // the connect and the GET that follows
    await platform.fault(
      { on: 'dealer', kind: 'delay', ms: 5_000 },
      { on: 'disconnect', kind: 'delay', ms: 4_000 },
    );
    const key = randomUUID();
    const began = Date.now();
    const answer = await person.disconnect(12345, { key });
    const took = Date.now() - began;
    assert.deepEqual(await code(answer), [502, 'upstream_unavailable']);
    assert.ok(took >= 6_900 && took < 7_900, `${took}`); // the element waits 8 s
    assert.equal((await person.disconnect(12345, { key })).status, 200);
    assert.equal((await platform.calls(/disconnect$/)).length, 1);
    assert.equal((await platform.chekt.audit()).items.at(-1)?.action, 'disconnect.recorded');
  });

  it('settles a lost answer with the same key', async () => {
    const { platform, person } = await connected();
    const key = randomUUID();
    await platform.fault({ on: 'disconnect', kind: 'reset-after' });
    assert.equal((await person.disconnect(12345, { key })).status, 502);
    assert.ok(await platform.chekt.bindings.get(ACCOUNT));
    assert.equal((await person.disconnect(12345, { key })).status, 200);
    assert.equal(await platform.chekt.bindings.get(ACCOUNT), null);
    const rows = (await platform.chekt.audit()).items;
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['connect.recorded', 'disconnect.recorded'],
    );
  });

  it('withholds the stored answer of an earlier connect', async () => {
    const { platform, person } = await connected();
    const colleague = platform.person({ sessionId: 'b', actor: 'u2' });
    const key = randomUUID();
    // A revocation that is on its way ends a sign-in that completes in the same moment, at an issuer like the sandbox's.
    await until(async () => (await platform.calls(/oauth\/revoke$/)).length === 2);
    await person.signIn(DANA);
    const signInId = (await person.token()).sign_in_id;
    assert.equal((await person.connect({ key, signInId })).status, 200);
    assert.equal((await colleague.disconnect(12345)).status, 200);
    assert.deepEqual(await code(await person.connect({ key, signInId })), [409, 'superseded']);
  });

  it('withholds the stored answer of an earlier disconnect', async () => {
    const { platform, person } = await connected();
    const key = randomUUID();
    assert.equal((await person.disconnect(12345, { key })).status, 200);
    assert.equal((await person.disconnect(12345, { key })).status, 200);
    await until(async () => (await platform.calls(/oauth\/revoke$/)).length === 2);
    await person.signIn(DANA);
    assert.equal((await person.connect()).status, 200);
    assert.deepEqual(await code(await person.disconnect(12345, { key })), [409, 'superseded']);
  });

  it('tells the platform that nothing was disconnected when a connect came in between', async () => {
    const { platform, person } = await connected();
    await until(async () => (await platform.calls(/oauth\/revoke$/)).length === 2);
    await person.signIn(DANA);
    await platform.fault({ on: 'disconnect', kind: 'delay', ms: 1_000, when: 'after' });
    const disconnected = platform.chekt.disconnect(ACCOUNT, { actor: { id: 'ops' } });
    await until(async () => (await platform.bound()).length === 0);
    assert.equal((await person.connect()).status, 200);
    const { outcome, apiCode } = await disconnected;
    assert.deepEqual([outcome, apiCode], ['refused', 'superseded']);
    assert.equal((await platform.bound()).length, 1);
  });

  it('neither judges nor changes a binding of another environment', async () => {
    const { platform, person } = await connected();
    const { platformClient } = platform.options;
    const other = platform.again({ platformClient: { ...platformClient, clientId: 'northwind-other' } });
    const login = person.browser.cookie('login')?.value;
    const headers = { Cookie: `login=${login}`, Origin: platform.origin, 'Idempotency-Key': randomUUID() };
    const answer = await other.fetch(
      new Request(`${person.base}/partner/v1/dealers/12345/disconnect`, { method: 'PUT', headers }),
    );
    assert.deepEqual(await code(answer), [409, 'other_environment']);
    const session = await other.fetch(new Request(`${person.base}/session`, { headers }));
    assert.equal((await session.json()).bindingStatus, 'unchecked');
    assert.deepEqual(await other.reconcile({ requestsPerMinute: 6_000 }), {
      connected: 0,
      lost: 0,
      unreachable: 0,
      unchecked: 0,
      waiting: 0,
    });
  });

  it("disconnects for the platform's own code", async () => {
    const { platform } = await connected();
    const { chekt } = platform;
    const result = await chekt.disconnect(ACCOUNT, { actor: { id: 'ops' } });
    assert.equal(result.outcome, 'disconnected');
    assert.equal((await chekt.disconnect(ACCOUNT, { actor: { id: 'ops' } })).outcome, 'no-binding');
    assert.equal((await chekt.audit()).items.at(-1)?.actor?.id, 'ops');
    const mira = platform.person({ actor: 'u2' });
    await mira.signIn(MIRA);
    await mira.connect();
    await platform.fault({ on: 'disconnect', kind: 'status', status: 503 });
    assert.deepEqual(
      await chekt.disconnect(ACCOUNT, { actor: { id: 'ops' } }).then(({ outcome }) => outcome),
      'open',
    );
  });
});
