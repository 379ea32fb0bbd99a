import { equal } from './expect.js';
import {
  allAudit,
  audit,
  begin,
  begun,
  connect,
  DAY,
  grant,
  hook,
  HOUR,
  MINUTE,
  NOW,
  owner,
  signIn,
} from './samples.js';
import type { StoreTest } from './suite.js';
import type { Store } from '../store.js';

export function housekeepingTests(test: StoreTest): void {
  const sweep = { now: NOW, auditBefore: NOW - 400 * DAY, operationsBefore: NOW - DAY, limit: 100 };
  const settled = (key: string) => ({ key, outcome: 'applied', answer: 'k2:answer' }) as const;

  test('deletes expired records and nothing else', async (store) => {
    const later = NOW + 2 * DAY;
    await store.beginSignIn(signIn());
    await begun(store, { key: 'settled' });
    await store.commit({ now: NOW, operation: settled('settled'), audit: [], outbox: [] });
    await begun(store, { key: 'unsettled' });
    await connect(store);
    await store.startGrant(grant());
    equal(await store.sweep({ ...sweep, now: later, operationsBefore: later - DAY }), false);
    equal(
      await store.findSignIn({ stateHash: 'state-1', now: NOW }),
      null,
      'a sign-in of the day before yesterday',
    );
    equal((await begin(store, { key: 'settled' })).status, 'new', 'an operation of the day before yesterday');
    equal((await begin(store, { key: 'unsettled' })).status, 'running');
    equal(
      [(await allAudit(store)).length, (await store.takeOutbox({ now: NOW, leaseMs: 1, limit: 9 })).length],
      [1, 1],
    );
    equal((await store.findBinding({ account: 'adc-1' }))?.status, 'connected');
    equal(
      (await store.findGrant({ signInId: 'sign-in-1' }))?.signInId,
      'sign-in-1',
      'it is waiting for its revocation',
    );
  });

  test('deletes a sign-in as soon as it has expired, and still says where it leads', async (store) => {
    await store.beginSignIn(signIn());
    const now = NOW + 10 * MINUTE + 1;
    await store.sweep({ ...sweep, now });
    equal(await sizeOf(store), 0, 'no sealed checks');
    const asked = { stateHash: 'state-1', session: 'session-1', now: NOW };
    equal(await store.takeSignIn(asked), null, 'also for a process whose clock is behind');
    const { returnTo } = signIn();
    equal(await store.findSignIn({ ...asked, now }), { ...owner(), returnTo, status: 'completed' });
    await store.sweep({ ...sweep, now: now + 2 * DAY });
    equal(await store.findSignIn(asked), null, 'two days later');
  });

  test('deletes audit rows after the time that is set for them', async (store) => {
    for (const at of [NOW - 2, NOW - 1, NOW]) {
      await store.commit({ now: NOW, audit: [audit('adc-1', { at })], outbox: [] });
    }
    await store.sweep({ ...sweep, auditBefore: NOW });
    equal(
      (await allAudit(store)).map(({ at }) => at),
      [NOW],
    );
  });

  test('deletes in batches and says when there is more', async (store) => {
    for (let index = 0; index < 5; index += 1) {
      await store.beginSignIn(signIn({ stateHash: `state-${index}` }));
    }
    const portions: boolean[] = [];
    for (let more = true; more;) {
      more = await store.sweep({ ...sweep, now: NOW + 2 * DAY, limit: 2 });
      portions.push(more);
    }
    equal(portions, [true, true, false]);
  });

  test('keeps nothing of ended sessions', async (store) => {
    const before = await sizeOf(store);
    for (let index = 0; index < 20; index += 1) {
      const session = `session-${index}`;
      await store.beginSignIn(signIn({ session, stateHash: `state-${index}` }));
      await store.takeSignIn({ session, stateHash: `state-${index}`, now: NOW });
      await store.startGrant(grant({ session, signInId: `sign-in-${index}` }));
      await store.lease({ name: `check-${index}`, holder: 'a', ttlMs: MINUTE, now: NOW });
      await store.spend({ bucket: session, capacity: 5, perMinute: 5, now: NOW });
    }
    const now = NOW + 2 * DAY;
    await store.dropGrants({ grants: await store.takeRevocations({ now, leaseMs: HOUR, limit: 100 }) });
    await store.sweep({ ...sweep, now });
    equal(await sizeOf(store), before);
    equal(await store.lease({ name: 'check-1', holder: 'b', ttlMs: 1, now: NOW }), true, 'no lease is left');
    equal(await store.findAuthorization({ owner: owner({ session: 'session-1' }), now: NOW }), {
      status: 'none',
    });
  });

  test('counts sealed records for each key', async (store) => {
    await store.beginSignIn(signIn({ sealed: 'k1:a' }));
    await store.startGrant(grant({ sealed: 'k1:b' }));
    await begun(store, { sealed: 'k1:c' });
    await store.commit({ now: NOW, operation: settled('key-1'), audit: [], outbox: [] });
    await store.writePlatformToken({ name: 'client-1', sealed: '2026-11:d', expiresAt: NOW + HOUR });
    equal((await store.inspect()).sealedByKey, { k1: 3, k2: 1, '2026-11': 1 });
  });

  test('reports what is waiting and when the last sweep was', async (store) => {
    const empty = { sealedByKey: {}, unsettledOperations: 0, deadHooks: 0, oldestHook: null, sweptAt: null };
    equal(await store.inspect(), empty);
    await begun(store);
    for (const occurredAt of [NOW + 1, NOW]) {
      await store.commit({ now: NOW, audit: [], outbox: [hook('adc-1', { occurredAt })] });
    }
    await store.sweep({ ...sweep, now: NOW + MINUTE });
    await store.sweep(sweep);
    const { unsettledOperations, deadHooks, oldestHook, sweptAt } = await store.inspect();
    equal([unsettledOperations, deadHooks, oldestHook, sweptAt], [1, 0, NOW, NOW + MINUTE]);
  });

  async function sizeOf(store: Store): Promise<number> {
    return Object.values((await store.inspect()).sealedByKey).reduce((sum, count) => sum + count, 0);
  }
}
