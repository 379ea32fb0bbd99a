import { html, type TemplateResult } from 'lit';
import { assertNever } from '../../session/state.js';
import { renderConnect } from './connect-screen.js';
import { renderConnected } from './connected-screen.js';
import type { ViewContext } from './context.js';
import { renderSignIn } from './sign-in-screen.js';

function renderScreen(context: ViewContext): TemplateResult {
  const { state } = context;
  switch (state.name) {
    case 'unconfigured':
    case 'authorizing':
    case 'unauthorized':
    case 'unavailable':
      return renderSignIn(context, state);
    case 'authorized':
    case 'connecting':
      return renderConnect(context, state);
    case 'connected':
    case 'disconnecting':
      return renderConnected(context, state);
    default:
      return assertNever(state);
  }
}

/**
 * The whole element. Its live region exists from the first render on, because screen readers ignore one that is added late, and is
 * never visible: what it says is also on the screen, where it belongs.
 */
export function render(context: ViewContext, announcement: string): TemplateResult {
  const { dictionary } = context;
  return html`<div part="base" class="base" role="group" aria-labelledby="heading" lang=${dictionary.lang}>
    <slot name="header"></slot>
    ${renderScreen(context)}
    <div part="status" class="heard" role="status" .textContent=${announcement}></div>
    <slot name="footer"></slot>
  </div>`;
}
