import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { ChektServiceOptions } from '../../src/service/index.js';
import type { Person } from './person.js';
import { ACCOUNT, DANA, MIRA, OTHER_ACCOUNT, startWorld, until, type Platform, type World } from './world.js';

describe('browser mode', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  /** As the element does it: with the token that the page was handed. */
  async function connectFromPage(person: Person<Platform>, externalDealerId = ACCOUNT): Promise<number> {
    const { access_token } = await (await person.get('/browser-token?reason=initial')).json();
    const { sandbox, run } = person.platform;
    const response = await fetch(`${sandbox.origin}/runs/${run}/partner/v1/dealers/connect`, {
      method: 'PUT',
      headers: {
        Authorization: `Bearer ${access_token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
      },
      body: JSON.stringify({ external_dealer_id: externalDealerId, company_name: 'Acme Security' }),
    });
    assert.equal(response.status, 200);
    return (await response.json()).dealer_id;
  }

  async function signedIn(email = DANA, changes: Partial<ChektServiceOptions> = {}) {
    const platform = await world.platform(changes);
    const person = platform.person();
    await person.signIn(email);
    return { platform, person };
  }

  /** A dealer that the page has connected and reported, and what happens while CHeKT answers about the next report. */
  async function reportedOnce() {
    const at = { now: Date.now(), meanwhile: async () => {} };
    const platform = await world.platform(({ store }) => ({
      clock: () => at.now,
      store: {
        ...store,
        commit: async (commit) => {
          if (commit.change?.kind === 'put') await at.meanwhile();
          return store.commit(commit);
        },
      },
    }));
    const { chekt } = platform;
    const person = platform.person();
    await person.signIn(DANA);
    const dealerId = await connectFromPage(person);
    assert.equal((await person.send('POST', '/bindings', { dealerId })).status, 200);
    return { at, platform, chekt, person, dealerId };
  }

  it('stores what the page reports once CHeKT confirms it, and revokes the sign-in', async () => {
    const told: string[] = [];
    const { platform, person } = await signedIn(DANA, {
      on: { connected: ({ externalDealerId }) => void told.push(externalDealerId) },
    });
    const dealerId = await connectFromPage(person);
    const answer = await person.send('POST', '/bindings', { dealerId });
    assert.equal(answer.status, 200);
    assert.equal((await answer.json()).binding.connectedBy, 'Dana Reyes');
    assert.equal((await person.session()).bindingStatus, 'connected');
    assert.equal((await person.get('/browser-token')).status, 204);
    await until(() => told.length === 1);

    assert.equal((await person.send('POST', '/bindings', { dealerId })).status, 200); // told again
    const { items } = await platform.chekt.audit();
    assert.deepEqual(
      items.map(({ action, person: who }) => [action, who?.name]),
      [['connect.recorded', 'Dana Reyes']],
    );
  });

  it('refuses a report from a session without a handed-out token, or about another dealer than the one that signed in', async () => {
    const { platform, person } = await signedIn();
    const dealerId = await connectFromPage(person);
    const attacker = platform.person({ sessionId: 'b', actor: 'u2' });
    const answer = await attacker.send('POST', '/bindings', { dealerId });
    assert.equal(answer.status, 403);
    assert.equal((await answer.json()).error.code, 'other_account');
    await attacker.signIn(MIRA);
    await attacker.get('/browser-token');
    assert.equal((await attacker.send('POST', '/bindings', { dealerId })).status, 403);
    assert.equal(await platform.chekt.bindings.get(ACCOUNT), null);
  });

  /** What the token endpoint gives is changed on its way to the service. */
  async function signInWith(person: Person, accessToken: string): Promise<void> {
    const sent = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const response = await sent(input, init);
      if (!/oauth\/token/.test(String(input)) || !/authorization_code/.test(String(init?.body)))
        return response;
      return Response.json({ ...(await response.json()), access_token: accessToken });
    };
    try {
      await person.signIn(MIRA);
    } finally {
      globalThis.fetch = sent;
    }
    const handed = await (await person.get('/browser-token')).json();
    assert.equal(handed.access_token, accessToken);
  }

  it("reads the dealer from CHeKT's own claim in the access token, as the element does", async () => {
    const { platform, person } = await signedIn(DANA);
    const dealerId = await connectFromPage(person);
    const other = platform.person({ sessionId: 'b', actor: 'u2' });
    const claims = { 'https://api.chekt.com/claims/partner': { dealer_id: String(dealerId) } };
    await signInWith(other, `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`);
    assert.equal((await (await other.get('/browser-token')).json()).dealer_id, String(dealerId));
    assert.equal((await other.send('POST', '/bindings', { dealerId: 67890 })).status, 403);
    assert.equal((await other.send('POST', '/bindings', { dealerId })).status, 200);
  });

  it('stores nothing where no token says the dealer, and answers the same for customers and strangers', async () => {
    const { platform, person } = await signedIn(DANA, {});
    const swapped = await connectFromPage(person); // with a dealer admin's token, by a script, to the attacker's account
    const attacker = await world.platform(
      ({ dealerSignIn }) => ({ dealerSignIn: { ...dealerSignIn, scope: 'read:dealer update:dealer' } }),
      platform.run,
    );
    const session = attacker.person({ sessionId: 'b', actor: 'u2' });
    await signInWith(session, 'opaque-token-that-says-nothing');
    const answers = [];
    for (const dealerId of [swapped, 99_999]) {
      const answer = await session.send('POST', '/bindings', { dealerId });
      answers.push([answer.status, await answer.text()]);
    }
    assert.deepEqual(answers[0], answers[1]);
    assert.equal(answers[0]?.[0], 403);
    assert.match(String(answers[0]?.[1]), /dealer_unknown/);
    assert.equal(await attacker.chekt.bindings.get(ACCOUNT), null);
    assert.deepEqual(await attacker.calls(/dealers\/\d+$/, 'GET'), []);
    assert.match(attacker.warnings().join(), /says dealer_id/);
  });

  it('stores nothing that CHeKT says is of another account', async () => {
    const { platform, person } = await signedIn();
    const dealerId = await connectFromPage(person, OTHER_ACCOUNT);
    assert.equal((await person.send('POST', '/bindings', { dealerId })).status, 403);
    assert.equal(await platform.chekt.bindings.get(ACCOUNT), null);
  });

  it('keeps a report that CHeKT neither confirms nor denies, and checks it again', async () => {
    let now = Date.now();
    const { platform, person } = await signedIn(DANA, { clock: () => now });
    const dealerId = await connectFromPage(person);
    await platform.fault({ on: 'dealer', kind: 'status', status: 403, code: 'permission_denied' });
    const answer = await person.send('POST', '/bindings', { dealerId });
    assert.equal(answer.status, 202);
    assert.equal((await answer.json()).status, 'reported');
    assert.equal(await platform.chekt.bindings.get(ACCOUNT), null);
    now += 60_000;
    await platform.chekt.runDue();
    assert.equal((await platform.chekt.bindings.get(ACCOUNT))?.dealerId, 12345);
  });

  it('keeps no report of an account whose record the platform has removed', async () => {
    let now = Date.now();
    const { platform, person } = await signedIn(DANA, { clock: () => now });
    const { chekt } = platform;
    const dealerId = await connectFromPage(person);
    assert.equal((await person.send('POST', '/bindings', { dealerId })).status, 200);
    await platform.fault({ on: 'dealer', kind: 'status', status: 403, code: 'permission_denied' });
    assert.equal((await person.send('POST', '/bindings', { dealerId })).status, 202);
    assert.equal(await chekt.bindings.forget(ACCOUNT, { actor: { id: 'ops' } }), true);
    now += 60_000;
    await chekt.runDue();
    assert.equal(await chekt.bindings.get(ACCOUNT), null);
  });

  it('keeps no report that is looked at while the platform removes the record', async () => {
    const { at, chekt, person, dealerId } = await reportedOnce();
    at.meanwhile = async () => assert.ok(await chekt.bindings.forget(ACCOUNT, { actor: { id: 'ops' } }));
    assert.equal((await person.send('POST', '/bindings', { dealerId })).status, 202);
    at.meanwhile = async () => {};
    at.now += 60_000;
    await chekt.runDue();
    assert.equal(await chekt.bindings.get(ACCOUNT), null);
  });

  it('asks CHeKT again when a disconnect was recorded while it answered', async () => {
    const { at, platform, chekt, person, dealerId } = await reportedOnce();
    at.meanwhile = async () => assert.equal((await person.disconnect(dealerId)).status, 200);
    assert.equal((await person.send('POST', '/bindings', { dealerId })).status, 202);
    assert.equal(await chekt.bindings.get(ACCOUNT), null);
    await platform.switch({ unboundDealer: 'not-connected' });
    at.now += 60_000;
    await chekt.runDue();
    assert.equal(await chekt.bindings.get(ACCOUNT), null);
    const audited = (await chekt.audit()).items.map(({ action }) => action);
    assert.deepEqual(audited, ['connect.recorded', 'disconnect.recorded']);
  });

  it('has no routes unless it is enabled', async () => {
    const platform = await world.platform({ modes: ['service'] });
    const person = platform.person();
    assert.equal((await person.get('/browser-token')).status, 404);
    assert.equal((await person.send('POST', '/bindings', { dealerId: 1 })).status, 404);
    const browserOnly = await world.platform({ modes: ['browser'] });
    const other = browserOnly.person();
    assert.equal((await other.get('/token')).status, 404);
    assert.equal((await other.connect({ signInId: 'any' })).status, 404);
  });
});
