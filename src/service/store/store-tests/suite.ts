import type { Store } from '../store.js';

/** Registers a test; `it` and `test` of node:test, Vitest, Jest and Mocha fit. */
export type Test = (name: string, run: () => Promise<void>) => unknown;

export type CreateStore = () => Store | Promise<Store>;

/** Registers a test that gets an empty store. */
export type StoreTest = (name: string, run: (store: Store) => Promise<void>) => void;
