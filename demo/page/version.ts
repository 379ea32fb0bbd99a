import type { ChektConnectElement } from '../../src/index.js';
import { byId } from './dom.js';

/** Shows the element's version and the SHA-384 of the file it came from. */
export async function showVersion(file: ArrayBuffer): Promise<void> {
  const definition = customElements.get('chekt-connect') as typeof ChektConnectElement | undefined;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-384', file));
  byId('version').textContent = definition?.version ?? 'is not loaded';
  byId('sha').textContent = `sha384-${btoa(String.fromCharCode(...hash))}`;
}
