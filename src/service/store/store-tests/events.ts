import { equal, ok } from './expect.js';
import {
  actor,
  allAudit,
  audit,
  begun,
  binding,
  connect,
  drain,
  environment,
  HOUR,
  hook,
  MINUTE,
  NOW,
  owner,
  person,
} from './samples.js';
import type { StoreTest } from './suite.js';
import type { Store } from '../store.js';

export function eventTests(test: StoreTest): void {
  const take = { now: NOW, leaseMs: MINUTE, limit: 10 };
  const append = (store: Store, traceId: string, account = 'adc-1') =>
    store.commit({ now: NOW, audit: [audit(account, { traceId })], outbox: [hook(account, { traceId })] });

  test('returns events in order, one per account at a time', async (store) => {
    for (const traceId of ['1', '2', '3']) await append(store, traceId);
    await append(store, '4', 'adc-2');
    const first = await store.takeOutbox(take);
    equal(
      first.map(({ traceId }) => traceId),
      ['1', '4'],
    );
    equal(await store.takeOutbox(take), [], 'while both are being delivered');
    await store.settleOutbox({ events: [{ id: first[0]!.id, attempts: 1 }], result: 'done', now: NOW });
    equal(
      (await store.takeOutbox(take)).map(({ traceId }) => traceId),
      ['2'],
    );
    equal(await store.takeOutbox({ ...take, accounts: ['adc-2'] }), []);
  });

  test('returns the events of one account on request', async (store) => {
    await append(store, '1');
    await append(store, '2', 'adc-2');
    const [row, ...rest] = await store.takeOutbox({ ...take, accounts: ['adc-2'] });
    equal([row?.traceId, rest.length], ['2', 0]);
  });

  test('returns and settles the events of several accounts at once', async (store) => {
    for (const traceId of ['1', '2'])
      for (const account of ['adc-1', 'adc-2']) await append(store, traceId, account);
    await append(store, '3', 'adc-3');
    const accounts = ['adc-1', 'adc-2', 'adc-9'];
    const first = await store.takeOutbox({ ...take, accounts });
    equal(
      first.map(({ traceId, externalDealerId }) => [traceId, externalDealerId]),
      [
        ['1', 'adc-1'],
        ['1', 'adc-2'],
      ],
    );
    const [one, two] = first.map(({ id, attempts }) => ({ id, attempts }));
    await store.settleOutbox({ events: [one!, { ...two!, attempts: 2 }], result: 'done', now: NOW });
    const next = await store.takeOutbox({ ...take, now: NOW + MINUTE, accounts });
    equal(
      next.map(({ traceId, externalDealerId }) => [traceId, externalDealerId]),
      [
        ['1', 'adc-2'],
        ['2', 'adc-1'],
      ],
      'a delivery that was not the latest has settled nothing',
    );
  });

  test('delivers every event in order with many workers, and only once when no hook fails', async (store) => {
    const accounts = ['adc-1', 'adc-2', 'adc-3'];
    const traces = Array.from({ length: 5 }, (_, index) => String(index));
    await Promise.all(
      accounts.map(async (account) => {
        for (const traceId of traces) await append(store, traceId, account);
      }),
    );
    const told = (await Promise.all([drain(store), drain(store), drain(store)])).flat();
    told.push(...(await drain(store)));
    equal(told.length, 15);
    for (const account of accounts) {
      const ids = told.filter((row) => row.externalDealerId === account).map(({ id }) => Number(id));
      equal(new Set(ids).size, 5, `different events of ${account}`);
    }
    equal(await store.takeOutbox({ ...take, now: NOW + HOUR }), []);
  });

  test('returns an event again, with the same id, when its worker is gone', async (store) => {
    await append(store, '1');
    const [first] = await store.takeOutbox(take);
    const [second] = await store.takeOutbox({ ...take, now: NOW + MINUTE });
    equal([second?.id, second?.attempts], [first?.id, 2]);
    const id = first!.id;
    await store.settleOutbox({ events: [{ id, attempts: 1 }], result: 'done', now: NOW });
    const [third] = await store.takeOutbox({ ...take, now: NOW + 2 * MINUTE });
    equal(third?.attempts, 3, 'the late worker has changed nothing');
  });

  test('retries an event when it is due, and holds back the ones behind it', async (store) => {
    await append(store, '1');
    await append(store, '2');
    const [row] = await store.takeOutbox(take);
    await store.settleOutbox({
      events: [{ id: row!.id, attempts: 1 }],
      result: { retryAt: NOW + HOUR },
      now: NOW,
    });
    equal(await store.takeOutbox({ ...take, now: NOW + HOUR - 1 }), []);
    const again = await store.takeOutbox({ ...take, now: NOW + HOUR });
    equal(
      again.map(({ traceId, attempts }) => [traceId, attempts]),
      [['1', 2]],
    );
  });

  test('moves on to the next event once one is dead', async (store) => {
    await append(store, '1');
    await append(store, '2');
    const [row] = await store.takeOutbox(take);
    await store.settleOutbox({ events: [{ id: row!.id, attempts: 1 }], result: 'dead', now: NOW });
    equal(
      (await drain(store)).map(({ traceId }) => traceId),
      ['2'],
    );
    equal((await store.inspect()).deadHooks, 1);
  });

  test('lists the audit trail in order, in pages, by account and time', async (store) => {
    for (const [index, account] of ['adc-1', 'adc-2', 'adc-1', 'adc-1'].entries()) {
      const entry = audit(account, { at: NOW + index, traceId: String(index) });
      await store.commit({ now: NOW, audit: [entry], outbox: [] });
    }
    const list = async (request: Partial<Parameters<Store['listAudit']>[0]>) => {
      const { items, next } = await store.listAudit({ limit: 10, ...request });
      return { traces: items.map(({ traceId }) => traceId).join(''), next };
    };
    equal(await list({}), { traces: '0123', next: null });
    equal((await list({ account: 'adc-1' })).traces, '023');
    equal((await list({ from: NOW + 1, to: NOW + 3 })).traces, '12');
    const page = await list({ account: 'adc-1', limit: 2 });
    equal(page.traces, '02');
    equal(await list({ account: 'adc-1', limit: 2, after: page.next ?? '' }), { traces: '3', next: null });
  });

  test('shows every row to a reader that continues from the last row while others write', async (store) => {
    const seen: (string | null)[] = [];
    let writing = true;
    const read = async () => {
      let after = '0';
      for (let last = false; !last;) {
        last = !writing;
        const { items } = await store.listAudit({ after, limit: 100 });
        after = items.at(-1)?.id ?? after;
        seen.push(...items.map(({ traceId }) => traceId));
        // Yields to the writers when the store lives in this process.
        await new Promise((resolve) => setTimeout(resolve));
      }
    };
    const write = async () => {
      const traces = Array.from({ length: 40 }, (_, index) => String(index));
      await Promise.all(traces.map((traceId) => append(store, traceId, `adc-${Number(traceId) % 3}`)));
      writing = false;
    };
    await Promise.all([read(), write()]);
    equal(seen.length, 40);
  });

  test('replaces people with pseudonyms, and the same person with the same one', async (store) => {
    await connect(store);
    await connect(store, 'adc-2', 2);
    await store.commit({
      now: NOW,
      audit: [audit(), audit('adc-1', { actor: { id: 'u2', name: 'Kim' }, person: null })],
      outbox: [],
    });
    let made = 0;
    const erased = audit('adc-1', { action: 'person.erased', actor: null, person: null });
    await store.erasePeople({
      account: 'adc-1',
      pseudonym: () => `erased-${(made += 1)}`,
      forgotten: 'removed',
      audit: erased,
    });

    const text = JSON.stringify([await store.listAudit({ account: 'adc-1', limit: 10 })]);
    for (const word of ['Sam', 'Kim', 'Dana', 'dana@', '"u1"', '"u2"']) {
      ok(!text.includes(word), `no ${word} in the audit trail`);
    }
    const rows = (await store.listAudit({ account: 'adc-1', limit: 10 })).items;
    equal(rows.map(({ action }) => action).at(-1), 'person.erased');
    equal(rows[0]?.actor, rows[1]?.actor, 'the same actor');
    equal(rows[0]?.person, rows[1]?.person, 'the same person');
    ok(rows[1]?.actor?.id !== rows[2]?.actor?.id, 'different actors stay different');
    const row = await store.findBinding({ account: 'adc-1' });
    ok(!JSON.stringify(row).includes('Dana'), 'no name in the binding');
    equal(row?.binding.companyName, binding().binding.companyName);

    const other = (await allAudit(store)).find(({ externalDealerId }) => externalDealerId === 'adc-2');
    equal([other?.actor, other?.person], [actor, person], 'of another account');
    const told = await drain(store);
    const of = (account: string) => told.find(({ externalDealerId }) => externalDealerId === account);
    equal([of('adc-1')?.actor, of('adc-2')?.actor], [rows[0]?.actor, actor], 'in events');
  });

  test('replaces people also in reports, notes, and what an operation brings that had begun before', async (store) => {
    const now = NOW;
    for (const account of ['adc-1', 'adc-"2']) {
      const report = { ...owner({ account }), ...environment, dealerId: 7, traceId: null, reportedBy: actor };
      const change = { kind: 'report', report: { ...report, createdAt: now, dueAt: now } } as const;
      const note = audit(account, { action: 'binding.forgotten', outcome: 'removed: Dana asked' });
      await store.commit({ now, change, audit: [note], outbox: [] });
      await begun(store, { key: account, account });
      const erased = audit(account, { action: 'person.erased', actor: null, person: null });
      await store.erasePeople({ account, pseudonym: () => 'erased', forgotten: 'removed', audit: erased });
      const settle = async (key: string, dealerId: number) => {
        const change = { kind: 'put', confirmed: true, binding: binding(account, dealerId) } as const;
        const operation = { key, outcome: 'applied', answer: null } as const;
        await store.commit({ now, operation, change, audit: [audit(account)], outbox: [hook(account)] });
      };
      await settle(account, 1);
      const reports = await store.takeReports({ now, leaseMs: 1, limit: 9 });
      const seen = () =>
        Promise.all([store.listAudit({ account, limit: 9 }), store.findBinding({ account })]);
      const text = JSON.stringify([await seen(), reports, await drain(store)]);
      for (const word of ['Sam', 'Dana', 'dana@', '"u1"']) ok(!text.includes(word), `no ${word}: ${text}`);
      await begun(store, { key: `${account}-later`, account });
      await settle(`${account}-later`, 2);
      ok(JSON.stringify(await seen()).includes('Dana Reyes'), 'who connects after it is known again');
      await drain(store);
      await store.commit({
        now,
        change: { kind: 'drop-report', account, dealerId: 7 },
        audit: [],
        outbox: [],
      });
    }
  });
}
