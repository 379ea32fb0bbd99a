import type { Store } from '../store.js';

/** Registers a test, like `it` or `test` of node:test, Vitest, Jest and Mocha. */
export type Test = (name: string, run: () => Promise<void>) => unknown;

export type CreateStore = () => Store | Promise<Store>;

/** Registers a test that receives an empty store. */
export type StoreTest = (name: string, run: (store: Store) => Promise<void>) => void;
