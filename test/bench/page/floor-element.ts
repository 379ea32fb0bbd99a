import { LitElement } from 'lit';
import * as z from 'zod/mini';

const TokenResponse = z.object({
  access_token: z.optional(z.string()),
  expires_in: z.optional(z.number()),
  name: z.optional(z.string()),
});

/** The least that an element with Lit and zod does to be ready: it asks the page's source and parses the token response. */
export abstract class FloorElement extends LitElement {
  static override readonly properties = { getAccessToken: { attribute: false } };

  declare getAccessToken?: () => Promise<unknown>;
  readonly #ready = Promise.withResolvers<void>();
  /** Who is signed in. */
  protected name = '';

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  override firstUpdated(): void {
    void this.getAccessToken?.().then((response) => {
      this.name = TokenResponse.parse(response).name ?? '';
      this.requestUpdate();
      this.#ready.resolve();
    });
  }
}
