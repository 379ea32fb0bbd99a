import { equal, ok } from './expect.js';
import { begin, begun, DAY, grant, HOUR, MINUTE, NOW, owner, signIn } from './samples.js';
import type { StoreTest } from './suite.js';

export function grantTests(test: StoreTest): void {
  const started = { ...grant(), version: 1, retired: false };
  const request = { owner: owner(), now: NOW };
  const revocations = { now: NOW, leaseMs: MINUTE, limit: 10 };

  test('finds a grant for its session, person and account only', async (store) => {
    equal(await store.startGrant(grant()), started);
    equal(await store.findAuthorization(request), { status: 'granted', grant: started });
    for (const change of [{ session: 'session-2' }, { actor: 'u2' }, { account: 'adc-2' }]) {
      const other = await store.findAuthorization({ ...request, owner: owner(change) });
      equal(other, { status: 'none' }, JSON.stringify(change));
    }
  });

  test('forgets why the last sign-in failed when one succeeds', async (store) => {
    await store.failSignIn({ ...owner(), error: 'access_denied', expiresAt: NOW + MINUTE });
    await store.startGrant(grant());
    await store.retireGrant({ signInId: 'sign-in-1', now: NOW });
    equal(await store.findAuthorization(request), { status: 'none' });
  });

  test('reports no failure while there is a grant', async (store) => {
    await store.startGrant(grant());
    await store.failSignIn({ ...owner(), error: 'access_denied', expiresAt: NOW + MINUTE });
    equal((await store.findAuthorization(request)).status, 'granted');
  });

  test('writes a grant only over the version that was read', async (store) => {
    await store.startGrant(grant());
    const write = { signInId: 'sign-in-1', ifVersion: 1, sealed: 'k1:refreshed' };
    equal(await store.writeGrant(write), { ...started, version: 2, sealed: 'k1:refreshed' });
    equal(await store.writeGrant({ ...write, sealed: 'k1:late' }), null, 'a late one');
    equal(await store.writeGrant({ ...write, signInId: 'sign-in-2' }), null, 'one of another sign-in');
    equal((await store.findGrant({ signInId: 'sign-in-1' }))?.sealed, 'k1:refreshed');
  });

  test('lets one of several concurrent writers win', async (store) => {
    await store.startGrant(grant());
    const writes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        store.writeGrant({ signInId: 'sign-in-1', ifVersion: 1, sealed: `k1:${index}` }),
      ),
    );
    const won = writes.filter((written) => written !== null);
    equal(won.length, 1);
    equal(await store.findGrant({ signInId: 'sign-in-1' }), won[0]);
  });

  test('ends a grant that is old or idle, and keeps a used one from becoming idle', async (store) => {
    await store.startGrant(grant());
    const at = (now: number, idleAt?: number) =>
      store.findAuthorization({ owner: owner(), now, ...(idleAt === undefined ? {} : { idleAt }) });
    equal((await at(NOW + 7 * HOUR, NOW + 15 * HOUR)).status, 'granted', 'after 7 h, used');
    equal((await at(NOW + 14 * HOUR)).status, 'granted', 'after 14 h, looked at');
    equal((await at(NOW + 15 * HOUR)).status, 'none', 'idle for 8 h');
    equal(
      (await at(NOW + 14 * HOUR, NOW + 40 * HOUR)).status,
      'granted',
      'used again by a process whose clock is behind',
    );
    equal((await at(NOW + DAY)).status, 'none', 'a day old');
    ok((await store.findGrant({ signInId: 'sign-in-1' })) !== null, 'an operation can still find it');
  });

  test('replaces a grant with that of the next sign-in and queues the old one for revocation', async (store) => {
    await store.startGrant(grant());
    await store.startGrant(grant({ signInId: 'sign-in-2', sealed: 'k1:other' }));
    const found = await store.findAuthorization(request);
    equal(found.status === 'granted' && found.grant.signInId, 'sign-in-2');
    equal(await store.takeRevocations(revocations), [{ ...started, retired: true }]);
    equal(await store.takeRevocations(revocations), [], 'while another process has it');
    const again = await store.takeRevocations({ ...revocations, now: NOW + MINUTE });
    equal(
      again.map(({ signInId }) => signInId),
      ['sign-in-1'],
      'after a failure',
    );
    const version = 1;
    await store.dropGrants({ grants: [{ signInId: 'sign-in-1', version: 2 }] });
    ok((await store.findGrant({ signInId: 'sign-in-1' })) !== null, 'another version');
    await store.dropGrants({ grants: ['sign-in-1', 'sign-in-2'].map((signInId) => ({ signInId, version })) });
    equal(await store.takeRevocations({ ...revocations, now: NOW + HOUR }), []);
    equal((await store.findAuthorization(request)).status, 'granted', 'a grant in use is not dropped');
  });

  test('keeps one grant of an owner when two sign-ins complete at the same time', async (store) => {
    const ids = Array.from({ length: 6 }, (_, index) => `sign-in-${index}`);
    await Promise.all(ids.map((signInId) => store.startGrant(grant({ signInId }))));
    const retired = await store.takeRevocations(revocations);
    equal(retired.length, 5);
    const found = await store.findAuthorization(request);
    ok(
      found.status === 'granted' && !retired.some(({ signInId }) => signInId === found.grant.signInId),
      'one is left',
    );
  });

  test('retires a grant once, and no longer finds it', async (store) => {
    await store.startGrant(grant());
    equal(await store.retireGrant({ signInId: 'sign-in-1', now: NOW }), true);
    equal(await store.retireGrant({ signInId: 'sign-in-1', now: NOW }), false, 'the second time');
    equal(await store.findAuthorization(request), { status: 'none' });
    equal((await store.takeRevocations(revocations)).length, 1);
  });

  test('queues idle and old grants for revocation', async (store) => {
    await store.startGrant(grant());
    await store.startGrant(grant({ signInId: 'sign-in-2', session: 'session-2', idleAt: NOW + 2 * DAY }));
    const idsAt = async (now: number) =>
      (await store.takeRevocations({ ...revocations, now })).map(({ signInId }) => signInId);
    equal(await idsAt(NOW + 8 * HOUR - 1), []);
    equal(await idsAt(NOW + 8 * HOUR), ['sign-in-1']);
    equal((await idsAt(NOW + DAY)).sort(), ['sign-in-1', 'sign-in-2']);
  });

  test('does not revoke a grant that an unsettled operation may still need', async (store) => {
    await store.startGrant(grant());
    await begun(store);
    await store.startGrant(grant({ signInId: 'sign-in-2' }));
    equal(await store.takeRevocations(revocations), []);
    const write = { signInId: 'sign-in-1', ifVersion: 1, sealed: 'k1:refreshed' };
    equal((await store.writeGrant(write))?.retired, true, 'it can still be refreshed for the operation');
    const operation = { key: 'key-1', outcome: 'applied', answer: null } as const;
    await store.commit({ now: NOW, operation, audit: [], outbox: [] });
    const taken = await store.takeRevocations(revocations);
    equal(
      taken.map(({ signInId, sealed }) => [signInId, sealed]),
      [['sign-in-1', 'k1:refreshed']],
    );
  });

  test('finds the grant in use of the owner of a retired one', async (store) => {
    await store.startGrant(grant());
    const signInIds = ['sign-in-1', 'sign-in-9'];
    equal(await store.findSuccessors({ signInIds, now: NOW }), [], 'it is in use itself');
    await store.retireGrant({ signInId: 'sign-in-1', now: NOW });
    await store.startGrant(grant({ signInId: 'sign-in-3', account: 'adc-2' }));
    await store.startGrant(grant({ signInId: 'sign-in-4', session: 'session-2' }));
    equal(await store.findSuccessors({ signInIds, now: NOW }), [], 'of other owners');
    await store.beginSignIn(signIn({ expiresAt: NOW + MINUTE }));
    const signingIn = [{ of: 'sign-in-1', grant: null }];
    equal(await store.findSuccessors({ signInIds, now: NOW }), signingIn, 'a sign-in is pending');
    equal(await store.findSuccessors({ signInIds, now: NOW + MINUTE }), [], 'it has expired');
    await store.takeSignIn({ stateHash: 'state-1', session: 'session-1', now: NOW + 1 });
    equal(await store.findSuccessors({ signInIds, now: NOW + 1 }), signingIn, 'it has come back');
    equal(await store.findSuccessors({ signInIds, now: NOW + 2 * MINUTE }), [], 'without success');
    const next = await store.startGrant(grant({ signInId: 'sign-in-2' }));
    equal(await store.findSuccessors({ signInIds, now: NOW }), [{ of: 'sign-in-1', grant: next }]);
    equal(await store.findSuccessors({ signInIds, now: NOW + 8 * HOUR }), [], 'idle by then');
  });

  test('ends everything of a session and nothing of another', async (store) => {
    const other = owner({ session: 'session-2' });
    const handout = { ...owner(), signInId: 'sign-in-1', dealerId: null, expiresAt: NOW + HOUR };
    await store.startGrant(grant());
    await store.startGrant(grant({ account: 'adc-2', signInId: 'sign-in-2' }));
    await store.startGrant(grant({ ...other, signInId: 'sign-in-3' }));
    await store.recordHandout(handout);
    await store.failSignIn({ ...owner({ account: 'adc-3' }), error: 'x', expiresAt: NOW + HOUR });
    await store.beginSignIn(signIn());
    await store.endSession({ session: 'session-1', now: NOW });
    for (const account of ['adc-1', 'adc-2', 'adc-3']) {
      equal(
        await store.findAuthorization({ owner: owner({ account }), now: NOW }),
        { status: 'none' },
        account,
      );
    }
    equal((await store.findAuthorization({ owner: other, now: NOW })).status, 'granted');
    equal(await store.findHandouts(request), []);
    equal(await store.findSignIn({ stateHash: 'state-1', now: NOW }), null);
    equal((await store.takeRevocations(revocations)).length, 2);
  });

  test('keeps a grant only to revoke it, if its session has ended since the sign-in came back', async (store) => {
    const taken = { stateHash: 'state-1', session: 'session-1', now: NOW };
    await store.beginSignIn(signIn());
    await store.takeSignIn(taken);
    await store.startGrant(grant({ signInId: 'sign-in-1', stateHash: 'state-1' }));
    equal((await store.findAuthorization(request)).status, 'granted', 'while the session lasts');
    await store.dropGrants({ grants: await store.takeRevocations(revocations) });
    await store.endSession({ session: 'session-1', now: NOW });
    const late = await store.startGrant(grant({ signInId: 'sign-in-2', stateHash: 'state-1' }));
    equal(late.retired, true);
    equal((await store.findAuthorization(request)).status, 'none');
    const due = await store.takeRevocations(revocations);
    equal(due.map(({ signInId }) => signInId).sort(), ['sign-in-1', 'sign-in-2']);
  });

  test('remembers to whom a token was handed until that expires', async (store) => {
    const handout = { ...owner(), signInId: 'sign-in-1', dealerId: 12345, expiresAt: NOW + HOUR };
    await store.recordHandout({ ...handout, dealerId: null });
    await store.recordHandout(handout);
    await store.recordHandout({ ...handout, signInId: 'sign-in-2', dealerId: null });
    const found = await store.findHandouts(request);
    equal(found.map(({ dealerId }) => dealerId).sort(), [12345, null].sort());
    equal(await store.findHandouts({ ...request, owner: owner({ account: 'adc-2' }) }), []);
    equal(await store.findHandouts({ ...request, now: NOW + HOUR }), []);
  });

  test('does not hold back a revocation for an operation of another sign-in', async (store) => {
    await store.startGrant(grant());
    await begin(store, { signInId: 'sign-in-9' });
    await store.retireGrant({ signInId: 'sign-in-1', now: NOW });
    equal((await store.takeRevocations(revocations)).length, 1);
  });
}
