import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { remaining } from '../../partner-api/moment.js';
import { readsTheSame } from '../../partner-api/text.js';
import { failureOf, isPaused, type Failure, type State } from '../../session/state.js';
import type { Messages } from '../i18n/messages.js';
import type { ViewContext } from './context.js';
import { joined, renderDetails } from './details.js';
import { isNameRefused, renderFailure } from './failure.js';

type FormState = Extract<State, { name: 'authorized' | 'connecting' }>;

/** Who is signed in, for which company and for how long. */
export function renderSignIn(context: ViewContext, { signIn }: FormState): TemplateResult {
  const { dictionary } = context;
  const { name, email, companyName, dealerId } = signIn.authorization;
  const left = remaining(signIn.expiry);
  const person = joined(name, email);
  const company = joined(companyName, dealerId && `${dictionary.text('dealerId')} ${dealerId}`);
  const time =
    left === Infinity
      ? undefined
      : left > 0
        ? dictionary.text('timeLeft', { time: dictionary.duration(left) })
        : dictionary.text('ended');
  return html`${person || company ? nothing : html`<p .textContent=${dictionary.text('signedIn')}></p>`}
  ${renderDetails([
    [dictionary.text('signedInAs'), person],
    [dictionary.text('signedInFor'), company],
    [dictionary.text('signInLasts'), time],
  ])}`;
}

export function hasExpired({ signIn }: FormState): boolean {
  return remaining(signIn.expiry) <= 0;
}

function labelOf({ companyName }: ViewContext, state: FormState): keyof Messages {
  if (state.name === 'connecting') return 'connecting';
  const { failure } = state;
  if (failure?.unsettled && readsTheSame(failure.unsettled.subject, companyName)) return 'checkAgain';
  return failure?.error.retryable ? 'tryAgain' : 'connect';
}

function problemOf(state: FormState, failure: Failure | null): keyof Messages | undefined {
  if (state.name === 'authorized' && state.nameMissing) return 'companyNameMissing';
  return isNameRefused(failure) ? 'companyNameRefused' : undefined;
}

/**
 * The company name and Connect. Clicks are handled and prevented, and `submit` only where there was none: a sandboxed frame without
 * `allow-forms` never submits. Enter in the field clicks the button in every browser, and does not while an input method composes.
 */
export function renderConnectForm(context: ViewContext, state: FormState): TemplateResult {
  const { dictionary, companyName, disabled, on } = context;
  const failure = failureOf(state);
  const problem = problemOf(state, failure);
  const isConnecting = state.name === 'connecting';
  return html`<form part="form" novalidate>
    <label
      part="form-control-label"
      for="company-name"
      .textContent=${dictionary.text('companyName')}
    ></label>
    <input
      part="form-control-input"
      id="company-name"
      autocomplete="organization"
      autocapitalize="words"
      enterkeyhint="go"
      data-1p-ignore
      data-lpignore="true"
      data-bwignore
      required
      aria-describedby="company-name-error company-name-help"
      aria-invalid=${problem ? 'true' : nothing}
      ?readonly=${isConnecting}
      ?disabled=${disabled}
      .value=${live(companyName)}
      @input=${on.input}
      @change=${on.input}
    />
    <p
      part="form-control-error"
      class="bad"
      id="company-name-error"
      .textContent=${problem ? dictionary.text(problem) : ''}
    ></p>
    <p
      part="form-control-help"
      class="muted"
      id="company-name-help"
      .textContent=${dictionary.text('companyNameHelp')}
    ></p>
    ${renderFailure(context, failure)}
    <button
      part="button button-primary connect-button"
      class="button"
      aria-disabled=${isConnecting || disabled || isPaused(failure) ? 'true' : nothing}
      @click=${on.connect}
      .textContent=${dictionary.text(labelOf(context, state))}
    ></button>
  </form>`;
}
