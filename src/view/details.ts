import { html, nothing, type TemplateResult } from 'lit';

/** A term and its value; without a value there is nothing to show. */
export type Detail = readonly [term: string, value: string | undefined];

/** Terms and values. The values are other people's words, in whatever direction they are written. */
export function renderDetails(details: readonly Detail[]): TemplateResult {
  return html`<dl>
    ${details.map(([term, value]) =>
      value
        ? html`<div>
            <dt .textContent=${term}></dt>
            <dd><bdi .textContent=${value}></bdi></dd>
          </div>`
        : nothing,
    )}
  </dl>`;
}

/** What is known of these, in one line. */
export function joined(...values: readonly (string | undefined)[]): string {
  return values.filter(Boolean).join(', ');
}
