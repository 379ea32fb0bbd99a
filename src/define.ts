import { ChektConnectElement } from './element/chekt-connect-element.js';

declare global {
  interface HTMLElementTagNameMap {
    'chekt-connect': ChektConnectElement;
  }
}

if (globalThis.customElements && !customElements.get('chekt-connect')) {
  customElements.define('chekt-connect', ChektConnectElement);
}
