import { html, nothing, type TemplateResult } from 'lit';
import { isBusy } from '../connection/state.js';
import type { AuthorizeReason } from '../events.js';
import type { Messages } from '../i18n/messages.js';
import type { ViewContext } from './context.js';
import { joined } from './details.js';
import { renderFailure } from './failure.js';

/** The way to CHeKT's sign-in: a plain link, or a button where the host does it all. */
function renderAuthorize(
  { config, dictionary, disabled, state, on }: ViewContext,
  reason: AuthorizeReason,
  key: keyof Messages,
): TemplateResult {
  const text = dictionary.text(key);
  const inert = disabled || isBusy(state);
  const isMain = reason !== 'switch';
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
  const { href } = config.authorizeUrl;
  return html`<a
    part=${part}
    class=${style}
    role=${inert ? 'link' : nothing}
    tabindex="0"
    href=${inert ? nothing : `${href}${href.includes('?') ? '&' : '?'}reason=${reason}`}
    aria-disabled=${inert || nothing}
    @click=${handle}
    >${text}</a
  >`;
}

/** What "Your sign-in" shows: a sentence, what is known of who is signed in, for whom and how long, and the way there. */
export interface SignIn {
  readonly sentence?: string;
  readonly isMuted?: boolean;
  readonly person?: string;
  readonly company?: string;
  readonly time?: string;
  readonly actions?: TemplateResult;
}

export function signInOf(context: ViewContext): SignIn {
  const { state, dictionary, on } = context;
  switch (state.name) {
    case 'authorized':
    case 'connecting': {
      const { name, email, companyName, dealerId, expiresAt } = state.authorization;
      const left = (expiresAt ?? NaN) - Date.now();
      const person = joined(name, email);
      const company = joined(companyName, dealerId && `${dictionary.text('dealerId')} ${dealerId}`);
      const change = renderAuthorize(context, 'switch', 'switchAccount');
      return {
        sentence: person || company ? undefined : dictionary.text('signedIn'),
        person,
        company,
        time:
          left > 0
            ? dictionary.text('timeLeft', { time: dictionary.duration(left) })
            : left <= 0
              ? dictionary.text('ended')
              : undefined,
        actions: left <= 0 ? html`${renderAuthorize(context, 'expired', 'signIn')} ${change}` : change,
      };
    }
    case 'unauthorized': {
      const way = renderAuthorize(context, state.reason, 'signIn');
      return state.failure
        ? { actions: html`${renderFailure(context, state.failure)} ${way}` }
        : { sentence: dictionary.text('signInMissing'), actions: way };
    }
    case 'unavailable':
      return {
        actions: html`${renderFailure(context, state.failure)}
          <button type="button" class="button" @click=${on.retry}>${dictionary.text('tryAgain')}</button>`,
      };
    default:
      return { sentence: dictionary.text('loading'), isMuted: true };
  }
}
