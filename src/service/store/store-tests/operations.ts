import type { Store } from '../store.js';
import { equal, ok } from './expect.js';
import {
  audit,
  begin,
  begun,
  connect,
  DAY,
  environment,
  grant,
  HOUR,
  intent,
  MINUTE,
  NOW,
  owner,
  SECOND,
} from './samples.js';
import type { StoreTest } from './suite.js';

export function operationTests(test: StoreTest): void {
  const settle = { key: 'key-1', outcome: 'refused', answer: 'k1:answer' } as const;
  const take = { holder: 'worker', leaseMs: 30 * SECOND, now: NOW, limit: 10 };

  test('begins an operation once and lets other callers wait for it', async (store) => {
    const operation = await begun(store);
    equal(operation, { ...intent(), sequence: operation.sequence, createdAt: NOW, attempts: 1 });
    const second = await begin(store, {}, { holder: 'process-2', now: NOW + SECOND });
    equal(second, { status: 'running', operation, leasedUntil: NOW + 30 * SECOND });
  });

  const bucket = (name: string, capacity = 1) => ({ bucket: name, capacity, perMinute: 1 });
  const beginConnect = (store: Store, key: string, change: { signInId?: string; session?: string } = {}) =>
    store.beginConnect({
      owner: owner({ session: change.session ?? 'session-1' }),
      intent: intent({ key, signInId: change.signInId ?? 'sign-in-1' }),
      holder: 'process-1',
      leaseMs: 30 * SECOND,
      idleAt: NOW + 9 * HOUR,
      now: NOW,
      own: { ...bucket('own', 5), calls: 2 },
      platform: bucket('platform'),
    });

  test('begins a connect of the current sign-in in one go', async (store) => {
    const started = await store.startGrant(grant());
    const begun = await beginConnect(store, 'key-1');
    const { operation } = begun;
    ok(operation !== null, 'it has begun');
    equal(operation, { ...intent(), sequence: operation?.sequence, createdAt: NOW, attempts: 1 });
    const used = { ...started, idleAt: NOW + 9 * HOUR };
    equal(begun, { grant: used, isOwnSpent: true, operation, isPlatformSpent: true });
    equal(await store.findGrant({ signInId: 'sign-in-1' }), used);
    equal((await begin(store, {}, { holder: 'process-2' })).status, 'running');

    const second = await beginConnect(store, 'key-2');
    equal([second.operation?.key, second.isPlatformSpent], ['key-2', false], 'the platform has no call left');
    const third = await beginConnect(store, 'key-3');
    equal([third.grant?.signInId, third.isOwnSpent, third.operation], ['sign-in-1', false, null]);
    equal((await begin(store, { key: 'key-3' })).status, 'new', 'nothing was written');
  });

  test('begins no connect in one go that has to be looked at', async (store) => {
    const nothing = { grant: null, isOwnSpent: false, operation: null, isPlatformSpent: false };
    equal(await beginConnect(store, 'key-1'), nothing, 'nobody has signed in');
    await store.startGrant(grant());
    equal(await beginConnect(store, 'key-1', { signInId: 'sign-in-2' }), nothing, 'another sign-in');
    equal(await beginConnect(store, 'key-1', { session: 'session-2' }), nothing, 'of another owner');
    const { operation } = await beginConnect(store, 'key-1');
    const again = await beginConnect(store, 'key-1');
    equal(
      [again.isOwnSpent, again.operation, again.isPlatformSpent],
      [true, null, false],
      'its key is known',
    );
    equal((await store.takeOperations({ ...take, now: NOW + MINUTE }))[0]?.sequence, operation?.sequence);
    await store.retireGrant({ signInId: 'sign-in-1', now: NOW });
    equal(await beginConnect(store, 'key-2'), nothing, 'it is retired');
  });

  test('begins an operation once for any number of concurrent callers', async (store) => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => begin(store, {}, { holder: `process-${index}` })),
    );
    equal(answers.map(({ status }) => status).sort(), ['new', ...Array<string>(7).fill('running')].sort());
  });

  test('gives the first request to whoever repeats it after a crash', async (store) => {
    const first = await begun(store);
    const later = { holder: 'process-2', now: NOW + 30 * SECOND };
    const second = await begin(store, { traceId: 'trace-2', sealed: 'k1:second' }, later);
    equal(second, { status: 'new', operation: { ...first, attempts: 2 } });
  });

  test('binds a key to one sign-in and one request', async (store) => {
    await begun(store);
    const conflicts = [
      [{ signInId: 'sign-in-2' }, 'sign-in'],
      [{ signInId: null }, 'sign-in'],
      [{ fingerprint: 'digest-2' }, 'request'],
      [{ account: 'adc-2' }, 'request'],
      [{ kind: 'disconnect' }, 'request'],
    ] as const;
    const all = async (when: string) => {
      for (const [change, reason] of conflicts) {
        equal(await begin(store, change), { status: 'conflict', reason }, `${reason}, ${when}`);
      }
    };
    await all('running');
    await store.commit({ now: NOW, operation: settle, audit: [], outbox: [] });
    await all('settled');
    const late = await begin(store, { signInId: 'sign-in-2' }, { now: NOW + MINUTE });
    equal(late.status, 'conflict', 'after the lease');
  });

  test('remembers the answer until it is forgotten', async (store) => {
    const first = await begun(store);
    await store.commit({ now: NOW + SECOND, operation: settle, audit: [], outbox: [] });
    const operation = { ...first, outcome: 'refused', answer: 'k1:answer', settledAt: NOW + SECOND };
    equal(await begin(store), { status: 'answered', operation });
    const later = await begin(store, {}, { now: NOW + SECOND + DAY });
    equal(later.status, 'answered', 'a day later');
    const forgotten = await begun(store, { signInId: 'sign-in-2' }, NOW + 2 * SECOND + DAY);
    equal(forgotten.attempts, 1, 'after more than a day it is a new one');
  });

  test('lets the next caller take over as soon as an operation is released', async (store) => {
    await begun(store);
    const next = { retryAt: NOW + MINUTE };
    equal(await store.releaseOperation({ key: 'key-1', holder: 'process-2', next }), false, 'by another');
    equal((await begin(store)).status, 'running');
    equal(await store.releaseOperation({ key: 'key-1', holder: 'process-1', next }), true);
    equal(await store.takeOperations(take), [], 'not due for the recovery');
    equal(await store.takeOperations({ ...take, account: 'adc-2' }), [], 'of another account');
    equal((await begin(store)).status, 'new');
  });

  test('forgets an operation that is withdrawn', async (store) => {
    const first = await begun(store);
    const withdraw = { key: 'key-1', holder: 'process-1', next: 'withdraw' } as const;
    equal(await store.releaseOperation(withdraw), true);
    equal(await store.releaseOperation(withdraw), false, 'the second time');
    const second = await begun(store, { signInId: 'sign-in-2' });
    equal([second.attempts, second.sequence > first.sequence], [1, true]);
  });

  test('does not release a settled operation', async (store) => {
    await begun(store);
    await store.commit({ now: NOW, operation: settle, audit: [], outbox: [] });
    const release = { key: 'key-1', holder: 'process-1' };
    equal(await store.releaseOperation({ ...release, next: 'withdraw' }), false);
    equal(await store.releaseOperation({ ...release, next: { retryAt: NOW } }), false);
    equal((await begin(store)).status, 'answered');
  });

  test('gives unsettled operations to the recovery, each to one worker', async (store) => {
    const first = await begun(store);
    const second = await begun(store, { key: 'key-2' });
    await begun(store, { key: 'key-3' });
    await store.commit({ now: NOW, operation: { ...settle, key: 'key-3' }, audit: [], outbox: [] });
    equal(await store.takeOperations(take), [], 'while their requests run');
    const later = { ...take, now: NOW + MINUTE };
    const workers = ['a', 'b', 'c', 'd'].map((holder) =>
      store.takeOperations({ ...later, holder, limit: 1 }),
    );
    const taken = (await Promise.all(workers)).flat().sort((a, b) => a.sequence - b.sequence);
    equal(
      taken,
      [first, second].map((operation) => ({ ...operation, attempts: 2 })),
    );
    equal((await begin(store, {}, { now: NOW + MINUTE })).status, 'running', 'the person waits for it');
  });

  test('settles an operation once, whoever holds its lease', async (store) => {
    await begun(store);
    const outcomes = ['applied', 'refused', 'unknown'] as const;
    const commits = outcomes.map((outcome) =>
      store.commit({ now: NOW, operation: { ...settle, outcome }, audit: [audit()], outbox: [] }),
    );
    const statuses = (await Promise.all(commits)).map(({ status }) => status);
    equal(statuses.sort(), ['committed', 'settled', 'settled']);
    equal((await store.listAudit({ limit: 10 })).items.length, 1, 'audit rows');
  });

  test('writes nothing for an operation that does not exist', async (store) => {
    const committed = await store.commit({ now: NOW, operation: settle, audit: [audit()], outbox: [] });
    equal(committed, { status: 'no-operation' });
    equal((await store.listAudit({ limit: 10 })).items, []);
  });

  test('orders operations by their beginning, not by the clock of a process', async (store) => {
    const first = await begun(store, { key: 'key-1' }, NOW + MINUTE);
    const second = await begun(store, { key: 'key-2' }, NOW);
    equal(second.sequence > first.sequence, true);
  });

  test('tells of an operation whether something newer is known', async (store) => {
    await connect(store);
    const { sequence } = await begun(store);
    const { apiOrigin } = environment;
    const newer = (account: string, dealerId: number | null) =>
      store.findNewer({ account, dealer: dealerId === null ? null : { apiOrigin, dealerId }, sequence });
    equal([await newer('adc-1', 12345), await newer('adc-1', null)], [null, null], 'what was there before');

    await connect(store, 'adc-2', 777);
    equal(await newer('adc-1', 12345), null, 'of others');
    equal([await newer('adc-1', 777), await newer('adc-2', null)], ['result', 'result']);
    for (const kind of ['connect', 'disconnect'] as const) {
      await begun(store, { key: 'key-4', kind });
      equal([await newer('adc-1', 12345), await newer('adc-2', null)], [kind, 'result'], kind);
      await store.releaseOperation({ key: 'key-4', holder: 'process-1', next: 'withdraw' });
    }
    equal(await newer('adc-1', 12345), null, 'withdrawn');

    const stored = await store.findBinding({ account: 'adc-1' });
    const forget = (at: number) =>
      store.commit({
        now: NOW,
        change: { kind: 'forget', account: 'adc-1', sequence: at },
        audit: [],
        outbox: [],
      });
    await forget(-1);
    equal(await newer('adc-1', 12345), null, 'a removal that found another record');
    await forget(stored?.sequence ?? 0);
    equal(await newer('adc-1', 12345), 'removal');
    await store.erasePeople({
      account: 'adc-2',
      pseudonym: () => 'person-1',
      forgotten: 'removed',
      audit: audit('adc-2'),
    });
    equal([await newer('adc-2', null), await newer('adc-1', null)], ['removal', 'removal']);
    const after = await begun(store, { key: 'key-3' });
    equal(await store.findNewer({ account: 'adc-1', dealer: null, sequence: after.sequence }), null);
  });
}
