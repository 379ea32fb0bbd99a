import { pageOf } from '../page-of.js';
import type { Bindings } from '../store.js';
import type { Connection } from './connection.js';
import { type BindingRow, type ReportRow, toBinding, toReport } from './rows.js';

export function postgresBindings({ sql }: Connection): Bindings {
  return {
    async findBinding({ account }) {
      const [row] = await sql<BindingRow>`select * from chekt.bindings where account = ${account}`;
      return row ? toBinding(row) : null;
    },

    async listBindings({ after = '', limit, due }) {
      const rows = due
        ? await sql<BindingRow>`
            select * from chekt.bindings b
             where account > ${after} and checked_at < ${due.checkedBefore}
               and api_origin = ${due.environment.apiOrigin} and client_id = ${due.environment.clientId}
               and not exists (select from chekt.operations o where o.account = b.account and o.outcome is null)
             order by account
             limit ${limit + 1}`
        : await sql<BindingRow>`
            select * from chekt.bindings where account > ${after} order by account limit ${limit + 1}`;
      return pageOf(rows.map(toBinding), limit, ({ binding }) => binding.externalDealerId);
    },

    async takeReports({ now, leaseMs, limit }) {
      const rows = await sql<ReportRow>`
        with due as materialized (
          select account, dealer_id from chekt.reports
           where due_at <= ${now}
           order by due_at
           limit ${limit} for update skip locked
        )
        update chekt.reports set due_at = ${now + leaseMs}, attempts = attempts + 1
         where (account, dealer_id) in (select account, dealer_id from due)
        returning *`;
      return rows.map(toReport);
    },
  };
}
