import { html, nothing, type TemplateResult } from 'lit';
import type { State } from '../connection/state.js';
import type { Messages } from '../i18n/messages.js';
import { announcement } from './announcement.js';
import { renderBinding } from './binding.js';
import type { ViewContext } from './context.js';
import { renderDetails } from './details.js';
import { renderFailure } from './failure.js';
import { renderSteps } from './steps.js';

function headingOf(state: State): keyof Messages {
  if ('binding' in state) return 'connectedTo';
  return 'authorization' in state ? 'stepConnect' : 'stepSignIn';
}

function renderState(context: ViewContext): TemplateResult | typeof nothing {
  const { state } = context;
  if (state.name === 'unconfigured' && state.failure)
    return html`${renderFailure(context, state.failure)}${renderDetails([
      [context.dictionary.text('platformAccount'), context.config?.accountName],
    ])}`;
  return 'binding' in state ? renderBinding(context, state) : renderSteps(context, state);
}

/** The whole element, one branch a state. The live region is there from the first render, so that it is heard. */
export function render(context: ViewContext): TemplateResult {
  const { state, dictionary } = context;
  const heading = dictionary.text(headingOf(state));
  return html`<div part="base" class="base" lang=${dictionary.lang}>
    <slot name="header"></slot>
    <h2 tabindex="-1">${heading}</h2>
    ${renderState(context)}
    <div
      part="status"
      class=${'slow' in state ? nothing : 'heard'}
      role="status"
      .textContent=${announcement(context)}
    ></div>
    <slot name="footer"></slot>
  </div>`;
}
