import { html, nothing, type TemplateResult } from 'lit';
import type { ChektConnectError } from '../../partner-api/errors.js';
import { remaining } from '../../partner-api/moment.js';
import { isPaused, type Failure, type State } from '../../session/state.js';
import { en } from '../i18n/en.js';
import type { Dictionary, Messages } from '../i18n/messages.js';
import type { ViewContext } from './context.js';

/** The error belongs to the company name field, and is told there. */
export function isNameRefused(failure: Failure | null): boolean {
  return failure?.error.code === 'invalid-request' && failure.error.field === 'company_name';
}

function keyOf(state: State, { code, apiCode, field }: ChektConnectError): keyof Messages {
  const { name } = state;
  const key = `error.${code}.${apiCode}` as keyof Messages;
  if (name === 'unavailable' && !(key in en) && code !== 'configuration') return 'signInCheckFailed';
  if (code === 'invalid-request' && field) {
    return field === 'company_name' ? 'companyNameRefused' : 'error.configuration';
  }
  // CHeKT was not asked: the source says so
  if (name === 'unauthorized' && code === 'unauthorized' && state.reason !== 'rejected') {
    return state.reason === 'expired' ? 'signInExpired' : 'signInMissing';
  }
  // only the platform's own session is asked for on disconnect
  if (code === 'unauthorized' && name === 'connected') return 'error.unauthorized.login_required';
  return key in en ? key : (`error.${code}` as keyof Messages);
}

/** What went wrong and what to do next, in the person's words; empty for a veto, which is between the host and us. */
export function failureText({ state, dictionary }: ViewContext, { error }: Failure): string {
  if (error.code === 'vetoed') return '';
  if (error.apiCode === 'sign_in_changed') {
    const text = signInChangedText(state, dictionary);
    // a new press is a new operation, so there is nothing to check again
    return error.outcome === 'unknown' ? `${text} ${dictionary.text('earlierUnknown')}` : text;
  }
  const text = dictionary.text(keyOf(state, error));
  return error.outcome === 'unknown' ? `${text} ${dictionary.text('outcomeUnknown')}` : text;
}

/** The sentence names who is signed in now: the person, else the e-mail, else the company. */
function signInChangedText(state: State, dictionary: Dictionary): string {
  const { name, email, companyName } = state.name === 'authorized' ? state.signIn.authorization : {};
  const person = name ?? email ?? companyName;
  return person
    ? dictionary.text('signInChanged', { person })
    : dictionary.text('error.conflict.sign_in_changed');
}

/** The failure with its countdown and its reference. */
export function renderFailure(
  context: ViewContext,
  failure: Failure | null,
): TemplateResult | typeof nothing {
  const text = failure && failureText(context, failure);
  if (!text) return nothing;
  const { dictionary } = context;
  return html`<section part="error" class="notice">
    ${isNameRefused(failure) ? nothing : html`<p class="bad" .textContent=${text}></p>`}
    ${
      isPaused(failure)
        ? html`<p
            .textContent=${dictionary.text('tryAgainIn', {
              time: dictionary.duration(remaining(failure.retryAt)),
            })}
          ></p>`
        : nothing
    }
    ${renderReference(context, failure.error)}
  </section>`;
}

/** What CHeKT's support asks for. */
function renderReference(
  { dictionary, on, copied }: ViewContext,
  { requestId, traceId }: ChektConnectError,
): TemplateResult | typeof nothing {
  const reference = [requestId, traceId].filter(Boolean).join(' / ');
  if (!reference) return nothing;
  return html`<p class="muted">
      <span .textContent=${`${dictionary.text('reference')}: `}></span><code .textContent=${reference}></code>
    </p>
    ${
      navigator.clipboard
        ? html`<button
            type="button"
            part="button button-secondary"
            class="link"
            @click=${() => on.copy(reference)}
            .textContent=${dictionary.text(copied ? 'copied' : 'copy')}
          ></button>`
        : nothing
    }`;
}
