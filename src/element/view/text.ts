import { html, nothing, type TemplateResult } from 'lit';
import type { Dictionary, Messages } from '../i18n/messages.js';

/**
 * A text, each name in it in a `<bdi>`, so that its direction does not spill into what is around it. The texts are properties
 * of elements and no text nodes of ours: a translator of the browser may replace those.
 */
export function renderText(
  dictionary: Dictionary,
  key: keyof Messages,
  values?: Readonly<Record<string, string>>,
): (TemplateResult | typeof nothing)[] {
  return dictionary
    .parts(key, values)
    .map(({ text, isName }) =>
      isName
        ? html`<bdi .textContent=${text}></bdi>`
        : text
          ? html`<span .textContent=${text}></span>`
          : nothing,
    );
}

/** What is known of these, beside each other. */
export function renderNames(...names: readonly (string | undefined)[]): TemplateResult[] {
  return names
    .filter(Boolean)
    .map((name, at) => html`<span .textContent=${at ? ' · ' : ''}></span><bdi .textContent=${name}></bdi>`);
}
