import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, DANA, MIRA, OTHER_ACCOUNT, startWorld, type Visit } from './support.js';

const json = { 'Content-Type': 'application/json' };
const body = { external_dealer_id: ACCOUNT, company_name: 'Acme Security' };
const code = async (answer: Response) => [answer.status, (await answer.json()).error.code];
const describeSignIn = async (visit: Visit) => (await visit.get('/token')).json();
const report = (visit: Visit, dealerId: number) => visit.send('POST', '/bindings', { dealerId }, json);

/** A sign-in, a token and a connect belong to one account and one person. */
describe('what was displayed is what the platform does', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  const connects = async (visit: Visit) => (await visit.log(/connect$/)).length;

  it('gives each completed sign-in an id, which stays the same after a refresh', async () => {
    const visit = world.visit();
    await visit.signIn(DANA);
    const { sign_in_id, external_dealer_id } = await describeSignIn(visit);
    assert.match(sign_in_id, /^[\w.~-]{1,64}$/);
    assert.equal(external_dealer_id, ACCOUNT);
    const refreshed = await (await visit.get('/token?reason=rejected')).json();
    assert.equal(refreshed.sign_in_id, sign_in_id);
    const handedOut = await (await visit.get('/browser-token')).json();
    assert.deepEqual([handedOut.sign_in_id, handedOut.external_dealer_id], [sign_in_id, ACCOUNT]);
    await visit.signIn(DANA, { reason: 'switch' });
    assert.notEqual((await describeSignIn(visit)).sign_in_id, sign_in_id);
  });

  for (const path of ['/token', '/browser-token'])
    it(`${path} tells a page of another account nothing`, async () => {
      const visit = world.visit();
      await visit.signIn(DANA);
      const refused = await visit.get(`${path}?reason=initial&external_dealer_id=${OTHER_ACCOUNT}`);
      assert.deepEqual(await code(refused), [403, 'other_account']);
      assert.equal((await visit.get(`${path}?reason=initial&external_dealer_id=${ACCOUNT}`)).status, 200);
    });

  it('connect needs the sign-in that was displayed, and CHeKT is not asked without it', async () => {
    const visit = world.visit();
    await visit.signIn(DANA);
    const shown = (await describeSignIn(visit)).sign_in_id;
    const put = (headers: Record<string, string>) =>
      visit.send('PUT', '/partner/v1/dealers/connect', body, {
        ...json,
        'Idempotency-Key': randomUUID(),
        ...headers,
      });
    assert.deepEqual(await code(await put({})), [400, 'sign_in_required']);
    assert.deepEqual(await code(await put({ 'Chekt-Sign-In': 'another' })), [409, 'sign_in_changed']);
    await visit.signIn(MIRA, { reason: 'switch' });
    assert.deepEqual(await code(await put({ 'Chekt-Sign-In': shown })), [409, 'sign_in_changed']);
    assert.equal(await connects(visit), 0);
    assert.deepEqual(await visit.sandbox('GET', '/bindings'), []);
  });

  it('a key belongs to a sign-in: nobody else repeats it', async () => {
    const visit = world.visit();
    await visit.signIn(DANA);
    const key = randomUUID();
    const shown = (await describeSignIn(visit)).sign_in_id;
    await visit.fault({ on: 'connect', kind: 'status', status: 502 });
    assert.equal((await visit.connect({}, key, shown)).status, 502);
    await visit.signIn(MIRA, { reason: 'switch' });
    assert.equal((await visit.connect({}, key, shown)).status, 409);
    assert.equal(await connects(visit), 1);
    assert.deepEqual(await visit.sandbox('GET', '/bindings'), []);
  });

  it('accepts a report only from a session that was handed a token for this account', async () => {
    const dana = world.visit();
    await dana.signIn(DANA);
    const dealerId = await dana.connectFromPage();
    const attacker = world.visit(dana.run);
    await attacker.session();
    assert.equal((await attacker.get('/token')).status, 204);
    assert.deepEqual(await code(await report(attacker, dealerId)), [403, 'other_account']);
    assert.equal((await attacker.session()).binding, null);
    assert.equal((await report(dana, dealerId)).status, 200);
  });

  it("accepts no report from a session that was handed another dealer's token", async () => {
    const dana = world.visit();
    await dana.signIn(DANA);
    const dealerId = await dana.connectFromPage();
    const mira = world.visit(dana.run);
    await mira.signIn(MIRA);
    assert.equal((await mira.get('/browser-token')).status, 200);
    assert.deepEqual(await code(await report(mira, dealerId)), [403, 'other_account']);
  });

  describe('disconnect', () => {
    async function connected(): Promise<Visit> {
      const visit = world.visit();
      await visit.signIn(DANA);
      assert.equal((await visit.connect()).status, 200);
      return visit;
    }

    it('belongs to the account that was displayed', async () => {
      const visit = await connected();
      const of = (account: string) => visit.disconnect(12345, randomUUID(), `?external_dealer_id=${account}`);
      assert.deepEqual(await code(await of(OTHER_ACCOUNT)), [403, 'other_account']);
      assert.equal((await visit.log(/disconnect/)).length, 0);
      assert.ok((await of(ACCOUNT)).ok);
      const [entry] = await visit.log(/disconnect/);
      assert.doesNotMatch(entry?.path ?? '', /external_dealer_id/);
    });

    for (const [status, denied] of [
      [403, 'permission_denied'],
      [404, 'dealer_not_found'],
      [404, 'not_found'],
    ] as const)
      it(`is sent although CHeKT lets us not see the dealer (${status} ${denied}), and its answer counts`, async () => {
        const visit = await connected();
        await visit.fault(
          { on: 'dealer', kind: 'status', status, code: denied },
          { on: 'disconnect', kind: 'status', status: 403, code: 'permission_denied' },
        );
        assert.deepEqual(await code(await visit.disconnect(12345)), [403, 'permission_denied']);
        assert.equal((await visit.sandbox('GET', '/bindings')).length, 1);
        assert.equal((await visit.session()).bindingStatus, 'connected');
        await visit.fault({ on: 'dealer', kind: 'status', status, code: denied });
        assert.ok((await visit.disconnect(12345)).ok);
        assert.deepEqual(await visit.sandbox('GET', '/bindings'), []);
      });

    it('is not tried for a dealer that the platform has no record of and cannot see', async () => {
      const visit = world.visit();
      await visit.session();
      await visit.fault({ on: 'dealer', kind: 'status', status: 403, code: 'permission_denied' });
      assert.deepEqual(await code(await visit.disconnect(12345)), [403, 'other_account']);
      assert.equal((await visit.log(/disconnect/)).length, 0);
    });

    for (const [status, said, bindingStatus] of [
      [403, 'permission_denied', 'unreachable'],
      [404, 'dealer_not_found', 'unreachable'],
      [404, 'dealer_not_connected', 'lost'],
    ] as const)
      it(`a page load never deletes a binding: ${status} ${said} is ${bindingStatus}`, async () => {
        const visit = await connected();
        await visit.fault({ on: 'dealer', kind: 'status', status, code: said });
        const during = await visit.session();
        assert.deepEqual(
          [during.binding, during.bindingStatus, during.formerBinding.dealerId, during.formerBinding.status],
          [null, bindingStatus, 12345, bindingStatus],
        );
        const afterwards = await visit.session();
        assert.deepEqual([afterwards.bindingStatus, afterwards.binding.dealerId], ['connected', 12345]);
      });
  });
});
