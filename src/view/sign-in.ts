import { html, nothing, type TemplateResult } from 'lit';
import { isBusy, type Failure } from '../connection/state.js';
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
  const part = reason === 'switch' ? nothing : 'authorize-button';
  const handle = (event: Event) => on.authorize(event, reason);
  if (!config?.authorizeUrl) {
    return html`<button type="button" part=${part} aria-disabled=${inert || nothing} @click=${handle}>
      ${text}
    </button>`;
  }
  return html`<a
    part=${part}
    role=${inert ? 'link' : nothing}
    tabindex="0"
    href=${inert ? nothing : config.authorizeUrl.href + reason}
    aria-disabled=${inert || nothing}
    @click=${handle}
    >${text}</a
  >`;
}

/** What went wrong, and what to do next: in one place whatever the state, so that the keyboard keeps its own. */
function renderNext(context: ViewContext, failure: Failure | null, main: TemplateResult): TemplateResult {
  return html`${renderFailure(context, failure)} ${main}`;
}

/** What "Your sign-in" shows: a sentence, what is known of who is signed in, for whom and how long, and the way there. */
export interface SignIn {
  readonly sentence?: string;
  readonly person?: string;
  readonly company?: string;
  readonly time?: string;
  /** What to do next, if there is something, and what went wrong before. */
  readonly next?: TemplateResult;
  /** The way to another account. */
  readonly change?: TemplateResult;
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
        next:
          left <= 0 ? renderNext(context, null, renderAuthorize(context, 'expired', 'signIn')) : undefined,
        change: renderAuthorize(context, 'switch', 'switchAccount'),
      };
    }
    case 'unauthorized':
      return {
        sentence: state.failure ? undefined : dictionary.text('signInMissing'),
        next: renderNext(context, state.failure, renderAuthorize(context, state.reason, 'signIn')),
      };
    case 'unavailable':
      return {
        next: renderNext(
          context,
          state.failure,
          html`<button type="button" part="retry-button" class="button" @click=${on.retry}>
            ${dictionary.text('tryAgain')}
          </button>`,
        ),
      };
    default:
      return { sentence: dictionary.text('loading') };
  }
}
