import { storeOver } from './memory/store.js';
import { Tables } from './memory/tables.js';
import type { Store } from './store.js';

/**
 * A store that lasts as long as its process, for tests and for a first try on one machine.
 *
 * @param options.allowHttps Allows an `https:` origin too, for a single process whose data need not survive
 *   it.
 */
export function memoryStore({ allowHttps = false }: { allowHttps?: boolean } = {}): Store {
  return storeOver(new Tables(), { allowHttps });
}
