import type { BindingChange, Commit, Committed } from '../commit-types.js';
import type { StoredBinding } from '../records.js';
import { newPseudonym, Pseudonyms } from '../pseudonyms.js';
import { accountSubject, dealerSubject, erasureSubject, removalSubject } from '../subjects.js';
import { takeoverOf } from '../takeover.js';
import { key, type Tables } from './tables.js';

type Change =
  | {
      readonly status: 'changed';
      readonly ended: StoredBinding | null;
      readonly taken: readonly StoredBinding[];
    }
  | { readonly status: 'superseded' | 'unchanged' };

export function commitToMemory(tables: Tables, asked: Commit): Committed {
  const { now, operation, retireGrant } = asked;
  const settled = operation && tables.settled.get(operation.key);
  if (settled) return { status: 'settled', operation: settled };
  const row = operation && tables.unsettled.get(operation.key);
  if (operation && !row) return { status: 'no-operation' };
  const erasedAt = row && tables.newest.get(erasureSubject(row.operation.account));
  const isErased = row && erasedAt !== undefined && erasedAt > row.operation.sequence;
  const commit = isErased ? new Pseudonyms(newPseudonym).commit(asked) : asked;

  const change = commit.change
    ? apply(tables, commit.change, { now, sequence: row?.operation.sequence })
    : ({ status: 'changed', ended: null, taken: [] } as const);
  if (change.status !== 'changed') return { status: change.status };

  if (operation && row) {
    const { key, outcome, answer } = operation;
    tables.settled.set(key, { ...row.operation, outcome, answer, settledAt: now });
    tables.unsettled.delete(key);
  }
  if (retireGrant !== undefined) tables.retireGrant(retireGrant, now);
  const takeovers = change.taken.map((binding) => takeoverOf(binding, commit));
  for (const entry of [...commit.audit, ...takeovers.map(({ audit }) => audit)]) {
    const id = String(tables.nextSequence());
    tables.audit.set(id, { id, ...entry });
  }
  for (const entry of [...commit.outbox, ...takeovers.flatMap(({ outbox }) => outbox)]) {
    const id = String(tables.nextSequence());
    tables.hooks.set(id, { hook: { id, attempts: 0, ...entry }, dueAt: now, deadAt: null });
  }
  return { status: 'committed', ended: change.ended, taken: change.taken };
}

function apply(
  tables: Tables,
  change: BindingChange,
  { now, sequence: operation }: { now: number; sequence: number | undefined },
): Change {
  const { bindings, newest, reports } = tables;
  const done = (ended: StoredBinding | null = null, taken: readonly StoredBinding[] = []): Change => ({
    status: 'changed',
    ended,
    taken,
  });
  const next = (subjects: readonly string[], confirmed: boolean) => {
    const began = confirmed || operation === undefined ? Infinity : operation;
    if (subjects.some((subject) => (newest.get(subject) ?? 0) > began)) return null;
    const sequence = tables.nextSequence();
    for (const subject of subjects) newest.set(subject, sequence);
    return sequence;
  };

  switch (change.kind) {
    case 'put': {
      const { binding, apiOrigin } = change.binding;
      const { externalDealerId: account, dealerId } = binding;
      const { replaces } = change;
      if (replaces !== undefined && replaces !== (bindings.get(account)?.sequence ?? null)) {
        return { status: 'superseded' };
      }
      const sequence = next([accountSubject(account), dealerSubject(apiOrigin, dealerId)], change.confirmed);
      if (sequence === null) return { status: 'superseded' };
      const taken = [...bindings.values()].filter(
        (other) =>
          other.apiOrigin === apiOrigin &&
          other.binding.dealerId === dealerId &&
          other.binding.externalDealerId !== account,
      );
      for (const other of taken) bindings.delete(other.binding.externalDealerId);
      const before = bindings.get(account);
      bindings.set(account, { ...change.binding, sequence });
      reports.delete(key(account, dealerId));
      const same = before?.apiOrigin === apiOrigin && before.binding.dealerId === dealerId;
      return done(same ? null : (before ?? null), taken);
    }
    case 'end': {
      const { account, dealerId, environment } = change;
      const subjects = [accountSubject(account), dealerSubject(environment.apiOrigin, dealerId)];
      if (next(subjects, change.confirmed) === null) return { status: 'superseded' };
      reports.delete(key(account, dealerId));
      const before = bindings.get(account);
      if (before?.apiOrigin !== environment.apiOrigin || before.binding.dealerId !== dealerId) return done();
      bindings.delete(account);
      return done(before);
    }
    case 'forget': {
      const before = bindings.get(change.account);
      if (before?.sequence !== change.sequence) return { status: 'unchanged' };
      bindings.delete(change.account);
      for (const [id, report] of reports) if (report.account === change.account) reports.delete(id);
      newest.set(removalSubject(change.account), tables.nextSequence());
      return done(before);
    }
    case 'mark': {
      const before = bindings.get(change.account);
      const unsettled = tables.hasUnsettled(({ account }) => account === change.account);
      if (before?.sequence !== change.sequence || unsettled) return { status: 'unchanged' };
      const { status, binding = before.binding } = change;
      const marked = { ...before, binding, checkedAt: Math.max(before.checkedAt, now) };
      if (before.status === status) {
        bindings.set(change.account, marked);
        return { status: 'unchanged' };
      }
      bindings.set(change.account, { ...marked, status, statusAt: now });
      return done();
    }
    case 'report': {
      const { report } = change;
      reports.set(key(report.account, report.dealerId), { ...report, attempts: 0 });
      return done();
    }
    case 'drop-report':
      return reports.delete(key(change.account, change.dealerId)) ? done() : { status: 'unchanged' };
  }
}
