import { LitElement, html, type TemplateResult } from 'lit';
import { sheet, strings, texts } from './shape-template.js';

/** The floor of a mount: an element that renders what the widget renders, and does nothing else. */
class SameDom extends LitElement {
  static override readonly styles = [sheet];

  protected override render(): TemplateResult {
    return html(strings, ...texts);
  }
}

customElements.define('same-dom', SameDom);
