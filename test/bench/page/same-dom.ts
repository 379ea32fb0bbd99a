import { LitElement, html, type TemplateResult } from 'lit';
import type { Shape } from './shape.js';

declare global {
  interface Window {
    readonly shape: Shape;
  }
}

const { markup, texts, css } = window.shape;
const strings = Object.assign([...markup], { raw: markup });
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** The floor of a mount: an element that renders what the widget renders, and does nothing else. */
class SameDom extends LitElement {
  static override readonly styles = [sheet];

  protected override render(): TemplateResult {
    return html(strings, ...texts);
  }
}

customElements.define('same-dom', SameDom);
