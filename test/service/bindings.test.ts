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

  it('stores what the page reports when CHeKT says so, too, and gives the sign-in back', async () => {
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

  it('believes no session that was not handed a token, nor another dealer than the one that signed in', async () => {
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

  it('stores nothing that CHeKT says is of another account', async () => {
    const { platform, person } = await signedIn();
    const dealerId = await connectFromPage(person, OTHER_ACCOUNT);
    assert.equal((await person.send('POST', '/bindings', { dealerId })).status, 403);
    assert.equal(await platform.chekt.bindings.get(ACCOUNT), null);
  });

  it('keeps a report that CHeKT neither confirms nor denies, and looks again', async () => {
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

  it('has no such routes unless it is asked for', async () => {
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
