import type { Intent, Operations } from '../store.js';
import { accountSubject, dealerSubject, removalSubject } from '../subjects.js';
import { commitToMemory } from './commit.js';
import { useGrant } from './grants.js';
import { spendIn } from './limits.js';
import { first, type OperationRow, ownerKey, type Tables } from './tables.js';

export function memoryOperations(tables: Tables): Operations {
  const { unsettled, settled } = tables;
  const take = (row: OperationRow, holder: string, leasedUntil: number) => {
    const operation = { ...row.operation, attempts: row.operation.attempts + 1 };
    unsettled.set(operation.key, { ...row, operation, holder, leasedUntil });
    return operation;
  };

  const start = (intent: Intent, holder: string, now: number, leaseMs: number) => {
    const { key, kind, account, dealerId, signInId, fingerprint, traceId, sealed } = intent;
    const operation = {
      key,
      kind,
      account,
      dealerId,
      signInId,
      fingerprint,
      traceId,
      sealed,
      sequence: tables.nextSequence(),
      createdAt: now,
      attempts: 0,
    };
    return take({ operation, holder, leasedUntil: 0, retryAt: 0 }, holder, now + leaseMs);
  };

  return {
    async beginOperation({ intent, holder, leaseMs, forgetBefore, now }) {
      const answered = settled.get(intent.key);
      const row = unsettled.get(intent.key);
      const known = row?.operation ?? (answered && answered.settledAt >= forgetBefore ? answered : undefined);
      if (!known) {
        settled.delete(intent.key);
        return { status: 'new', operation: start(intent, holder, now, leaseMs) };
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

    async beginConnect({ owner, intent, holder, leaseMs, idleAt, own, platform, now }) {
      const current = tables.currentGrants.get(ownerKey(owner));
      const grant = current === intent.signInId ? useGrant(tables, { owner, now, idleAt }) : null;
      const isOwnSpent = grant !== null && spendIn(tables.buckets, { ...own, now }).allowed;
      const isNew = isOwnSpent && !unsettled.has(intent.key) && !settled.has(intent.key);
      const operation = isNew ? start(intent, holder, now, leaseMs) : null;
      const isPlatformSpent = operation !== null && spendIn(tables.buckets, { ...platform, now }).allowed;
      return { grant, isOwnSpent, operation, isPlatformSpent };
    },

    async releaseOperation({ key, holder, next }) {
      const row = unsettled.get(key);
      if (row?.holder !== holder) return false;
      if (next === 'withdraw') unsettled.delete(key);
      else unsettled.set(key, { ...row, holder: null, leasedUntil: 0, retryAt: next.retryAt });
      return true;
    },

    async takeOperations({ holder, leaseMs, now, limit, account }) {
      const isDue = ({ operation, retryAt }: OperationRow) =>
        account === undefined ? retryAt <= now : operation.account === account;
      const rows = account === undefined ? unsettled.values() : [...unsettled.values()].reverse();
      const due = first(rows, limit, (row) => row.leasedUntil <= now && isDue(row));
      return due.map((row) => take(row, holder, now + leaseMs));
    },

    async findNewer({ account, dealer, sequence }) {
      const isNewer = (subject: string) => (tables.newest.get(subject) ?? 0) > sequence;
      if (isNewer(removalSubject(account))) return 'removal';
      const isOfDealer = dealer !== null && isNewer(dealerSubject(dealer.apiOrigin, dealer.dealerId));
      if (isOfDealer || isNewer(accountSubject(account))) return 'result';
      const isOpen = (kind: Intent['kind']) =>
        tables.hasUnsettled(
          (other) => other.kind === kind && other.account === account && other.sequence > sequence,
        );
      if (isOpen('connect')) return 'connect';
      return isOpen('disconnect') ? 'disconnect' : null;
    },

    commit: async (commit) => commitToMemory(tables, commit),
  };
}
