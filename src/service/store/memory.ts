import { memoryBindings } from './memory/bindings.js';
import { memoryEvents } from './memory/events.js';
import { memoryGrants } from './memory/grants.js';
import { memoryHousekeeping } from './memory/housekeeping.js';
import { memoryLeases, memoryLimits, memoryPlatformTokens } from './memory/limits.js';
import { memoryOperations } from './memory/operations.js';
import { memorySignIns } from './memory/sign-ins.js';
import { Tables } from './memory/tables.js';
import type { Store } from './store.js';

/**
 * A store that lasts as long as its process, for tests and for a first try on one machine.
 *
 * @param options.allowHttps Allows an `https:` origin too, for a single process whose data need not survive
 *   it.
 */
export function memoryStore({ allowHttps = false }: { allowHttps?: boolean } = {}): Store {
  const tables = new Tables();
  return {
    kind: 'memory',
    checkOrigin(origin) {
      if (allowHttps || !origin.startsWith('https:')) return;
      throw new TypeError(
        'memoryStore() forgets every binding and sign-in when its process ends, so it refuses an https: origin. ' +
          'Use postgresStore(), or memoryStore({ allowHttps: true }) if that is intended.',
      );
    },
    checkReady: async () => {},
    ...memorySignIns(tables),
    ...memoryGrants(tables),
    ...memoryLeases(tables),
    ...memoryOperations(tables),
    ...memoryBindings(tables),
    ...memoryEvents(tables),
    ...memoryLimits(tables),
    ...memoryPlatformTokens(tables),
    ...memoryHousekeeping(tables),
  };
}
