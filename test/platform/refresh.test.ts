import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DANA, startWorld, type Visit } from './support.js';

describe('refreshing the dealer authorization', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  async function signedIn(tokenLifetime = 3600) {
    const visit = world.visit();
    await visit.sandbox('PUT', '/switches', { tokenLifetime });
    await visit.signIn(DANA);
    return visit;
  }
  const tokenOf = async (visit: Visit, reason: string): Promise<string> =>
    (await (await visit.get(`/browser-token?reason=${reason}`)).json()).access_token;

  it('returns the same token while it is valid', async () => {
    const visit = await signedIn();
    assert.equal(await tokenOf(visit, 'initial'), await tokenOf(visit, 'initial'));
  });

  for (const reason of ['expired', 'rejected']) {
    it(`refreshes when the element says ${reason}`, async () => {
      const visit = await signedIn();
      const first = await tokenOf(visit, 'initial');
      const second = await tokenOf(visit, reason);
      assert.match(second, /^[\w.-]{20,}$/);
      assert.notEqual(second, first);
      assert.equal(await tokenOf(visit, 'initial'), second);
      const { name } = await (await visit.get('/token')).json();
      assert.equal(name, 'Dana Reyes');
    });
  }

  it('refreshes shortly before the expiry', async () => {
    const visit = await signedIn(30);
    const first = await tokenOf(visit, 'initial');
    await visit.sandbox('PUT', '/switches', { tokenLifetime: 3600 });
    const second = await tokenOf(visit, 'initial');
    assert.notEqual(second, first);
    assert.equal(await tokenOf(visit, 'initial'), second);
  });

  it('refreshes once for concurrent requests', async () => {
    const visit = await signedIn();
    await visit.fault({ on: 'token', kind: 'delay', ms: 500 }); // so that all three requests overlap
    const tokens = await Promise.all([1, 2, 3].map(() => tokenOf(visit, 'rejected')));
    assert.equal(new Set(tokens).size, 1);
    assert.equal((await visit.log(/oauth\/token$/)).length, 2); // the code of the sign-in, and one renewal
    assert.equal((await visit.connect()).status, 200);
  });

  it('lets the relay use a refreshed token', async () => {
    const visit = await signedIn(1);
    assert.equal((await visit.connect()).status, 200);
  });

  it('answers 204 after CHeKT has ended the authorization', async () => {
    const visit = await signedIn();
    await visit.sandbox('POST', '/revoke', { account: DANA });
    assert.equal((await visit.connect()).status, 401);
    assert.equal((await visit.get('/token?reason=rejected&external_dealer_id=adc-67890')).status, 204);
    assert.equal((await visit.get('/token?reason=initial&external_dealer_id=adc-67890')).status, 204);
  });

  it('does not treat a missing answer as a refusal', async () => {
    const visit = await signedIn();
    await visit.fault({ on: 'token', kind: 'reset-before' });
    const answer = await visit.get('/token?reason=rejected&external_dealer_id=adc-67890');
    assert.equal(answer.status, 502);
    assert.equal((await answer.json()).error.code, 'upstream_unavailable');
    assert.equal((await visit.get('/token?reason=rejected&external_dealer_id=adc-67890')).status, 200);
  });
});
