import { html, nothing, type TemplateResult } from 'lit';
import { isBusy } from '../../session/state.js';
import type { AuthorizeReason } from '../events.js';
import type { ViewContext } from './context.js';

const looks = {
  main: { part: 'button button-primary authorize-button', class: 'button primary' },
  link: { part: 'link', class: 'link' },
} as const;

/** Leads to CHeKT's sign-in: a plain link that leaves the page, or a button if the host handles it all. */
export function renderAuthorize(
  context: ViewContext,
  reason: AuthorizeReason,
  look: keyof typeof looks,
): TemplateResult {
  const { options, dictionary, disabled, state, on } = context;
  const text = dictionary.text(reason === 'switch' ? 'switchAccount' : 'signIn');
  const isInert = disabled || isBusy(state);
  const handle = (event: Event) => on.authorize(event, reason);
  const href = context.authorizeHref(reason);
  if (!href) {
    return html`<button
      type="button"
      part=${looks[look].part}
      class=${looks[look].class}
      aria-disabled=${isInert ? 'true' : nothing}
      @click=${handle}
      .textContent=${text}
    ></button>`;
  }
  const target = options!.authorizeTarget;
  return html`<a
    part=${looks[look].part}
    class=${looks[look].class}
    role=${isInert ? 'link' : nothing}
    tabindex="0"
    href=${isInert ? nothing : href}
    target=${target === '_self' ? nothing : target}
    rel=${target === '_blank' ? 'external noopener' : 'external'}
    aria-disabled=${isInert ? 'true' : nothing}
    @click=${handle}
    .textContent=${text}
  ></a>`;
}
