import { html, nothing, type TemplateResult } from 'lit';
import { readsTheSame } from '../../partner-api/text.js';
import { isPaused, type State } from '../../session/state.js';
import type { ViewContext } from './context.js';
import { joined, renderDetails, type Detail } from './details.js';
import { renderFailure } from './failure.js';

type BoundState = Extract<State, { name: 'connected' | 'disconnecting' }>;

function detailsOf({ dictionary, options }: ViewContext, { binding }: BoundState): Detail[] {
  const { connectedAt } = binding;
  return [
    [dictionary.text('companyName'), binding.companyName],
    [dictionary.text('dealerId'), `${binding.dealerId}`],
    [dictionary.text('address'), joined(binding.companyAddress1, binding.companyAddress2)],
    [dictionary.text('email'), binding.companyEmail],
    [dictionary.text('phone'), binding.companyPhoneNumber],
    [dictionary.text('platformAccount'), options?.accountName ?? binding.externalDealerId],
    [dictionary.text('connectedOn'), connectedAt === undefined ? undefined : dictionary.date(connectedAt)],
    [dictionary.text('connectedBy'), binding.connectedBy],
  ];
}

/** What the person should know before leaving: another name, or another dealer, than expected. */
function renderRemarks({ dictionary }: ViewContext, state: BoundState): TemplateResult {
  const { companyName: company, dealerId } = state.binding;
  const typed = state.name === 'connected' ? state.sentName : undefined;
  const signedIn = typed === undefined ? undefined : state.signIn?.authorization.dealerId;
  const connected = `${dealerId}`;
  return html`${
    typed !== undefined && !readsTheSame(typed, company)
      ? html`<p class="muted" .textContent=${dictionary.text('nameDiffers', { typed, company })}></p>`
      : nothing
  }
  ${
    signedIn !== undefined && signedIn !== connected
      ? html`<p class="bad" .textContent=${dictionary.text('dealerDiffers', { signedIn, connected })}></p>`
      : nothing
  }`;
}

function renderConfirmation(context: ViewContext, state: BoundState): TemplateResult {
  const { dictionary, disabled, on } = context;
  const isBusy = state.name === 'disconnecting';
  return html`<section part="confirm" class="notice" role="group" aria-labelledby="confirm">
    <h3 id="confirm" tabindex="-1" .textContent=${dictionary.text('disconnectFrom')}></h3>
    <p .textContent=${dictionary.text('disconnectLoses', { company: state.binding.companyName })}></p>
    <div>
      <button
        type="button"
        part="button button-danger disconnect-button"
        class="button plain danger"
        aria-disabled=${isBusy || disabled ? 'true' : nothing}
        @click=${on.disconnect}
        .textContent=${dictionary.text(isBusy ? 'disconnecting' : 'disconnect')}
      ></button>
      <button
        type="button"
        part="button button-secondary keep-button"
        class="button plain"
        aria-disabled=${isBusy ? 'true' : nothing}
        @click=${on.declineDisconnect}
        .textContent=${dictionary.text('keepConnected')}
      ></button>
    </div>
  </section>`;
}

/** The binding as CHeKT returned it, and the way out of it. */
export function renderConnected(context: ViewContext, state: BoundState): TemplateResult {
  const { dictionary, options, disabled, on } = context;
  const isConfirming = state.name === 'disconnecting' || state.confirming;
  const failure = state.name === 'connected' ? state.failure : null;
  const isUnknown = !!failure?.unsettled;
  const canDisconnect = !!options?.disconnectBaseUrl;
  const advice = dictionary.text(canDisconnect ? 'disconnectFirst' : 'askToDisconnect');
  return html`<section part="binding">
      ${renderRemarks(context, state)} ${renderDetails(detailsOf(context, state))}
    </section>
    ${renderFailure(context, failure)}
    ${
      isConfirming
        ? renderConfirmation(context, state)
        : html`<p .textContent=${`${dictionary.text('notYourCompany')} ${advice}`}></p>
            ${
              canDisconnect
                ? html`<button
                    type="button"
                    part="button button-secondary disconnect-button"
                    class="button plain"
                    aria-disabled=${disabled || isPaused(failure) ? 'true' : nothing}
                    @click=${isUnknown ? on.disconnect : on.askDisconnect}
                    .textContent=${dictionary.text(isUnknown ? 'checkAgain' : 'disconnect')}
                  ></button>`
                : nothing
            }`
    }`;
}
