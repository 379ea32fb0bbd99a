import type { Bindings, Report } from '../store.js';
import { pageOf } from '../page-of.js';
import { first, key, type Tables } from './tables.js';

export function memoryBindings(tables: Tables): Bindings {
  const { bindings, reports } = tables;
  return {
    async findBinding({ account }) {
      return bindings.get(account) ?? null;
    },

    async listBindings({ after, limit, due }) {
      const unsettled = (account: string) =>
        tables.hasUnsettled((operation) => operation.account === account);
      const fits = [...bindings]
        .filter(([account]) => after === undefined || account > after)
        .filter(
          ([account, row]) =>
            !due ||
            (row.checkedAt < due.checkedBefore &&
              row.apiOrigin === due.environment.apiOrigin &&
              row.clientId === due.environment.clientId &&
              !unsettled(account)),
        )
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, row]) => row);
      return pageOf(fits, limit, ({ binding }) => binding.externalDealerId);
    },

    async takeReports({ now, leaseMs, limit }) {
      const due = first(reports.values(), limit, ({ dueAt }) => dueAt <= now);
      return due.map((report): Report => {
        const taken = { ...report, dueAt: now + leaseMs, attempts: report.attempts + 1 };
        reports.set(key(report.account, report.dealerId), taken);
        return taken;
      });
    },
  };
}
