import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, DANA, OTHER_ACCOUNT, startWorld } from './support.js';

describe('disconnect, and what is left of a connection', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  async function connected() {
    const visit = world.visit();
    await visit.signIn(DANA);
    assert.equal((await visit.connect()).status, 200);
    return visit;
  }

  it("disconnects with the platform's own credentials and forgets the dealer", async () => {
    const visit = await connected();
    const key = randomUUID();
    const answer = await visit.disconnect(12345, key);
    assert.ok(answer.ok);
    assert.equal((await visit.session()).binding, null);
    assert.equal((await visit.log(/disconnect$/))[0]?.idempotencyKey, key);
    assert.deepEqual(await visit.sandbox('GET', '/bindings'), []);
  });

  it("refuses a dealer that is not the session's", async () => {
    const visit = await connected();
    await visit.sandbox('PUT', '/bindings', { dealerId: 23456, externalDealerId: OTHER_ACCOUNT });
    for (const foreign of ['23456', '99999', '0', '12345x', '..%2F12345']) {
      assert.equal((await visit.disconnect(foreign)).status, 403, foreign);
    }
    assert.deepEqual(await visit.log(/disconnect$/), []);
  });

  it("refuses another account's dealer even if the session has none", async () => {
    const visit = world.visit();
    await visit.session();
    await visit.sandbox('PUT', '/bindings', { dealerId: 23456, externalDealerId: OTHER_ACCOUNT });
    assert.equal((await visit.disconnect(23456)).status, 403);
    assert.deepEqual(await visit.log(/disconnect$/), []);
  });

  it("does not disconnect another account's dealer on the word of a stale record", async () => {
    const visit = await connected();
    await visit.sandbox('DELETE', `/bindings/${ACCOUNT}`);
    await visit.sandbox('PUT', '/bindings', { dealerId: 12345, externalDealerId: OTHER_ACCOUNT });
    assert.equal((await visit.disconnect(12345)).status, 403);
    assert.deepEqual(await visit.log(/disconnect$/), []);
    assert.equal((await visit.sandbox('GET', '/bindings')).length, 1);
    assert.equal((await visit.session()).bindingStatus, 'none');
  });

  it('disconnects a dealer of the account of which it has lost its own record', async () => {
    const visit = world.visit();
    await visit.session();
    await visit.sandbox('PUT', '/bindings', { dealerId: 12345, externalDealerId: ACCOUNT });
    assert.ok((await visit.disconnect(12345)).ok);
    assert.deepEqual(await visit.sandbox('GET', '/bindings'), []);
  });

  it("answers a repeat after it is gone with a 404 in CHeKT's envelope", async () => {
    const visit = await connected();
    const key = randomUUID();
    await visit.disconnect(12345, key);
    const repeat = await visit.disconnect(12345, key);
    assert.equal(repeat.status, 404);
    assert.equal((await repeat.json()).error.code, 'dealer_not_connected');
  });

  it('makes a lost answer a 502 and keeps its record until a repeat has settled it', async () => {
    const visit = await connected();
    const key = randomUUID();
    await visit.fault({ on: 'disconnect', kind: 'reset-after' });
    assert.equal((await visit.disconnect(12345, key)).status, 502);
    const repeat = await visit.disconnect(12345, key);
    assert.equal(repeat.status, 200); // CHeKT's answer to this key, once more
    assert.deepEqual(await visit.sandbox('GET', '/bindings'), []);
    assert.equal((await visit.session()).bindingStatus, 'none');
  });

  it('never shows the page a 401 that is about its own credentials', async () => {
    const visit = await connected();
    await visit.fault({ on: 'disconnect', kind: 'status', status: 401, code: 'invalid_api_key' });
    assert.ok((await visit.disconnect(12345)).ok); // once more with a new one
    const other = await connected();
    await other.fault({ on: 'disconnect', kind: 'status', status: 401, code: 'invalid_api_key', times: 2 });
    assert.equal((await other.disconnect(12345)).status, 502);
  });

  it('asks for its own credentials once, not at every call', async () => {
    const visit = await connected();
    await Promise.all([visit.session(), visit.session(), visit.session()]);
    await visit.session();
    assert.equal((await visit.log(/oauth\/token$/)).length, 2); // the code of the sign-in, and its own
  });

  it('says on page load that a dealer cannot be reached any more, and forgets nothing', async () => {
    const visit = await connected();
    await visit.sandbox('DELETE', `/bindings/${ACCOUNT}`);
    const session = await visit.session();
    assert.equal(session.binding, null);
    assert.equal(session.bindingStatus, 'unreachable');
    assert.equal(session.formerBinding.dealerId, 12345);
    assert.equal(session.formerBinding.status, 'unreachable');
    assert.deepEqual(await visit.session(), session);
  });

  it('does not treat a missing answer as disconnected', async () => {
    const visit = await connected();
    await visit.fault({ on: 'dealer', kind: 'reset-before' });
    const session = await visit.session();
    assert.equal(session.bindingStatus, 'unchecked');
    assert.equal(session.binding.dealerId, 12345);
  });

  for (const { what, ...fault } of [
    { what: "a proxy's 404", status: 404, shape: 'html' },
    { what: 'a flat 404', status: 404, shape: 'flat' },
    { what: 'a 404 of an authorization server', status: 404, shape: 'oauth' },
    { what: "a proxy's 403", status: 403, shape: 'html' },
    { what: 'a 403 for another reason', status: 403, code: 'ip_blocked' },
  ]) {
    it(`does not treat ${what} as disconnected`, async () => {
      const visit = await connected();
      await visit.fault({ on: 'dealer', kind: 'status', times: 2, ...fault });
      assert.equal((await visit.session()).bindingStatus, 'unchecked');
      assert.equal((await visit.disconnect(12345)).status, 502);
      assert.equal((await visit.session()).bindingStatus, 'connected');
    });
  }

  it("keeps its record when the 404 to a disconnect is not CHeKT's", async () => {
    const visit = await connected();
    await visit.fault({ on: 'disconnect', kind: 'status', status: 404, shape: 'oauth' });
    assert.equal((await visit.disconnect(12345)).status, 404);
    assert.equal((await visit.session()).bindingStatus, 'connected');
  });

  it('shows what each of the two onboarding paths reaches', async () => {
    const visit = world.visit();
    await visit.session();
    const statuses = async () => {
      const { dealers } = await (await visit.get('/reach')).json();
      return dealers.map(({ dealerId, platform, dealerApp }: Record<string, { status: number }>) => [
        dealerId,
        platform?.status,
        dealerApp?.status,
      ]);
    };
    assert.deepEqual(await statuses(), [
      [12345, 403, 200],
      [23456, 403, 403],
    ]);
    await visit.signIn(DANA);
    await visit.connect();
    assert.deepEqual(await statuses(), [
      [12345, 200, 200],
      [23456, 403, 403],
    ]);
    const { dealers } = await (await visit.get('/reach')).json();
    assert.ok(dealers[0].platform.sites.length > 0);
  });
});
