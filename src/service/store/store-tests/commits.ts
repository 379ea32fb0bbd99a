import { equal, ok } from './expect.js';
import {
  allAudit,
  audit,
  begin,
  begun,
  binding,
  connect,
  drain,
  environment,
  grant,
  hook,
} from './samples.js';
import { MINUTE, NOW, owner } from './samples.js';
import type { StoreTest } from './suite.js';

export function commitTests(test: StoreTest): void {
  const put = (account = 'adc-1', dealerId = 12345, confirmed = false) =>
    ({ kind: 'put', binding: binding(account, dealerId), confirmed }) as const;
  const end = (account = 'adc-1', dealerId = 12345, confirmed = false) =>
    ({ kind: 'end', account, dealerId, environment, confirmed }) as const;
  const applied = (key: string) => ({ key, outcome: 'applied', answer: null }) as const;
  const nothing = { now: NOW, audit: [], outbox: [] };

  test('writes the result, binding, audit row and event together', async (store) => {
    await store.startGrant(grant());
    await begun(store);
    const committed = await store.commit({
      now: NOW,
      operation: applied('key-1'),
      change: put(),
      retireGrant: 'sign-in-1',
      audit: [audit()],
      outbox: [hook()],
    });
    equal(committed, { status: 'committed', ended: null, taken: [] });
    const stored = await store.findBinding({ account: 'adc-1' });
    equal(stored, { ...binding(), sequence: stored?.sequence ?? 0 });
    equal((await begin(store)).status, 'answered');
    equal(await store.findAuthorization({ owner: owner(), now: NOW }), { status: 'none' });
    const [row] = await allAudit(store);
    equal(row, { id: row?.id, ...audit() });
    const told = await drain(store);
    equal(told, [{ id: told[0]?.id, attempts: 1, ...hook() }]);
  });

  test('writes nothing when the operation is committed a second time', async (store) => {
    await begun(store);
    const commit = {
      now: NOW,
      operation: applied('key-1'),
      change: put(),
      audit: [audit()],
      outbox: [hook()],
    };
    await store.commit(commit);
    const second = await store.commit({ ...commit, change: put('adc-1', 777) });
    equal(second.status, 'settled');
    equal((await store.findBinding({ account: 'adc-1' }))?.binding.dealerId, 12345);
    equal([(await allAudit(store)).length, (await drain(store)).length], [1, 1]);
  });

  // kodustech/kodus-ai PR #1683, ayunis-core/ayunis-core PR #1613
  test('keeps a name that holds NUL or half of an emoji, but for those', async (store) => {
    await begun(store);
    const name = 'Sam\0 \ud83d';
    const by = { id: 'u1', name };
    const row = audit('adc-1', {
      actor: by,
      person: { sub: 'dana', name, email: null },
      companyName: name,
    });
    const { binding: connected, ...more } = binding();
    await store.commit({
      ...{ now: NOW, operation: applied('key-1'), audit: [row], outbox: [hook('adc-1', { actor: by })] },
      change: {
        kind: 'put',
        binding: { ...more, binding: { ...connected, connectedBy: name } },
        confirmed: false,
      },
    });
    const [entry] = await allAudit(store);
    const [told] = await drain(store);
    const stored = await store.findBinding({ account: 'adc-1' });
    for (const kept of [entry?.actor?.name, entry?.person?.name, entry?.companyName, told?.actor?.name])
      ok(kept?.startsWith('Sam') ?? false, `a name, not ${kept}`);
    ok(stored?.binding.connectedBy?.startsWith('Sam') ?? false, 'who connected');
  });

  test('ends a binding only if it is with the given dealer', async (store) => {
    await connect(store);
    const before = await store.findBinding({ account: 'adc-1' });
    const other = await store.commit({ ...nothing, change: end('adc-1', 777, true) });
    equal(other, { status: 'committed', ended: null, taken: [] });
    const elsewhere = { apiOrigin: 'https://api.chektdev.com', clientId: 'platform' };
    await store.commit({ ...nothing, change: { ...end('adc-1', 12345, true), environment: elsewhere } });
    equal(await store.findBinding({ account: 'adc-1' }), before);
    const ended = await store.commit({ ...nothing, change: end('adc-1', 12345, true) });
    equal(ended, { status: 'committed', ended: before, taken: [] });
    equal(await store.findBinding({ account: 'adc-1' }), null);
  });

  test('takes a dealer from its previous account, with an audit row and an event', async (store) => {
    await connect(store, 'adc-1');
    await drain(store);
    const before = await store.findBinding({ account: 'adc-1' });
    const committed = await connect(store, 'adc-2');
    equal(committed, { status: 'committed', ended: null, taken: [before] });
    equal(await store.findBinding({ account: 'adc-1' }), null);
    equal((await store.findBinding({ account: 'adc-2' }))?.binding.dealerId, 12345);
    const [row] = (
      await store.listAudit({ account: 'adc-1', after: (await allAudit(store))[0]!.id, limit: 9 })
    ).items;
    equal(
      [row?.action, row?.code, row?.dealerId, row?.actor],
      ['binding.lost', 'taken_by_another_account', 12345, null],
    );
    const told = await drain(store);
    equal(told.map(({ type, externalDealerId }) => [type, externalDealerId]).sort(), [
      ['connected', 'adc-2'],
      ['lost', 'adc-1'],
    ]);
  });

  test('does not take a dealer from an account in another environment', async (store) => {
    await connect(store, 'adc-1');
    const elsewhere = { apiOrigin: 'https://api.chektdev.com' };
    const change = { kind: 'put', binding: binding('adc-2', 12345, elsewhere), confirmed: true } as const;
    equal(await store.commit({ ...nothing, change }), { status: 'committed', ended: null, taken: [] });
    ok((await store.findBinding({ account: 'adc-1' })) !== null, 'adc-1 keeps its dealer');
  });

  test('replaces the binding of an account and returns the previous one', async (store) => {
    await connect(store, 'adc-1', 1);
    const before = await store.findBinding({ account: 'adc-1' });
    equal(await connect(store, 'adc-1', 2), { status: 'committed', ended: before, taken: [] });
    equal(
      await connect(store, 'adc-1', 2),
      { status: 'committed', ended: null, taken: [] },
      'the same again',
    );
  });

  test('leaves a dealer with one account when several connect it at the same time', async (store) => {
    const accounts = ['adc-1', 'adc-2', 'adc-3', 'adc-4', 'adc-5'];
    await Promise.all(accounts.map((account) => connect(store, account)));
    const found = await Promise.all(accounts.map((account) => store.findBinding({ account })));
    equal(found.filter((row) => row !== null).length, 1);
    const actions = (await allAudit(store)).map(({ action }) => action);
    equal(actions.filter((action) => action === 'binding.lost').length, 4);
  });

  test('does not let an older operation undo a newer one', async (store) => {
    for (const key of ['old', 'new', 'older-dealer', 'newer-dealer']) await begun(store, { key });
    const commit = (key: string, change: ReturnType<typeof put> | ReturnType<typeof end>) =>
      store.commit({ ...nothing, operation: applied(key), change });

    await commit('new', put('adc-1', 2));
    equal(await commit('old', put('adc-1', 1)), { status: 'superseded' }, 'of the account');
    equal(await commit('old', end('adc-1', 2)), { status: 'superseded' }, 'its end');
    equal((await store.findBinding({ account: 'adc-1' }))?.binding.dealerId, 2);

    await commit('newer-dealer', put('adc-3', 9));
    equal(await commit('older-dealer', put('adc-4', 9)), { status: 'superseded' }, 'of the dealer');
    const again = await store.commit({ ...nothing, operation: { ...applied('old'), outcome: 'unknown' } });
    equal(again.status, 'committed', 'it can still be settled');
  });

  test('does not let an older connect restore a binding that a disconnect ended', async (store) => {
    await begun(store, { key: 'old' });
    await begun(store, { key: 'disconnect', kind: 'disconnect', signInId: null });
    const audits = { now: NOW, audit: [audit()], outbox: [hook()] };
    await store.commit({ ...nothing, operation: applied('disconnect'), change: end() });
    const late = { ...audits, operation: applied('old'), change: put() };
    equal(await store.commit(late), { status: 'superseded' });
    equal([(await allAudit(store)).length, (await drain(store)).length], [0, 0], 'nothing is written');
    const confirmed = { ...late, change: { ...put(), confirmed: true } };
    equal((await store.commit(confirmed)).status, 'committed', 'what CHeKT confirms is the newest');
  });

  test('supersedes a commit when two operations overlap, whichever began first', async (store) => {
    await begun(store, { key: 'first' });
    await begun(store, { key: 'second' });
    const commit = (key: string, dealerId: number, confirmed: boolean) =>
      store.commit({
        ...{ ...nothing, operation: applied(key), change: { ...put('adc-1', dealerId), confirmed } },
      });
    equal((await commit('first', 1, false)).status, 'committed');
    equal(
      await commit('second', 2, false),
      { status: 'superseded' },
      'CHeKT may have carried out the first one last',
    );
    equal((await commit('second', 2, true)).status, 'committed');
    await begun(store, { key: 'third' });
    equal((await commit('third', 3, false)).status, 'committed', 'which began after both had ended');
  });

  test('orders operations correctly when the clock of one process is behind', async (store) => {
    await begun(store, { key: 'first' }, NOW + 10 * MINUTE);
    await begun(store, { key: 'second' }, NOW);
    await store.commit({ ...nothing, now: NOW, operation: applied('second'), change: put('adc-1', 2) });
    const late = { ...nothing, now: NOW + 10 * MINUTE, operation: applied('first'), change: put('adc-1', 1) };
    equal(await store.commit(late), { status: 'superseded' });
  });
}
