import { html, type TemplateResult } from 'lit';
import { FloorElement } from './floor-element.js';

/** The floor of the start: a form without styles. */
class BareForm extends FloorElement {
  protected override render(): TemplateResult {
    return html`<p>${this.name}</p>
      <form>
        <label for="company-name">Company name</label>
        <input id="company-name" required />
        <button>Connect</button>
      </form>`;
  }
}

customElements.define('bare-form', BareForm);
