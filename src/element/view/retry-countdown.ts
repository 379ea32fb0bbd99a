import { html, nothing, type TemplateResult } from 'lit';
import { remaining } from '../../partner-api/moment.js';
import { isPaused, type Failure } from '../../session/state.js';
import type { ViewContext } from './context.js';
import { renderText } from './text.js';

/** How long the server asked to wait (`Retry-After`). The countdown controller re-renders it as time passes. */
export function renderRetryCountdown(
  { dictionary }: ViewContext,
  failure: Failure,
): TemplateResult | typeof nothing {
  if (!isPaused(failure)) return nothing;
  const time = dictionary.duration(remaining(failure.retryAt));
  return html`<p>${renderText(dictionary, 'tryAgainIn', { time })}</p>`;
}
