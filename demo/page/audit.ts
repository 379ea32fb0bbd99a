import { byId, make } from './dom.js';
import type { AuditEntry, Binding, Run } from './sandbox.js';

/** Shows what CHeKT has recorded: which dealers are connected, and who did or tried to do what. */
export async function showAudit(run: Run): Promise<void> {
  const [bindings, entries] = await Promise.all([
    run.get<Binding[]>('bindings'),
    run.get<AuditEntry[]>('audit'),
  ]);
  const connected = bindings.map(
    ({ dealerId, externalDealerId, companyName }) =>
      `${companyName} (${dealerId}) is connected to ${externalDealerId}`,
  );
  const done = (['connect', 'disconnect'] as const).flatMap((action) => {
    const { length } = entries.filter((entry) => entry.action === action && entry.outcome === 'recorded');
    return length ? [`${length} ${action}${length > 1 ? 's' : ''}`] : [];
  });
  const after = done.length ? ` after ${done.join(' and ')}` : '';
  byId('recorded').textContent =
    `${bindings.length} connected${after}${connected.length ? ': ' : '.'}${connected.join('; ')}`;
  byId('audit').replaceChildren(
    ...entries.map((entry) => {
      const { time, action, outcome, subject, dealerId, externalDealerId, traceId, requestId } = entry;
      const cells = [
        time.slice(11, 19),
        action,
        outcome,
        subject,
        dealerId,
        externalDealerId,
        traceId,
        requestId,
      ];
      return make('tr', {}, ...cells.map((cell) => make('td', {}, String(cell ?? '–'))));
    }),
  );
}
