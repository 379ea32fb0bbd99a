import { html, nothing, type TemplateResult } from 'lit';
import { isWaiting, type State } from '../connection/state.js';
import type { ViewContext } from './context.js';
import { joined, renderDetails, type Detail } from './details.js';
import { renderFailure } from './failure.js';

type BoundState = Extract<State, { name: 'connected' | 'disconnecting' }>;

function detailsOf({ dictionary, config }: ViewContext, { binding }: BoundState): Detail[] {
  return [
    [dictionary.text('companyName'), binding.companyName],
    [dictionary.text('dealerId'), `${binding.dealerId}`],
    [dictionary.text('address'), joined(binding.companyAddress1, binding.companyAddress2)],
    [dictionary.text('email'), binding.companyEmail],
    [dictionary.text('phone'), binding.companyPhoneNumber],
    [dictionary.text('platformAccount'), config?.accountName ?? binding.externalDealerId],
    [dictionary.text('connectedOn'), binding.connectedAt && dictionary.date(binding.connectedAt)],
    [dictionary.text('connectedBy'), binding.connectedBy],
  ];
}

function renderConfirmation(context: ViewContext, state: BoundState): TemplateResult {
  const { dictionary, disabled, on } = context;
  const isBusy = state.name === 'disconnecting';
  return html`<section class="notice" role="group" aria-labelledby="confirm">
    <h3 id="confirm" tabindex="-1">${dictionary.text('disconnectFrom')}</h3>
    <p>${dictionary.text('disconnectLoses', { company: state.binding.companyName })}</p>
    <div>
      <button
        type="button"
        part="disconnect-button"
        class="button plain danger"
        aria-disabled=${isBusy || disabled || nothing}
        @click=${on.disconnect}
      >
        ${dictionary.text(isBusy ? 'disconnecting' : 'disconnect')}
      </button>
      <button
        type="button"
        class="button plain"
        aria-disabled=${isBusy || nothing}
        @click=${on.declineDisconnect}
      >
        ${dictionary.text('keepConnected')}
      </button>
    </div>
  </section>`;
}

/** The binding as CHeKT returned it, and the way out of it. */
export function renderBinding(context: ViewContext, state: BoundState): TemplateResult {
  const { dictionary, config, disabled, on } = context;
  const isConfirming = state.name === 'disconnecting' || state.confirming;
  const failure = state.name === 'connected' ? state.failure : null;
  const typed = state.name === 'connected' ? state.typedName : undefined;
  const company = state.binding.companyName;
  const isUnknown = failure?.repeats !== undefined;
  const signedIn = typed === undefined ? undefined : state.authorization?.dealerId;
  const isOther = signedIn !== undefined && signedIn !== `${state.binding.dealerId}`;
  const canDisconnect = !!config?.disconnectBaseUrl;
  return html`<section part="binding">
      ${typed && typed !== company ? html`<p class="muted">${dictionary.text('nameDiffers', { typed, company })}</p>` : nothing}
      ${renderDetails(detailsOf(context, state))}
    </section>
    ${renderFailure(context, failure)}
    ${
      isConfirming
        ? renderConfirmation(context, state)
        : html`${
              isOther
                ? html`<p>
                    ${dictionary.text('dealerDiffers', { signedIn, connected: `${state.binding.dealerId}` })}
                  </p>`
                : nothing
            }
            <p>
              ${dictionary.text('notYourCompany')}
              ${dictionary.text(canDisconnect ? 'disconnectFirst' : 'askToDisconnect')}
            </p>
            ${
              canDisconnect
                ? html`<button
                    type="button"
                    part="disconnect-button"
                    class="button plain"
                    aria-disabled=${disabled || isWaiting(failure) || nothing}
                    @click=${isUnknown ? on.disconnect : on.askDisconnect}
                  >
                    ${dictionary.text(isUnknown ? 'checkAgain' : 'disconnect')}
                  </button>`
                : nothing
            }`
    }`;
}
