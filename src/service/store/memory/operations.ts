import type { Operations } from '../store.js';
import { commitToMemory } from './commit.js';
import { first, key, type OperationRow, removalOf, type Tables } from './tables.js';

export function memoryOperations(tables: Tables): Operations {
  const { unsettled, settled } = tables;
  const take = (row: OperationRow, holder: string, leasedUntil: number) => {
    const operation = { ...row.operation, attempts: row.operation.attempts + 1 };
    unsettled.set(operation.key, { ...row, operation, holder, leasedUntil });
    return operation;
  };

  return {
    async beginOperation({ intent, holder, leaseMs, forgetBefore, now }) {
      const answered = settled.get(intent.key);
      const row = unsettled.get(intent.key);
      const known = row?.operation ?? (answered && answered.settledAt >= forgetBefore ? answered : undefined);
      if (!known) {
        settled.delete(intent.key);
        const { key, kind, account, dealerId, signInId, fingerprint, traceId, sealed } = intent;
        const operation = {
          ...{ key, kind, account, dealerId, signInId, fingerprint, traceId, sealed },
          ...{ sequence: tables.nextSequence(), createdAt: now, attempts: 0 },
        };
        const begun = take({ operation, holder, leasedUntil: 0, retryAt: 0 }, holder, now + leaseMs);
        return { status: 'new', operation: begun };
      }
      if (known.signInId !== intent.signInId) return { status: 'conflict', reason: 'sign-in' };
      const { kind, account, fingerprint } = intent;
      if (known.kind !== kind || known.account !== account || known.fingerprint !== fingerprint) {
        return { status: 'conflict', reason: 'request' };
      }
      if (!row) return { status: 'answered', operation: answered! };
      if (row.leasedUntil > now) {
        return { status: 'running', operation: row.operation, leasedUntil: row.leasedUntil };
      }
      return { status: 'new', operation: take(row, holder, now + leaseMs) };
    },

    async releaseOperation({ key, holder, next }) {
      const row = unsettled.get(key);
      if (row?.holder !== holder) return false;
      if (next === 'withdraw') unsettled.delete(key);
      else unsettled.set(key, { ...row, holder: null, leasedUntil: 0, retryAt: next.retryAt });
      return true;
    },

    async takeOperations({ holder, leaseMs, now, limit }) {
      const due = first(unsettled.values(), limit, (row) => row.retryAt <= now && row.leasedUntil <= now);
      return due.map((row) => take(row, holder, now + leaseMs));
    },

    async findNewer({ account, dealer, sequence }) {
      const isNewer = (subject: string) => (tables.newest.get(subject) ?? 0) > sequence;
      if (isNewer(removalOf(account))) return 'removal';
      const isOfDealer = dealer !== null && isNewer(key(dealer.apiOrigin, dealer.dealerId));
      if (isOfDealer || isNewer(key(account))) return 'result';
      const isDisconnecting = tables.hasUnsettled(
        (other) => other.kind === 'disconnect' && other.account === account && other.sequence > sequence,
      );
      return isDisconnecting ? 'disconnect' : null;
    },

    commit: async (commit) => commitToMemory(tables, commit),
  };
}
