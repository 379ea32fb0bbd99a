import { html, nothing, type TemplateResult } from 'lit';
import type { FormerBinding } from '../../session/effects/load-account.js';
import { assertNever, type Failure, type State } from '../../session/state.js';
import { renderAuthorize } from './authorize-link.js';
import { renderConnectForm, renderSignIn } from './connect-screen.js';
import type { ViewContext } from './context.js';
import { renderFailure } from './failure.js';
import { permissions } from './permissions.js';

/** The states before there is a binding. */
export type StepState = Exclude<State, { name: 'connected' | 'disconnecting' }>;

/** What to do next, below what went wrong: in one place whatever the state, so that the keyboard keeps its own. */
function renderNext(context: ViewContext, failure: Failure | null, action: TemplateResult): TemplateResult {
  return html`${renderFailure(context, failure)} ${action}`;
}

/** What "Your sign-in" shows. */
function renderAuthorization(context: ViewContext, state: StepState): TemplateResult {
  const { dictionary, on } = context;
  switch (state.name) {
    case 'authorized':
    case 'connecting':
      return renderSignIn(context, state);
    case 'unauthorized':
      return html`${state.failure ? nothing : html`<p .textContent=${dictionary.text('signInMissing')}></p>`}
      ${renderNext(context, state.failure, renderAuthorize(context, state.reason, 'signIn'))}`;
    case 'unavailable':
      return renderNext(
        context,
        state.failure,
        html`<button
          type="button"
          part="button button-primary retry-button"
          class="button"
          @click=${on.retry}
          .textContent=${dictionary.text('tryAgain')}
        ></button>`,
      );
    case 'unconfigured':
    case 'authorizing':
      return html`<p .textContent=${dictionary.text('loading')}></p>`;
    default:
      return assertNever(state);
  }
}

/** What the platform will be able to do, and for which of its accounts. */
function renderGrant({ options, dictionary }: ViewContext): TemplateResult {
  const lines = permissions(options?.platformScope ?? '', dictionary);
  return html`<section part="grant">
    <h3 id="grant" .textContent=${dictionary.text('whatConnectGives')}></h3>
    <p .textContent=${dictionary.text('grant')}></p>
    ${
      lines.length
        ? html`<ul>
            ${lines.map((line) => html`<li .textContent=${line}></li>`)}
          </ul>`
        : nothing
    }
    ${
      options?.accountName
        ? html`<p class="muted">
            <span .textContent=${`${dictionary.text('platformAccount')}: `}></span
            ><bdi .textContent=${options.accountName}></bdi>
          </p>`
        : nothing
    }
  </section>`;
}

/** A binding that was there: Connect is the way back. */
function renderFormer({ dictionary }: ViewContext, former: FormerBinding): TemplateResult {
  const company = former.companyName;
  return former.status === 'lost'
    ? html`<p class="bad" .textContent=${dictionary.text('bindingLost', { company })}></p>`
    : html`<p class="bad" .textContent=${dictionary.text('bindingUnreachable', { company })}></p>
        <p class="muted" .textContent=${dictionary.text('accessInPortal')}></p>`;
}

/** The two steps: sign in, then connect. */
export function renderSteps(context: ViewContext, state: StepState): TemplateResult {
  const { options, dictionary } = context;
  const disconnected = 'disconnected' in state ? state.disconnected : undefined;
  const former = disconnected ? null : options?.formerBinding;
  return html`${
      disconnected
        ? html`<p
            class="done"
            .textContent=${dictionary.text('disconnected', { company: disconnected })}
          ></p>`
        : nothing
    }
    ${former ? renderFormer(context, former) : nothing}
    <div class="boxes">
      <section part="authorization">
        <h3 .textContent=${dictionary.text('yourSignIn')}></h3>
        ${renderAuthorization(context, state)}
      </section>
      ${renderGrant(context)}
    </div>
    ${
      state.name === 'authorized' || state.name === 'connecting'
        ? renderConnectForm(context, state)
        : html`<section class="muted later" .textContent=${dictionary.text('stepConnect')}></section>`
    }`;
}
