import { html, nothing, type TemplateResult } from 'lit';
import type { ChektConnectError } from '../../partner-api/errors.js';
import { LONGEST_RETRY_AFTER } from '../../session/attempts.js';
import { isPaused, type Failure } from '../../session/state.js';
import type { Messages } from '../i18n/messages.js';
import type { ViewContext } from './context.js';
import { renderMark } from './mark.js';
import { isNameRefused, failureOutcome, type Outcome } from './failure-outcome.js';
import { retryCountdown } from './retry-countdown.js';
import { signedInNow } from './signed-in-now.js';
import { renderText, type Sentence } from './text.js';

/** What the person can do next. If the sign-in has changed, also says who is signed in now. */
function sentencesOf(
  { state, account }: ViewContext,
  { error }: Failure,
  outcome: Outcome,
  pause: Sentence | undefined,
): Sentence[] {
  const { topic, sentence } = outcome;
  // "Wait a moment, then try again." would say the same once more
  if (pause && topic === 'rate-limited' && !sentence) return [pause];
  const isChanged = topic === 'conflict.sign_in_changed';
  return [
    isChanged && signedInNow(state),
    [sentence ?? (`error.${topic!}` as keyof Messages), { account }] as const,
    // not "Check again": a new press is a new operation
    isChanged && error.outcome === 'unknown' && (['earlierUnknown'] as const),
    pause,
  ].filter((one): one is Sentence => !!one);
}

/** What is announced of the failure. It does not count down: the pause is announced with its whole length, and so is its end. */
export function failureSentences(context: ViewContext, failure: Failure): Sentence[] {
  const { state, dictionary, companyName } = context;
  if (isNameRefused(failure)) return [['companyNameRefused']];
  const outcome = failureOutcome(state, failure, companyName);
  if (!outcome.topic) return [];
  if (failure.error.retryAfter && !isPaused(failure)) {
    return [[outcome.action === 'check-again' ? 'checkAgain' : 'tryAgain']];
  }
  const wait = Math.min(failure.error.retryAfter ?? 0, LONGEST_RETRY_AFTER) * 1000;
  const pause = retryCountdown(dictionary, failure, wait);
  return [[`title.${outcome.topic}`], ...sentencesOf(context, failure, outcome, pause)];
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
      ${sentencesOf(context, failure, outcome, retryCountdown(dictionary, failure)).map(
        (sentence) => html`<p>${renderText(dictionary, ...sentence)}</p>`,
      )}
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
    <p>
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
