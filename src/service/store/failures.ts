import type { Store } from './store.js';

const failures = new WeakSet<object>();

/** Whether it is an error of a store from `withKnownFailures`. */
export function isStoreFailure(error: object): boolean {
  return failures.has(error);
}

/** The same store, whose errors can be told from all others wherever they are caught. */
export function withKnownFailures(store: Store): Store {
  const known = (error: unknown) => {
    if (typeof error === 'object' && error !== null) failures.add(error);
    throw error;
  };
  // The target is empty, because what a proxy may answer for a frozen store would be limited.
  return new Proxy({} as Store, {
    get(_, name) {
      const member: unknown = Reflect.get(store, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => {
        const result: unknown = Reflect.apply(member, store, given);
        return result instanceof Promise ? result.catch(known) : result;
      };
    },
  });
}
