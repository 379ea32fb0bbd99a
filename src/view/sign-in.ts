import { html, nothing, type TemplateResult } from 'lit';
import type { Authorization } from '../authorization/authorization.js';
import { isBusy } from '../connection/state.js';
import type { AuthorizeReason } from '../events.js';
import type { Messages } from '../i18n/messages.js';
import type { ViewContext } from './context.js';
import { joined, renderDetails } from './details.js';
import { renderFailure } from './failure.js';

/** The way to CHeKT's sign-in: a plain link, or a button where the host does it all. */
function renderAuthorize(
  { config, dictionary, disabled, state, on }: ViewContext,
  reason: AuthorizeReason,
  key: keyof Messages,
  isMain = false,
): TemplateResult {
  const text = dictionary.text(key);
  const inert = disabled || isBusy(state);
  const part = isMain ? 'authorize-button' : nothing;
  const style = isMain ? 'button' : nothing;
  const handle = (event: Event) => on.authorize(event, reason);
  if (!config?.authorizeUrl) {
    return html`<button
      type="button"
      part=${part}
      class=${style}
      aria-disabled=${inert || nothing}
      @click=${handle}
    >
      ${text}
    </button>`;
  }
  const url = new URL(config.authorizeUrl);
  url.searchParams.set('reason', reason);
  return html`<a
    part=${part}
    class=${style}
    role=${inert ? 'link' : nothing}
    tabindex="0"
    href=${inert ? nothing : url.href}
    aria-disabled=${inert || nothing}
    @click=${handle}
    >${text}</a
  >`;
}

function renderWho(context: ViewContext, { name, email, companyName, dealerId, expiresAt }: Authorization) {
  const { dictionary } = context;
  const left = (expiresAt ?? NaN) - Date.now();
  const person = joined(name, email);
  const company = joined(companyName, dealerId && `${dictionary.text('dealerId')} ${dealerId}`);
  return html`${person || company ? nothing : html`<p .textContent=${dictionary.text('signedIn')}></p>`}
  ${renderDetails([
    [dictionary.text('signedInAs'), person],
    [dictionary.text('signedInFor'), company],
    [
      dictionary.text('signInLasts'),
      left > 0
        ? dictionary.text('timeLeft', { time: dictionary.duration(left) })
        : left <= 0
          ? dictionary.text('ended')
          : undefined,
    ],
  ])}
  ${left <= 0 ? renderAuthorize(context, 'expired', 'signIn', true) : nothing}
  ${renderAuthorize(context, 'switch', 'switchAccount')}`;
}

/** "Your sign-in": who is signed in to CHeKT, for whom and how long; or the way there. */
export function renderSignIn(context: ViewContext): TemplateResult {
  const { state, dictionary, on } = context;
  switch (state.name) {
    case 'authorized':
    case 'connecting':
      return renderWho(context, state.authorization);
    case 'unauthorized':
      return html`${
        state.failure
          ? renderFailure(context, state.failure)
          : html`<p>${dictionary.text('signInMissing')}</p>`
      }
      ${renderAuthorize(context, state.reason, 'signIn', true)}`;
    case 'unavailable':
      return html`${renderFailure(context, state.failure)}
        <button type="button" class="button" @click=${on.retry}>${dictionary.text('tryAgain')}</button>`;
    default:
      return html`<p class="muted">${dictionary.text('loading')}</p>`;
  }
}
