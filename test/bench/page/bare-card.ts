import { html, type TemplateResult } from 'lit';
import { FloorElement } from './floor-element.js';
import { sheet, strings, texts } from './shape-template.js';

/** What the look of the widget costs at the start: its card and styles, as one template without any logic. */
class BareCard extends FloorElement {
  static override readonly styles = [sheet];

  protected override render(): TemplateResult {
    return html(strings, ...texts);
  }
}

customElements.define('bare-card', BareCard);
