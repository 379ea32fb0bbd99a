import { html, nothing, type TemplateResult } from 'lit';
import { assertNever, type State } from '../../session/state.js';
import type { Messages } from '../i18n/messages.js';
import { announcement } from './announcement.js';
import { renderConnected } from './connected-screen.js';
import type { ViewContext } from './context.js';
import { renderFailure } from './failure.js';
import { renderSteps } from './steps.js';

function headingOf(state: State): keyof Messages {
  switch (state.name) {
    case 'unconfigured':
    case 'authorizing':
    case 'unauthorized':
    case 'unavailable':
      return 'stepSignIn';
    case 'authorized':
    case 'connecting':
      return 'stepConnect';
    case 'connected':
    case 'disconnecting':
      return 'connectedTo';
    default:
      return assertNever(state);
  }
}

function renderScreen(context: ViewContext): TemplateResult | typeof nothing {
  const { state } = context;
  switch (state.name) {
    case 'unconfigured':
      return state.failure ? renderFailure(context, state.failure) : renderSteps(context, state);
    case 'authorizing':
    case 'unauthorized':
    case 'unavailable':
    case 'authorized':
    case 'connecting':
      return renderSteps(context, state);
    case 'connected':
    case 'disconnecting':
      return renderConnected(context, state);
    default:
      return assertNever(state);
  }
}

/** The whole element. The live region is there from the first render, so that it is heard. */
export function render(context: ViewContext): TemplateResult {
  const { state, dictionary } = context;
  const isSlow = (state.name === 'connecting' || state.name === 'disconnecting') && state.slow;
  return html`<div part="base" class="base" lang=${dictionary.lang}>
    <slot name="header"></slot>
    <h2 part="heading" id="heading" tabindex="-1" .textContent=${dictionary.text(headingOf(state))}></h2>
    ${renderScreen(context)}
    <div
      part="status"
      class=${isSlow ? nothing : 'heard'}
      role="status"
      .textContent=${announcement(context)}
    ></div>
    <slot name="footer"></slot>
  </div>`;
}
