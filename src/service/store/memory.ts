import { storeOver } from './memory/store.js';
import { Tables } from './memory/tables.js';
import type { Store } from './store.js';

/**
 * A store that is gone with its process: for tests and for a first try on one machine.
 *
 * @param options.allowHttps Serve an `https:` origin as well, where one process is all there is and nothing has to last.
 */
export function memoryStore({ allowHttps = false }: { allowHttps?: boolean } = {}): Store {
  return storeOver(new Tables(), { allowHttps });
}
