import { html, nothing, type TemplateResult } from 'lit';
import type { FormerBinding } from '../../session/effects/load-account.js';
import { assertNever, type Failure, type State } from '../../session/state.js';
import { renderAuthorize } from './authorize-link.js';
import { hasExpired, renderConnectForm, renderSignIn } from './connect-screen.js';
import type { ViewContext } from './context.js';
import { renderFailure } from './failure.js';
import { permissions } from './permissions.js';

/** The states before there is a binding. */
export type StepState = Exclude<State, { name: 'connected' | 'disconnecting' }>;

interface SignInParts {
  /** Who is signed in, or a sentence in its place. */
  readonly about: Part;
  readonly failure?: Failure | null;
  /** What to do next. */
  readonly action?: Part;
  /** The way to another account. */
  readonly change?: Part;
}
type Part = TemplateResult | typeof nothing;

function signInParts(context: ViewContext, state: StepState): SignInParts {
  const { dictionary, on } = context;
  const sentence = (text: string) => html`<p .textContent=${text}></p>`;
  switch (state.name) {
    case 'authorized':
    case 'connecting':
      return {
        about: renderSignIn(context, state),
        action: hasExpired(state) ? renderAuthorize(context, 'expired', 'signIn') : nothing,
        change: renderAuthorize(context, 'switch', 'switchAccount'),
      };
    case 'unauthorized':
      return {
        about: state.failure ? nothing : sentence(dictionary.text('signInMissing')),
        failure: state.failure,
        action: renderAuthorize(context, state.reason, 'signIn'),
      };
    case 'unavailable':
      return {
        about: nothing,
        failure: state.failure,
        action: html`<button
          type="button"
          part="button button-primary retry-button"
          class="button"
          @click=${on.retry}
          .textContent=${dictionary.text('tryAgain')}
        ></button>`,
      };
    case 'unconfigured':
    case 'authorizing':
      return { about: sentence(dictionary.text('loading')) };
    default:
      return assertNever(state);
  }
}

/** "Your sign-in": one template whatever the state, so that the keyboard keeps its place. */
function renderAuthorization(context: ViewContext, state: StepState): TemplateResult {
  const { about, failure = null, action = nothing, change = nothing } = signInParts(context, state);
  return html`${about} ${renderFailure(context, failure)} ${action} ${change}`;
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
