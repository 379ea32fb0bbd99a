import { equal } from './expect.js';
import {
  actor,
  allAudit,
  audit,
  begun,
  binding,
  connect,
  DAY,
  drain,
  environment,
  hook,
  MINUTE,
  NOW,
  owner,
} from './samples.js';
import type { StoreTest } from './suite.js';
import type { Commit, Store } from '../store.js';

export function bindingTests(test: StoreTest): void {
  const sequenceOf = async (store: Store, account = 'adc-1') =>
    (await store.findBinding({ account }))?.sequence ?? 0;
  const lost = (sequence: number): Commit => ({
    ...{ now: NOW + MINUTE, change: { kind: 'mark', account: 'adc-1', sequence, status: 'lost' } },
    ...{ audit: [audit('adc-1', { action: 'binding.lost' })], outbox: [hook('adc-1', { type: 'lost' })] },
  });

  test('records a new status once when several processes find it out at the same time', async (store) => {
    await connect(store);
    await drain(store);
    const commit = lost(await sequenceOf(store));
    const statuses = (await Promise.all([commit, commit, commit].map((one) => store.commit(one)))).map(
      ({ status }) => status,
    );
    equal(statuses.sort(), ['committed', 'unchanged', 'unchanged']);
    const row = await store.findBinding({ account: 'adc-1' });
    equal([row?.status, row?.statusAt, row?.checkedAt], ['lost', NOW + MINUTE, NOW + MINUTE]);
    equal(
      (await drain(store, NOW + MINUTE)).map(({ type }) => type),
      ['lost'],
    );
  });

  test('updates only the time of the last check when the status is unchanged', async (store) => {
    await connect(store);
    const sequence = await sequenceOf(store);
    const said = { ...binding().binding, companyName: 'Acme, renamed' };
    const change = { kind: 'mark', account: 'adc-1', sequence, status: 'connected', binding: said } as const;
    const commit = { now: NOW + MINUTE, change, audit: [audit()], outbox: [] };
    equal(await store.commit(commit), { status: 'unchanged' });
    const row = await store.findBinding({ account: 'adc-1' });
    equal([row?.statusAt, row?.checkedAt, row?.binding], [NOW, NOW + MINUTE, said]);
    await store.commit({ ...commit, now: NOW });
    equal(
      (await store.findBinding({ account: 'adc-1' }))?.checkedAt,
      NOW + MINUTE,
      'by a clock that is behind',
    );
    equal((await allAudit(store)).length, 1);
  });

  test('does not mark a binding that has replaced the checked one', async (store) => {
    await connect(store);
    const before = await sequenceOf(store);
    await connect(store);
    equal(await store.commit(lost(before)), { status: 'unchanged' });
    equal((await store.findBinding({ account: 'adc-1' }))?.status, 'connected');
  });

  test('does not mark a binding while an operation of its account is unsettled', async (store) => {
    await connect(store);
    await begun(store);
    equal(await store.commit(lost(await sequenceOf(store))), { status: 'unchanged' });
    const operation = { key: 'key-1', outcome: 'refused', answer: null } as const;
    await store.commit({ now: NOW, operation, audit: [], outbox: [] });
    equal((await store.commit(lost(await sequenceOf(store)))).status, 'committed');
  });

  test('forgets a binding once, and only the intended one', async (store) => {
    await connect(store);
    const sequence = await sequenceOf(store);
    const forget = (of: number) =>
      store.commit({
        ...{ now: NOW, change: { kind: 'forget', account: 'adc-1', sequence: of } },
        ...{ audit: [audit('adc-1', { action: 'binding.forgotten' })], outbox: [] },
      });
    equal(await forget(sequence + 1), { status: 'unchanged' });
    equal((await forget(sequence)).status, 'committed');
    equal(await forget(sequence), { status: 'unchanged' });
    equal((await allAudit(store)).length, 2);
  });

  test('lists all bindings in pages, ordered by account', async (store) => {
    const accounts = ['a-1', 'a-10', 'a-2', 'B', 'z'];
    for (const [index, account] of accounts.entries()) await connect(store, account, index + 1);
    const seen: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page = await store.listBindings({ after, limit: 2 });
      seen.push(...page.items.map((row) => row.binding.externalDealerId));
      after = page.next ?? undefined;
      pages += 1;
    } while (after !== undefined);
    equal(seen, [...accounts].sort());
    equal(pages, 3);
    equal((await store.listBindings({ limit: 5 })).next, null);
  });

  test('lists the bindings that are due for a check', async (store) => {
    for (const [index, account] of ['busy', 'fresh', 'other', 'due'].entries()) {
      await connect(store, account, index + 1);
    }
    await begun(store, { account: 'busy' });
    const elsewhere = { ...environment, clientId: 'another' };
    const change = { kind: 'put', binding: binding('other', 3, elsewhere), confirmed: true } as const;
    await store.commit({ now: NOW, change, audit: [], outbox: [] });
    const mark = {
      kind: 'mark',
      account: 'fresh',
      sequence: await sequenceOf(store, 'fresh'),
      status: 'connected',
    };
    await store.commit({
      now: NOW + MINUTE,
      change: mark as Commit['change'] & object,
      audit: [],
      outbox: [],
    });
    const due = { checkedBefore: NOW + MINUTE, environment };
    const { items } = await store.listBindings({ limit: 10, due });
    equal(
      items.map((row) => row.binding.externalDealerId),
      ['due'],
    );
  });

  const report = {
    ...owner(),
    ...environment,
    dealerId: 12345,
    traceId: 'trace-1',
    reportedBy: actor,
    createdAt: NOW,
    dueAt: NOW + MINUTE,
  };
  const reported: Commit = { now: NOW, change: { kind: 'report', report }, audit: [], outbox: [] };
  const takeReports = { now: NOW + MINUTE, leaseMs: MINUTE, limit: 10 };

  test("keeps a page's report until CHeKT confirms it", async (store) => {
    await store.commit(reported);
    equal(await store.takeReports({ ...takeReports, now: NOW }), [], 'before it is due');
    const taken = { ...report, dueAt: NOW + 2 * MINUTE, attempts: 1 };
    equal(await store.takeReports(takeReports), [taken]);
    equal(await store.takeReports(takeReports), [], 'while another process has it');
    equal(await store.findBinding({ account: 'adc-1' }), null);
    await connect(store);
    equal(await store.takeReports({ ...takeReports, now: NOW + DAY }), []);
  });

  test('drops a report once CHeKT denies it', async (store) => {
    await store.commit(reported);
    const deny: Commit = {
      ...{ now: NOW, change: { kind: 'drop-report', account: 'adc-1', dealerId: 12345 } },
      ...{ audit: [audit('adc-1', { action: 'connect.refused' })], outbox: [] },
    };
    equal((await store.commit(deny)).status, 'committed');
    equal(await store.commit(deny), { status: 'unchanged' });
    equal((await allAudit(store)).length, 1);
  });
}
