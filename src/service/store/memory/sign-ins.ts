import { DAY } from '../lifetimes.js';
import type { SignIns } from '../store.js';
import { key, type Tables } from './tables.js';

export function memorySignIns(tables: Tables): SignIns {
  return {
    async beginSignIn(signIn) {
      tables.failures.delete(key(signIn.session, signIn.account));
      tables.signIns.set(signIn.stateHash, signIn);
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

    async failSignIn(failure) {
      tables.failures.set(key(failure.session, failure.account), failure);
    },
  };
}
