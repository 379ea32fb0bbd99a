import { DAY, KEEP_REPORTS } from '../lifetimes.js';
import type { Housekeeping } from '../store.js';
import { first, type Tables } from './tables.js';

export function memoryHousekeeping(tables: Tables): Housekeeping {
  return {
    async sweep({ now, auditBefore, operationsBefore, limit }) {
      let more = false;
      const drop = <Row>(rows: Map<string, Row>, outlived: (row: Row) => boolean) => {
        const old = first(rows, limit, ([, row]) => outlived(row));
        for (const [id] of old) rows.delete(id);
        more ||= old.length === limit;
      };
      for (const { stateHash, expiresAt, session, actor, account, returnTo } of tables.signIns.values()) {
        if (expiresAt >= now || expiresAt <= now - DAY || tables.callbacks.has(stateHash)) continue;
        tables.callbacks.set(stateHash, { session, actor, account, returnTo, completedAt: expiresAt });
      }
      drop(tables.signIns, ({ expiresAt }) => expiresAt < now);
      drop(tables.callbacks, ({ completedAt }) => completedAt < now - DAY);
      drop(tables.failures, ({ expiresAt }) => expiresAt < now);
      drop(tables.handouts, ({ expiresAt }) => expiresAt < now);
      drop(tables.leases, ({ until }) => until < now - DAY);
      drop(tables.settled, ({ settledAt }) => settledAt < operationsBefore);
      drop(tables.reports, ({ createdAt }) => createdAt < now - KEEP_REPORTS);
      drop(tables.hooks, ({ deadAt }) => deadAt !== null && deadAt < auditBefore);
      drop(tables.audit, ({ at }) => at < auditBefore);
      drop(tables.buckets, ({ at, blockedUntil }) => Math.max(at, blockedUntil) < now - DAY);
      drop(tables.platformTokens, ({ expiresAt }) => expiresAt < now);
      tables.sweptAt = Math.max(tables.sweptAt ?? now, now);
      return more;
    },

    async inspect() {
      const sealedByKey: Record<string, number> = {};
      const count = (sealed: string) => {
        const keyId = sealed.slice(0, sealed.indexOf(':'));
        sealedByKey[keyId] = (sealedByKey[keyId] ?? 0) + 1;
      };
      for (const { sealed } of tables.signIns.values()) count(sealed);
      for (const { grant } of tables.grants.values()) count(grant.sealed);
      for (const { operation } of tables.unsettled.values()) count(operation.sealed);
      for (const { sealed, answer } of tables.settled.values()) {
        count(sealed);
        if (answer !== null) count(answer);
      }
      for (const { sealed } of tables.platformTokens.values()) count(sealed);

      const hooks = [...tables.hooks.values()];
      const waiting = hooks.filter(({ deadAt }) => deadAt === null).map(({ hook }) => hook.occurredAt);
      return {
        sealedByKey,
        unsettledOperations: tables.unsettled.size,
        deadHooks: hooks.length - waiting.length,
        oldestHook: waiting.length > 0 ? Math.min(...waiting) : null,
        sweptAt: tables.sweptAt,
      };
    },
  };
}
