import { isXhtml } from './element/xhtml-page.js';
import { showAdditions } from './element/page-prototype.js';
import { ChektConnectElement } from './element/chekt-connect-element.js';

declare global {
  interface HTMLElementTagNameMap {
    'chekt-connect': ChektConnectElement;
  }
}

// servers have stand-ins for elements, in which nothing can be rendered: there the tag stays bare
if ('closest' in (globalThis.Element?.prototype ?? {}) && !customElements.get('chekt-connect')) {
  const define = () => customElements.define('chekt-connect', ChektConnectElement);
  // Chromium's XML parser tells a defined element nothing of its attributes, while an upgrade does
  if (isXhtml && document.readyState === 'loading') addEventListener('DOMContentLoaded', define);
  else define();
}
showAdditions();
