import { html, nothing, type TemplateResult } from 'lit';
import { failureOf, isWaiting, type State } from '../connection/state.js';
import { plainText } from '../plain-text.js';
import type { Messages } from '../i18n/messages.js';
import type { ViewContext } from './context.js';
import { isNameRefused, renderFailure } from './failure.js';

type FormState = Extract<State, { name: 'authorized' | 'connecting' }>;

function labelOf({ typedName }: ViewContext, state: FormState): keyof Messages {
  if (state.name === 'connecting') return 'connecting';
  const { failure } = state;
  if (failure?.repeats === plainText(typedName)) return 'checkAgain';
  return failure?.error.retryable ? 'tryAgain' : 'connect';
}

/**
 * The company name and Connect. Clicks are handled and prevented, and `submit` only where there was none: a sandboxed frame without
 * `allow-forms` never submits. Enter in the field clicks the button in every browser, and does not while an input method composes.
 */
export function renderConnectForm(context: ViewContext, state: FormState): TemplateResult {
  const { dictionary, typedName, disabled, on } = context;
  const failure = failureOf(state);
  const isRefused = isNameRefused(failure);
  const problem =
    state.name === 'authorized' && state.nameMissing
      ? 'companyNameMissing'
      : isRefused && 'companyNameRefused';
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
      enterkeyhint="go"
      data-1p-ignore
      data-lpignore="true"
      data-bwignore
      required
      aria-describedby="company-name-error company-name-help"
      aria-invalid=${problem ? 'true' : nothing}
      ?readonly=${isConnecting}
      ?disabled=${disabled}
      .value=${typedName}
      @input=${on.input}
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
      part="connect-button"
      class="button"
      aria-disabled=${isConnecting || disabled || isWaiting(failure) || nothing}
      @click=${on.connect}
    >
      ${dictionary.text(labelOf(context, state))}
    </button>
  </form>`;
}
