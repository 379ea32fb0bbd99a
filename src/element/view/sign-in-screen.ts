import { html, nothing, type TemplateResult } from 'lit';
import { assertNever, type State } from '../../session/state.js';
import type { Messages } from '../i18n/messages.js';
import { renderAuthorize } from './authorize-link.js';
import type { ViewContext } from './context.js';
import { renderFailure } from './failure.js';
import { renderFrame } from './frame.js';
import { renderMark } from './mark.js';
import { renderText } from './text.js';

export type SignInState = Extract<
  State,
  { name: 'unconfigured' | 'authorizing' | 'unauthorized' | 'unavailable' }
>;

function renderWho({ dictionary }: ViewContext, key: keyof Messages, help?: keyof Messages): TemplateResult {
  return html`<div part="authorization" class="box">
    ${help ? renderMark('person') : html`<span class="mark busy"></span>`}
    <div>
      <p class="strong">${renderText(dictionary, key)}</p>
      ${help ? html`<p class="muted">${renderText(dictionary, help)}</p>` : nothing}
    </div>
  </div>`;
}

/** Nobody is signed in, as far as is known. What went wrong is shown in the place of the person. */
export function renderSignIn(context: ViewContext, state: SignInState): TemplateResult {
  const { dictionary, disabled, on } = context;
  switch (state.name) {
    case 'unconfigured':
      return state.failure
        ? renderFrame(context, { who: renderAlert(context, state.failure) })
        : renderLoading(context);
    case 'authorizing':
      return renderLoading(context);
    case 'unauthorized':
      return renderFrame(context, {
        who: renderAlert(context, state.failure),
        main: renderAuthorize(context, state.reason, 'main'),
        quiet: renderText(dictionary, 'error.forbidden.permission_denied'),
      });
    case 'unavailable':
      return renderFrame(context, {
        who: renderAlert(context, state.failure),
        main: html`<button
          type="button"
          part="button button-primary retry-button"
          class="button primary"
          aria-disabled=${disabled ? 'true' : nothing}
          @click=${on.retry}
          .textContent=${dictionary.text('tryAgain')}
        ></button>`,
        quiet: nothing,
      });
    default:
      return assertNever(state);
  }
}

function renderLoading(context: ViewContext): TemplateResult {
  return renderFrame(context, { who: renderWho(context, 'loading'), main: nothing, quiet: nothing });
}

/** What went wrong. Without a failure, or for a veto, which has no message, the invitation to sign in. */
function renderAlert(context: ViewContext, failure: Parameters<typeof renderFailure>[1]): TemplateResult {
  const alert = renderFailure(context, failure);
  return alert === nothing ? renderWho(context, 'signInFirst', 'signInHelp') : (alert as TemplateResult);
}
