import { ChektConnectElement } from './chekt-connect-element.js';
import { renderInNextTask } from './view/first-render.js';

declare global {
  interface HTMLElementTagNameMap {
    'chekt-connect': ChektConnectElement;
  }
}

if (globalThis.customElements && !customElements.get('chekt-connect')) {
  renderInNextTask();
  customElements.define('chekt-connect', ChektConnectElement);
}
