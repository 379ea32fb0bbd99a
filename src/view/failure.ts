import { html, nothing, type TemplateResult } from 'lit';
import { isWaiting, type Failure, type State } from '../connection/state.js';
import type { ChektConnectError } from '../errors.js';
import { en } from '../i18n/en.js';
import type { Messages } from '../i18n/messages.js';
import type { ViewContext } from './context.js';

/** The error belongs to the company name field, and is told there. */
export function isNameRefused(failure: Failure | null): boolean {
  return failure?.error.code === 'invalid-request' && failure.error.field === 'company_name';
}

function keyOf(state: State, { code, apiCode, field }: ChektConnectError): keyof Messages {
  const { name } = state;
  if (
    name === 'unavailable' &&
    code !== 'configuration' &&
    code !== 'unauthorized' &&
    apiCode !== 'other_account'
  )
    return 'signInCheckFailed';
  if (code === 'invalid-request' && field) {
    return field === 'company_name' ? 'companyNameRefused' : 'error.configuration';
  }
  // CHeKT was not asked: the host says so
  if (name === 'unauthorized' && code === name && state.reason !== 'rejected')
    return state.reason === 'expired' ? 'signInExpired' : 'signInMissing';
  // only the platform's own session is asked for on disconnect
  const detail = code === 'unauthorized' && name === 'connected' ? 'login_required' : apiCode;
  const key = `error.${code}.${detail}` as keyof Messages;
  return key in en ? key : (`error.${code}` as keyof Messages);
}

/** Who is signed in now, as far as that can be said. */
function personOf(state: State): string | undefined {
  const { name, email, companyName } = ('authorization' in state && state.authorization) || {};
  return name ?? email ?? companyName;
}

/** What went wrong and what to do next, in the person's words; empty for a veto, which is between the host and us. */
export function failureText({ state, dictionary }: ViewContext, { error }: Failure): string {
  if (error.code === 'vetoed') return '';
  const person = personOf(state);
  const isChanged = error.apiCode === 'sign_in_changed' && person;
  const text = isChanged
    ? dictionary.text('signInChanged', { person })
    : dictionary.text(keyOf(state, error));
  if (error.outcome !== 'unknown') return text;
  // what a new press sends is another person's, and repeats nothing
  return `${text} ${dictionary.text(error.apiCode === 'sign_in_changed' ? 'earlierUnknown' : 'outcomeUnknown')}`;
}

/** The failure with its countdown and its reference. */
export function renderFailure(
  context: ViewContext,
  failure: Failure | null,
): TemplateResult | typeof nothing {
  const text = failure && failureText(context, failure);
  if (!text) return nothing;
  const { dictionary, on, copied } = context;
  const { requestId, traceId } = failure.error;
  const reference = [requestId, traceId].filter(Boolean).join(' / ');
  const isElsewhere = isNameRefused(failure);
  return html`<section part="error" class="notice">
    ${isElsewhere ? nothing : html`<p class="bad">${text}</p>`}
    ${
      isWaiting(failure)
        ? html`<p>
            ${dictionary.text('tryAgainIn', { time: dictionary.duration(failure.retryAt! - Date.now()) })}
          </p>`
        : nothing
    }
    ${
      reference
        ? html`<p class="muted">${dictionary.text('reference')}: <code>${reference}</code></p>
            ${
              navigator.clipboard
                ? html`<button type="button" @click=${() => on.copy(reference)}>
                    ${dictionary.text(copied ? 'copied' : 'copy')}
                  </button>`
                : nothing
            }`
        : nothing
    }
  </section>`;
}
