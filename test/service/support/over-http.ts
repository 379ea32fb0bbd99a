import type { StoreKind } from './stores.js';

const parts = {
  operations: async () => {
    await import('../bindings.test.js');
    await import('../conflict.test.js');
    await import('../connect.test.js');
    await import('../disconnect.test.js');
    await import('../hooks.test.js');
  },
  people: async () => {
    await import('../consent.test.js');
    await import('../limits.test.js');
    await import('../secrets.test.js');
    await import('../sign-in.test.js');
    await import('../standing.test.js');
  },
  crashes: () => import('../crash.test.js'),
};

/**
 * Runs the tests that ask a world over HTTP once more, with the records of their worlds in another store. PGlite runs the same SQL
 * as PostgreSQL, on one connection: beside the store's own tests, the operations are enough for it, in `npm run soak`.
 */
export async function testOverHttp(kind: StoreKind, part: keyof typeof parts): Promise<void> {
  process.env['SERVICE_STORE'] = kind;
  await parts[part]();
}
