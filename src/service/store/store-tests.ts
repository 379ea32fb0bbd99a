import { bindingTests } from './store-tests/bindings.js';
import { commitTests } from './store-tests/commits.js';
import { eventTests } from './store-tests/events.js';
import { grantTests } from './store-tests/grants.js';
import { housekeepingTests } from './store-tests/housekeeping.js';
import { limitTests } from './store-tests/limits.js';
import { operationTests } from './store-tests/operations.js';
import { signInTests } from './store-tests/sign-ins.js';
import type { CreateStore, StoreTest, Test } from './store-tests/suite.js';

export type { CreateStore, Test } from './store-tests/suite.js';

/**
 * Registers the tests that every store has to pass. They run operations concurrently, so give a store of your
 * own as many connections as in production, and at least two.
 *
 * @param createStore Creates an empty store; called once per test.
 * @param options.test Registers one test, like `test` of node:test.
 */
export function storeTests(createStore: CreateStore, { test }: { test: Test }): void {
  const storeTest: StoreTest = (name, run) => void test(name, async () => run(await createStore()));
  signInTests(storeTest);
  grantTests(storeTest);
  operationTests(storeTest);
  commitTests(storeTest);
  bindingTests(storeTest);
  eventTests(storeTest);
  limitTests(storeTest);
  housekeepingTests(storeTest);
}
