import { html, type TemplateResult } from 'lit';
import type { Dictionary, Messages } from '../i18n/messages.js';

/**
 * A text, each name in it in a `<bdi>`, and itself in one, so that no direction spills into what is around it. The texts are
 * properties of elements and no text nodes of ours: a translator of the browser may replace those.
 */
export function renderText(
  dictionary: Dictionary,
  key: keyof Messages,
  values?: Readonly<Record<string, string>>,
): TemplateResult {
  const parts = dictionary.parts(key, values).filter(({ text }) => text);
  return html`<bdi
    >${parts.map(({ text, isName }) =>
      isName ? html`<bdi .textContent=${text}></bdi>` : html`<span .textContent=${text}></span>`,
    )}</bdi
  >`;
}
