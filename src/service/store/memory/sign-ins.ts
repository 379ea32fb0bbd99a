import { DAY } from '../lifetimes.js';
import type { Owner, PendingSignIn, SignIns } from '../store.js';
import { isAlive } from './grants.js';
import { first, has, ownerKey, type Tables } from './tables.js';

export function memorySignIns(tables: Tables): SignIns {
  return {
    async beginSignIn({ most = Infinity, ...signIn }) {
      const { session, createdAt } = signIn;
      const isPending = (other: PendingSignIn) => other.session === session && other.expiresAt > createdAt;
      if (most !== Infinity && first(tables.signIns.values(), most, isPending).length >= most) return false;
      tables.failures.delete(ownerKey(signIn));
      tables.signIns.set(signIn.stateHash, signIn);
      return true;
    },

    async findSignIn({ stateHash, now }) {
      const pending = tables.signIns.get(stateHash);
      if (pending && pending.expiresAt > now - DAY) {
        const { session, actor, account, returnTo } = pending;
        const status = pending.expiresAt > now ? 'pending' : 'expired';
        return { status, session, actor, account, returnTo };
      }
      const done = tables.callbacks.get(stateHash);
      if (!done || done.completedAt <= now - DAY) return null;
      const { session, actor, account, returnTo } = done;
      return { status: 'completed', session, actor, account, returnTo };
    },

    async takeSignIn({ stateHash, session, now }) {
      const pending = tables.signIns.get(stateHash);
      if (pending?.session !== session || pending.expiresAt <= now) return null;
      const { actor, account, returnTo } = pending;
      tables.signIns.delete(stateHash);
      tables.callbacks.set(stateHash, { session, actor, account, returnTo, completedAt: now });
      return pending;
    },

    async knowsSession({ session, actor, now }) {
      const isOf = (owner: Owner) => owner.session === session && owner.actor === actor;
      return (
        has(tables.signIns.values(), (row) => isOf(row) && row.expiresAt > now) ||
        has(tables.callbacks.values(), (row) => isOf(row) && row.completedAt > now - DAY) ||
        has(tables.grants.values(), ({ grant }) => isOf(grant) && !grant.retired && isAlive(grant, now)) ||
        has(tables.handouts.values(), (row) => isOf(row) && row.expiresAt > now)
      );
    },

    async failSignIn(failure) {
      tables.failures.set(ownerKey(failure), failure);
    },
  };
}
