import { LitElement, html, type TemplateResult } from 'lit';
import * as z from 'zod/mini';

const TokenResponse = z.object({
  access_token: z.optional(z.string()),
  expires_in: z.optional(z.number()),
  name: z.optional(z.string()),
});

/** The floor of the start: the least that an element with Lit and zod costs to parse a token response and show a form. */
class BareForm extends LitElement {
  static override readonly properties = { getAccessToken: { attribute: false } };

  declare getAccessToken?: () => Promise<unknown>;
  readonly #ready = Promise.withResolvers<void>();
  #name = '';

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  override firstUpdated(): void {
    void this.getAccessToken?.().then((response) => {
      this.#name = TokenResponse.parse(response).name ?? '';
      this.requestUpdate();
      this.#ready.resolve();
    });
  }

  protected override render(): TemplateResult {
    return html`<p>${this.#name}</p>
      <form>
        <label for="company-name">Company name</label>
        <input id="company-name" required />
        <button>Connect</button>
      </form>`;
  }
}

customElements.define('bare-form', BareForm);
