import { html, type TemplateResult } from 'lit';
import type { Dictionary, Messages } from '../i18n/messages.js';

/** The arguments of `Dictionary.text`: a key, and the values that are filled in. */
export type Sentence = readonly [key: keyof Messages, values?: Readonly<Record<string, string>>];

/**
 * A text in a `<bdi>`, with each name in a `<bdi>` of its own, so that no text affects the direction of its surroundings. Texts
 * are set as properties, not as text nodes that Lit keeps track of: a browser's translator may replace text nodes.
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
