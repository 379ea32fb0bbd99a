import { html, nothing, type TemplateResult } from 'lit';
import { readsTheSame } from '../../partner-api/text.js';
import { isPaused, type State } from '../../session/state.js';
import type { ViewContext } from './context.js';
import { renderConfirmation } from './disconnect-screen.js';
import { renderFailure } from './failure.js';
import { renderHeading } from './frame.js';
import { renderMark, renderWarning } from './mark.js';
import { failureOutcome } from './failure-outcome.js';
import { renderText, type Sentence } from './text.js';

export type BoundState = Extract<State, { name: 'connected' | 'disconnecting' }>;

/** When and by whom it was connected, as far as that is known. */
function renderSince({ dictionary }: ViewContext, { binding }: BoundState) {
  const { connectedAt, connectedBy: person } = binding;
  const date = connectedAt !== undefined && dictionary.date(connectedAt);
  return html`${date ? html`<p class="muted">${renderText(dictionary, 'since', { date })}</p>` : nothing}
  ${person ? html`<p class="muted">${renderText(dictionary, 'connectedBy', { person })}</p>` : nothing}`;
}

/** Points out a company name or a dealer other than the person expected. */
export function remarksOf(state: BoundState): Sentence[] {
  const { companyName: company, dealerId } = state.binding;
  const typed = state.name === 'connected' ? state.sentName : undefined;
  if (typed === undefined) return [];
  const signedIn = state.signIn?.authorization.dealerId;
  const connected = `${dealerId}`;
  const remarks: Sentence[] = [];
  if (!readsTheSame(typed, company)) remarks.push(['nameDiffers', { typed, company }]);
  if (signedIn !== undefined && signedIn !== connected) {
    remarks.push(['dealerDiffers', { signedIn, connected }]);
  }
  return remarks;
}

/** Another dealer may be a mistake that the person has to undo; another name is just how CHeKT writes it. */
function renderRemarks({ dictionary }: ViewContext, state: BoundState) {
  return remarksOf(state).map((remark) =>
    remark[0] === 'dealerDiffers'
      ? renderWarning(dictionary, remark)
      : html`<p>${renderText(dictionary, ...remark)}</p>`,
  );
}

/** The company as CHeKT returned it, collapsed, because nobody needs it to continue. */
function renderDetails({ dictionary }: ViewContext, { binding }: BoundState): TemplateResult {
  const { companyAddress1, companyAddress2 } = binding;
  const details = [
    [dictionary.text('dealerId'), `${binding.dealerId}`],
    [dictionary.text('address'), [companyAddress1, companyAddress2].filter(Boolean).join(', ')],
    [dictionary.text('email'), binding.companyEmail],
    [dictionary.text('phone'), binding.companyPhoneNumber],
  ] as const;
  return html`<details part="details">
    <summary .textContent=${dictionary.text('companyDetails')}></summary>
    <dl>
      ${details.map(([term, value]) =>
        value
          ? html`<div>
              <dt .textContent=${term}></dt>
              <dd><bdi .textContent=${value}></bdi></dd>
            </div>`
          : nothing,
      )}
    </dl>
  </details>`;
}

/** What is connected, and the way to disconnect it. */
export function renderConnected(context: ViewContext, state: BoundState): TemplateResult {
  const { dictionary, options, account, disabled, on } = context;
  const isConfirming = state.name === 'disconnecting' || state.confirming;
  const failure = state.failure;
  const action = failure ? failureOutcome(state, failure, '').action : 'none';
  const { companyName: company } = state.binding;
  return html`<div class="badge">
      ${renderMark('check')}
      <div part="binding" class="stack">
        ${renderHeading(context, 'headingConnected')}
        <p>${renderText(dictionary, 'connectedNow', { company, account })}</p>
        ${renderSince(context, state)}
      </div>
    </div>
    ${renderRemarks(context, state)} ${renderFailure(context, failure)}
    ${
      isConfirming
        ? renderConfirmation(context, state)
        : html`${
              action === 'none'
                ? html`<slot name="next"></slot>`
                : html`<button
                    type="button"
                    part="button button-primary disconnect-button"
                    class="button primary"
                    aria-disabled=${disabled || isPaused(failure) ? 'true' : nothing}
                    @click=${on.disconnect}
                    .textContent=${dictionary.text(action === 'check-again' ? 'checkAgain' : 'tryAgain')}
                  ></button>`
            }
            <div class="foot">
              ${renderDetails(context, state)}
              ${
                action !== 'none'
                  ? nothing
                  : options?.disconnectBaseUrl
                    ? html`<button
                        type="button"
                        part="button button-secondary disconnect-button"
                        class="link muted"
                        aria-disabled=${disabled ? 'true' : nothing}
                        @click=${on.askDisconnect}
                        .textContent=${dictionary.text('disconnect')}
                      ></button>`
                    : html`<p class="muted">${renderText(dictionary, 'askToDisconnect')}</p>`
              }
            </div>`
    }`;
}
