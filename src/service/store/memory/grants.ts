import { SIGNING_IN } from '../lifetimes.js';
import type { Grant, Grants, Owner, Successor } from '../store.js';
import { first, has, ownerKey, type Tables } from './tables.js';

export function memoryGrants(tables: Tables): Grants {
  const { grants, currentGrants, failures, handouts } = tables;
  const keep = (grant: Grant, dueAt = 0, retiredAt?: number) => {
    grants.set(grant.signInId, { grant, dueAt, retiredAt });
    return grant;
  };

  return {
    async startGrant({ stateHash, ...grant }) {
      if (stateHash !== undefined && !tables.callbacks.has(stateHash)) {
        return keep({ ...grant, version: 1, retired: true }, grant.createdAt, grant.createdAt);
      }
      const before = currentGrants.get(ownerKey(grant));
      if (before !== undefined) tables.retireGrant(before, grant.createdAt);
      currentGrants.set(ownerKey(grant), grant.signInId);
      failures.delete(ownerKey(grant));
      return keep({ ...grant, version: 1, retired: false });
    },

    async findAuthorization({ owner, now, idleAt = 0 }) {
      const grant = useGrant(tables, { owner, now, idleAt });
      if (grant) return { status: 'granted', grant };
      const failure = failures.get(ownerKey(owner));
      return failure && failure.expiresAt > now ? { status: 'failed', failure } : { status: 'none' };
    },

    async findGrant({ signInId }) {
      return grants.get(signInId)?.grant ?? null;
    },

    async writeGrant({ signInId, ifVersion, sealed }) {
      const row = grants.get(signInId);
      if (row?.grant.version !== ifVersion) return null;
      return keep({ ...row.grant, sealed, version: ifVersion + 1 }, row.dueAt, row.retiredAt);
    },

    async retireGrant({ signInId, now }) {
      return tables.retireGrant(signInId, now);
    },

    async endSession({ session, now }) {
      for (const { grant } of grants.values()) {
        if (grant.session === session) tables.retireGrant(grant.signInId, now);
      }
      for (const rows of [tables.signIns, tables.callbacks, failures, handouts]) {
        for (const [id, row] of rows) if (row.session === session) rows.delete(id);
      }
    },

    async takeRevocations({ now, leaseMs, limit }) {
      for (const { grant } of grants.values()) {
        if (!isAlive(grant, now)) tables.retireGrant(grant.signInId, now);
      }
      const due = first(
        grants.values(),
        limit,
        ({ grant, dueAt }) =>
          grant.retired &&
          dueAt <= now &&
          !tables.hasUnsettled(({ signInId }) => signInId === grant.signInId),
      );
      return due.map(({ grant, retiredAt }) => keep(grant, now + leaseMs, retiredAt));
    },

    async findSuccessors({ signInIds, now }) {
      return signInIds.flatMap((of): readonly Successor[] => {
        const known = grants.get(of);
        if (!known) return [];
        const owner = ownerKey(known.grant);
        const current = grants.get(currentGrants.get(owner) ?? '')?.grant;
        if (current && current.signInId !== of && isAlive(current, now)) return [{ of, grant: current }];
        const isSigningIn =
          has(tables.signIns.values(), (row) => ownerKey(row) === owner && row.expiresAt > now) ||
          has(
            tables.callbacks.values(),
            (row) =>
              ownerKey(row) === owner &&
              row.completedAt > now - SIGNING_IN &&
              row.completedAt > (known.retiredAt ?? Infinity),
          );
        return isSigningIn ? [{ of, grant: null }] : [];
      });
    },

    async dropGrants({ grants: done }) {
      for (const { signInId, version } of done) {
        const grant = grants.get(signInId)?.grant;
        if (grant?.retired && grant.version === version) grants.delete(signInId);
      }
    },

    async recordHandout(handout) {
      handouts.set(handout.signInId, handout);
    },

    async findHandouts({ owner, now }) {
      const of = ownerKey(owner);
      return [...handouts.values()].filter((row) => ownerKey(row) === of && row.expiresAt > now);
    },
  };
}

/** The owner's current grant, whose idle time begins anew. */
export function useGrant(
  { grants, currentGrants }: Tables,
  { owner, now, idleAt }: { readonly owner: Owner; readonly now: number; readonly idleAt: number },
): Grant | null {
  const row = grants.get(currentGrants.get(ownerKey(owner)) ?? '');
  if (!row || !isAlive(row.grant, now)) return null;
  const grant = { ...row.grant, idleAt: Math.max(row.grant.idleAt, idleAt) };
  grants.set(grant.signInId, { ...row, grant });
  return grant;
}

export function isAlive({ expiresAt, idleAt }: Grant, now: number): boolean {
  return expiresAt > now && idleAt > now;
}
