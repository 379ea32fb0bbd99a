import type { AuditRow, Actor, OutboxRow, Person } from '../records.js';
import { pageOf } from '../page-of.js';
import type { Events } from '../store.js';
import { Pseudonyms } from '../pseudonyms.js';
import { erasureSubject, removalSubject } from '../subjects.js';
import type { Tables } from './tables.js';

export function memoryEvents(tables: Tables): Events {
  const { hooks, audit } = tables;
  return {
    async takeOutbox({ now, leaseMs, limit, accounts }) {
      const waiting = new Set<string>();
      const taken: OutboxRow[] = [];
      for (const { hook, dueAt, deadAt } of hooks.values()) {
        if (taken.length >= limit) break;
        const of = hook.externalDealerId;
        if (deadAt !== null || waiting.has(of) || accounts?.includes(of) === false) continue;
        waiting.add(of);
        if (dueAt > now) continue;
        const tried = { ...hook, attempts: hook.attempts + 1 };
        hooks.set(hook.id, { hook: tried, dueAt: now + leaseMs, deadAt });
        taken.push(tried);
      }
      return taken;
    },

    async settleOutbox({ events, result, now }) {
      for (const { id, attempts } of events) {
        const row = hooks.get(id);
        if (!row || row.deadAt !== null || row.hook.attempts !== attempts) continue;
        if (result === 'done') hooks.delete(id);
        else if (result === 'dead') hooks.set(id, { ...row, deadAt: now });
        else hooks.set(id, { ...row, dueAt: result.retryAt });
      }
    },

    async listAudit({ from = -Infinity, to = Infinity, account, after = '0', limit }) {
      const fits = [...audit.values()].filter(
        (row) =>
          row.at >= from &&
          row.at < to &&
          Number(row.id) > Number(after) &&
          (account === undefined || row.externalDealerId === account),
      );
      return pageOf(fits, limit, ({ id }) => id);
    },

    async erasePeople({ account, pseudonym, forgotten, audit: entry }) {
      const names = new Pseudonyms(pseudonym);
      tables.newest.set(erasureSubject(account), tables.nextSequence());
      for (const row of audit.values()) {
        if (row.externalDealerId !== account) continue;
        const outcome = row.action === 'binding.forgotten' ? forgotten : row.outcome;
        audit.set(row.id, { ...row, ...erased(row, names), outcome });
      }
      for (const [id, row] of hooks) {
        const { hook } = row;
        if (hook.externalDealerId !== account) continue;
        const binding = hook.binding && names.binding(hook.binding);
        hooks.set(id, { ...row, hook: { ...hook, binding, actor: hook.actor && names.actor(hook.actor) } });
      }
      for (const [id, report] of tables.reports) {
        if (report.account !== account) continue;
        const reportedBy = names.actor(report.reportedBy);
        tables.reports.set(id, { ...report, reportedBy, actor: reportedBy.id });
      }
      const row = tables.bindings.get(account);
      if (row) tables.bindings.set(account, { ...row, binding: names.binding(row.binding) });
      tables.newest.set(removalSubject(account), tables.nextSequence());
      const id = String(tables.nextSequence());
      audit.set(id, { id, ...entry });
    },
  };
}

function erased(
  { actor, person }: AuditRow,
  names: Pseudonyms,
): { actor: Actor | null; person: Person | null } {
  return { actor: actor && names.actor(actor), person: person && names.person(person) };
}
