import { html, nothing, type TemplateResult } from 'lit';

/** A term and what is known of it. */
export type Detail = readonly [term: string, value: string | undefined];

/** Names render in `<bdi>`, so that their direction does not spill into the text around them. */
export function renderDetails(details: readonly Detail[]): TemplateResult | typeof nothing {
  const known = details.filter(([, value]) => value);
  if (!known.length) return nothing;
  return html`<dl>
    ${known.map(
      ([term, value]) =>
        html`<div>
          <dt .textContent=${term}></dt>
          <dd><bdi .textContent=${value}></bdi></dd>
        </div>`,
    )}
  </dl>`;
}

/** What is known of these, in one line. */
export function joined(...values: readonly (string | undefined)[]): string {
  return values.filter(Boolean).join(', ');
}
