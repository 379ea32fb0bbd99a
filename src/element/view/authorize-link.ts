import { html, nothing, type TemplateResult } from 'lit';
import { isBusy } from '../../session/state.js';
import type { AuthorizeReason } from '../events.js';
import type { Messages } from '../i18n/messages.js';
import type { ViewContext } from './context.js';

/** The way to CHeKT's sign-in: a plain link that leaves the page, or a button where the host does it all. */
export function renderAuthorize(
  context: ViewContext,
  reason: AuthorizeReason,
  key: keyof Messages,
): TemplateResult {
  const { options, dictionary, disabled, state, on } = context;
  const text = dictionary.text(key);
  const isInert = disabled || isBusy(state);
  const part = reason === 'switch' ? 'button button-secondary' : 'button button-primary authorize-button';
  const classes = reason === 'switch' ? 'link' : 'button';
  const handle = (event: Event) => on.authorize(event, reason);
  const href = context.authorizeHref(reason);
  if (!href) {
    return html`<button
      type="button"
      part=${part}
      class=${classes}
      aria-disabled=${isInert ? 'true' : nothing}
      @click=${handle}
      .textContent=${text}
    ></button>`;
  }
  const target = options!.authorizeTarget;
  return html`<a
    part=${part}
    class=${classes}
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
