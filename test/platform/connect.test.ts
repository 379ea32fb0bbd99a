import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { ACCOUNT, DANA, MIRA, OTHER_ACCOUNT, startWorld } from './support.js';

describe('connect', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  async function signedIn(email = DANA) {
    const visit = world.visit();
    await visit.signIn(email);
    return visit;
  }

  describe('in service mode', () => {
    it('relays with the dealer token, stores what CHeKT confirms, and passes the answer on', async () => {
      const visit = await signedIn();
      const answer = await visit.connect();
      assert.equal(answer.status, 200);
      const dealer = await answer.json();
      assert.equal(dealer.dealer_id, 12345);
      assert.equal(dealer.company_name, 'Acme Security Systems, Inc.');
      const { binding, bindingStatus } = await visit.session();
      assert.equal(bindingStatus, 'connected');
      assert.equal(binding.dealerId, 12345);
      assert.equal(binding.externalDealerId, ACCOUNT);
      assert.equal(binding.companyName, 'Acme Security Systems, Inc.');
      assert.equal(binding.connectedBy, 'Dana Reyes');
    });

    it('passes the key and the trace id on to CHeKT', async () => {
      const visit = await signedIn();
      const key = randomUUID();
      await visit.connect({}, key);
      const [entry] = await visit.log(/connect$/);
      assert.equal(entry?.idempotencyKey, key);
      assert.match(entry?.traceId ?? '', /^[0-9a-f-]{36}$/);
    });

    it('refuses another external id than the one of the session, and asks CHeKT nothing', async () => {
      const visit = await signedIn();
      const answer = await visit.connect({ external_dealer_id: OTHER_ACCOUNT });
      assert.equal(answer.status, 403);
      assert.deepEqual(Object.keys(await answer.json()), ['error']);
      assert.deepEqual(await visit.log(/connect$/), []);
    });

    it('sends CHeKT nothing for an invalid or oversized body', async () => {
      const visit = await signedIn();
      const answer = await visit.send('PUT', '/partner/v1/dealers/connect', undefined, {
        'Idempotency-Key': randomUUID(),
      });
      assert.equal(answer.status, 400);
      assert.equal((await visit.connect({ company_name: 'x'.repeat(20_000) })).status, 413);
      assert.deepEqual(await visit.log(/connect$/), []);
    });

    it('answers 401 in the envelope when the dealer has not signed in', async () => {
      const answer = await world.visit().connect();
      assert.equal(answer.status, 401); // no cookie at all
      const visit = world.visit();
      await visit.session();
      const second = await visit.connect();
      assert.equal(second.status, 401);
      assert.equal((await second.json()).error.code, 'invalid_api_key');
    });

    it("passes CHeKT's refusal on, with its words and its waiting time", async () => {
      const visit = await signedIn();
      await visit.fault({ on: 'connect', kind: 'status', status: 429, code: 'slow_down', retryAfter: 7 });
      const key = randomUUID();
      const answer = await visit.connect({}, key);
      assert.equal(answer.status, 429);
      assert.equal(answer.headers.get('Retry-After'), '7');
      assert.equal((await answer.json()).error.code, 'slow_down');
      assert.equal((await visit.connect({}, key)).status, 200); // only a completed connect is remembered
    });

    it('answers 502 for a lost answer, and lets the same key settle it', async () => {
      const visit = await signedIn();
      const key = randomUUID();
      await visit.fault({ on: 'connect', kind: 'reset-after' });
      const lost = await visit.connect({}, key);
      assert.equal(lost.status, 502);
      assert.equal((await lost.json()).error.code, 'upstream_unavailable');
      assert.equal((await visit.connect({}, key)).status, 200);
      const attempts = await visit.log(/connect$/);
      assert.deepEqual(
        attempts.map(({ idempotencyKey }) => idempotencyKey),
        [key, key],
      );
      assert.equal((await visit.session()).bindingStatus, 'connected');
    });

    for (const kind of ['invalid-json', 'truncated']) {
      it(`does not pass a ${kind} answer on as if it were good`, async () => {
        const visit = await signedIn();
        await visit.fault({ on: 'connect', kind });
        assert.equal((await visit.connect()).status, 502);
        assert.equal((await visit.session()).binding, null);
      });
    }

    it('does not read an endless answer', async () => {
      const visit = await signedIn();
      await visit.fault({ on: 'connect', kind: 'body', status: 400, body: 'x'.repeat(300_000) });
      assert.equal((await visit.connect()).status, 502);
    });

    it('does not follow a redirect with a token', async () => {
      const visit = await signedIn();
      const location = `${world.demo.sandboxOrigin}/elsewhere`;
      await visit.fault({ on: 'connect', kind: 'redirect', location, status: 307 });
      assert.equal((await visit.connect()).status, 502);
    });

    it('answers 502 while it cannot verify, and stores on the repeat', async () => {
      const visit = await signedIn();
      const key = randomUUID();
      await visit.fault({ on: 'dealer', kind: 'status', status: 500 });
      assert.equal((await visit.connect({}, key)).status, 502);
      assert.equal((await visit.session()).binding, null);
      assert.equal((await visit.connect({}, key)).status, 200);
      assert.equal((await visit.session()).binding.dealerId, 12345);
    });

    it('stores nothing if CHeKT, asked again, names another account', async () => {
      const visit = await signedIn();
      const other = JSON.stringify({
        dealer_id: 12345,
        external_dealer_id: OTHER_ACCOUNT,
        company_name: 'Acme',
      });
      await visit.fault({ on: 'dealer', kind: 'body', body: other });
      assert.equal((await visit.connect()).status, 502);
      assert.equal((await visit.session()).binding, null);
    });

    it('revokes the sign-in when done, and still answers a repeat of the same connect', async () => {
      const visit = await signedIn();
      const { access_token } = await (await visit.get('/browser-token')).json();
      const key = randomUUID();
      const first = await (await visit.connect({}, key)).text();
      await visit.untilRevoked(access_token);
      assert.equal((await visit.get('/token')).status, 204);
      const repeat = await visit.connect({}, key);
      assert.equal(repeat.status, 200);
      assert.equal(await repeat.text(), first);
      assert.equal((await visit.connect({}, randomUUID())).status, 401);
    });

    it('says since when it is connected after a disconnect that the platform has not noticed', async () => {
      const visit = await signedIn();
      assert.equal((await visit.connect()).status, 200);
      await visit.sandbox('DELETE', `/bindings/${ACCOUNT}`);
      await visit.signIn(DANA);
      const later = new Date().toISOString();
      assert.equal((await visit.connect()).status, 200);
      const { binding } = await visit.session();
      assert.ok(binding.connectedAt >= later, `${binding.connectedAt} is before ${later}`);
    });

    it('answers two requests with one key through one connect', async () => {
      const visit = await signedIn();
      const key = randomUUID();
      const answers = await Promise.all([visit.connect({}, key), visit.connect({}, key)]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200],
      );
      assert.equal((await visit.log(/connect$/)).length, 1);
    });
  });

  describe('in browser mode', () => {
    it("stores a page's report once CHeKT has confirmed it, and revokes the sign-in", async () => {
      const visit = await signedIn();
      const { access_token } = await (await visit.get('/browser-token')).json();
      const dealerId = await visit.connectFromPage();
      const answer = await visit.send('POST', '/bindings', { dealerId });
      assert.equal(answer.status, 200);
      assert.equal((await answer.json()).binding.companyName, 'Acme Security Systems, Inc.');
      assert.equal((await visit.session()).bindingStatus, 'connected');
      await visit.untilRevoked(access_token);
    });

    it('keeps since when and by whom a dealer is connected when the report comes again', async () => {
      const visit = await signedIn();
      const dealerId = await visit.connectFromPage();
      const report = async () => (await (await visit.send('POST', '/bindings', { dealerId })).json()).binding;
      const first = await report();
      assert.equal(first.connectedBy, 'Dana Reyes');
      await visit.signIn(MIRA, { reason: 'switch' });
      assert.deepEqual(await report(), first);
      assert.deepEqual((await visit.session()).binding, first);
    });

    it('revokes what it can of a sign-in when CHeKT fails once', async () => {
      const visit = await signedIn();
      const { access_token } = await (await visit.get('/browser-token')).json();
      const dealerId = await visit.connectFromPage();
      await visit.fault({ on: 'revoke', kind: 'status', status: 500 });
      assert.equal((await visit.send('POST', '/bindings', { dealerId })).status, 200);
      await visit.untilRevoked(access_token);
    });

    it('does not accept a forged report', async () => {
      const visit = await signedIn();
      const answer = await visit.send('POST', '/bindings', { dealerId: 12345, external_dealer_id: ACCOUNT });
      assert.equal(answer.status, 403);
      assert.equal((await visit.session()).binding, null);
    });

    it("does not let an account claim another account's dealer", async () => {
      const owner = await signedIn(MIRA);
      assert.equal((await owner.connect()).status, 200);
      const thief = world.visit(owner.run);
      await thief.session();
      await thief.send('POST', '/demo-session', { externalDealerId: OTHER_ACCOUNT });
      const answer = await thief.send('POST', '/bindings', { dealerId: 23456 });
      assert.equal(answer.status, 403);
      assert.equal((await thief.session()).binding, null);
    });

    it('does not store a connect under a swapped external id', async () => {
      const visit = await signedIn();
      const dealerId = await visit.connectFromPage(OTHER_ACCOUNT);
      assert.equal((await visit.send('POST', '/bindings', { dealerId })).status, 403);
      assert.equal((await visit.session()).binding, null);
    });

    it('refuses an invalid dealer id', async () => {
      const visit = await signedIn();
      for (const dealerId of [0, -1, 1.5, 2 ** 53, '1/../2', null, {}]) {
        assert.equal((await visit.send('POST', '/bindings', { dealerId })).status, 400, String(dealerId));
      }
      assert.deepEqual(await visit.log(/dealers/), []);
    });
  });
});
