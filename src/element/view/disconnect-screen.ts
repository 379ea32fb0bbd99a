import { html, nothing, type TemplateResult } from 'lit';
import type { State } from '../../session/state.js';
import type { ViewContext } from './context.js';
import { renderText } from './text.js';

type BoundState = Extract<State, { name: 'connected' | 'disconnecting' }>;

/** The question before a disconnect: the safe choice comes first. */
export function renderConfirmation(context: ViewContext, state: BoundState): TemplateResult {
  const { dictionary, options, disabled, on } = context;
  const isBusy = state.name === 'disconnecting';
  const company = state.binding.companyName;
  return html`<div part="confirm" class="stack ask" role="group" aria-labelledby="confirm">
    <h3 id="confirm" tabindex="-1" aria-level=${(options?.headingLevel ?? 2) + 1}>
      ${renderText(dictionary, 'disconnectFrom')}
    </h3>
    <p>${renderText(dictionary, 'disconnectLoses', { company })}</p>
    <div class="pair">
      <button
        type="button"
        part="button button-secondary keep-button"
        class="button"
        aria-disabled=${isBusy ? 'true' : nothing}
        @click=${on.declineDisconnect}
        .textContent=${dictionary.text('keepConnected')}
      ></button>
      <button
        type="button"
        part="button button-danger disconnect-button"
        class=${isBusy ? 'button danger busy' : 'button danger'}
        aria-disabled=${isBusy || disabled ? 'true' : nothing}
        @click=${on.disconnect}
        .textContent=${dictionary.text(isBusy ? 'disconnecting' : 'disconnect')}
      ></button>
    </div>
    ${isBusy && state.slow ? html`<p class="muted">${renderText(dictionary, 'stillWorking')}</p>` : nothing}
  </div>`;
}
