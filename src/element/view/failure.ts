import { html, nothing, type TemplateResult } from 'lit';
import type { ChektConnectError } from '../../partner-api/errors.js';
import { type Failure } from '../../session/state.js';
import type { Messages } from '../i18n/messages.js';
import type { ViewContext } from './context.js';
import { renderMark } from './mark.js';
import { isNameRefused, failureOutcome, type Outcome } from './failure-outcome.js';
import { renderRetryCountdown } from './retry-countdown.js';
import { renderText } from './text.js';

interface Sentence {
  readonly key: keyof Messages;
  readonly values: Readonly<Record<string, string>>;
}

/** What the person can do next. If the sign-in has changed, also says who is signed in now. */
function sentencesOf({ state, account }: ViewContext, { error }: Failure, outcome: Outcome): Sentence[] {
  const { topic, sentence } = outcome;
  const main: Sentence = { key: sentence ?? (`error.${topic!}` as keyof Messages), values: { account } };
  if (topic !== 'conflict.sign_in_changed') return [main];
  const { name, email, companyName } = state.signIn?.authorization ?? {};
  const person = name ?? email ?? companyName;
  return [
    ...(person ? [{ key: 'signInChanged', values: { person } } as const] : []),
    main,
    // not "Check again": a new press is a new operation
    ...(error.outcome === 'unknown' ? [{ key: 'earlierUnknown', values: {} } as const] : []),
  ];
}

/** The failure in one text, for the live region; empty if nothing is to be said. */
export function failureText(context: ViewContext, failure: Failure): string {
  const { state, dictionary, companyName } = context;
  if (isNameRefused(failure)) return dictionary.text('companyNameRefused');
  const outcome = failureOutcome(state, failure, companyName);
  if (!outcome.topic) return '';
  const sentences = sentencesOf(context, failure, outcome);
  return [
    `${dictionary.text(`title.${outcome.topic}`)}.`,
    ...sentences.map(({ key, values }) => dictionary.text(key, values)),
  ].join(' ');
}

/** What went wrong and what to do next, with a countdown if the server asked for a pause. */
export function renderFailure(
  context: ViewContext,
  failure: Failure | undefined,
): TemplateResult | typeof nothing {
  const { state, dictionary, companyName } = context;
  if (!failure) return nothing;
  const outcome = failureOutcome(state, failure, companyName);
  if (!outcome.topic) return nothing;
  return html`<div part="error" class="box danger">
    ${renderMark('alert')}
    <div>
      <p class="strong">${renderText(dictionary, `title.${outcome.topic}`)}</p>
      ${sentencesOf(context, failure, outcome).map(
        ({ key, values }) => html`<p>${renderText(dictionary, key, values)}</p>`,
      )}
      ${renderRetryCountdown(context, failure)}
      ${outcome.hasReference ? renderReference(context, failure.error) : nothing}
    </div>
  </div>`;
}

/** The ids that CHeKT's support asks for. */
function renderReference(
  { dictionary, on, copied }: ViewContext,
  { requestId, traceId }: ChektConnectError,
): TemplateResult | typeof nothing {
  const reference = [requestId, traceId].filter(Boolean).join(' / ');
  if (!reference) return nothing;
  return html`<details part="details">
    <summary .textContent=${dictionary.text('reference')}></summary>
    <p class="muted">
      <code .textContent=${reference}></code>
      ${
        navigator.clipboard
          ? html`<button
              type="button"
              part="link"
              class="link"
              @click=${() => on.copy(reference)}
              .textContent=${dictionary.text(copied ? 'copied' : 'copy')}
            ></button>`
          : nothing
      }
    </p>
  </details>`;
}
