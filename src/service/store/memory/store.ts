import type { Store } from '../store.js';
import { memoryBindings } from './bindings.js';
import { memoryEvents } from './events.js';
import { memoryGrants } from './grants.js';
import { memoryHousekeeping } from './housekeeping.js';
import { memoryLeases, memoryLimits, memoryPlatformTokens } from './limits.js';
import { memoryOperations } from './operations.js';
import { memorySignIns } from './sign-ins.js';
import type { Tables } from './tables.js';

/** Over tables that somebody else can look into. */
export function storeOver(tables: Tables, { allowHttps }: { readonly allowHttps: boolean }): Store {
  return {
    kind: 'memory',
    checkOrigin(origin) {
      if (allowHttps || !origin.startsWith('https:')) return;
      throw new TypeError(
        'memoryStore() forgets every binding and sign-in when its process ends, so it refuses an https: origin. ' +
          'Use postgresStore(), or memoryStore({ allowHttps: true }) where that is meant.',
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
