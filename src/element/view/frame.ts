import { html, nothing, type TemplateResult } from 'lit';
import type { FormerBinding } from '../../session/effects/load-account.js';
import { disconnectedIn } from '../../session/state.js';
import type { ViewContext } from './context.js';
import { renderMark } from './mark.js';
import { permissions } from './permissions.js';
import { renderText } from './text.js';

/** What differs between the screens before `connected`. Everything else keeps its place. */
export interface FrameContent {
  /** Who is signed in, or what has to be done first, or what went wrong. */
  readonly who: TemplateResult;
  readonly failure?: TemplateResult | typeof nothing;
  /** The company to connect, if it is known and not in the field. */
  readonly company?: string;
  readonly field?: TemplateResult | typeof nothing;
  /** The main action. `nothing` leaves its space empty; if it is absent, there is no such space. */
  readonly main?: TemplateResult | typeof nothing;
  /** What is below the main action. `nothing` leaves its space empty; if it is absent, there is no such space. */
  readonly quiet?: TemplateResult | typeof nothing;
}

/** Two names with a line between them. The heading says the same in words. */
function renderNames({ dictionary }: ViewContext): TemplateResult {
  return html`<div class="names" aria-hidden="true">
    <span class="tile">CHeKT</span><i></i
    ><span class="tile"
      ><slot name="logo"><bdi .textContent=${dictionary.platform}></bdi></slot
    ></span>
  </div>`;
}

/** The main heading. Its level, for screen readers, is set by the host. */
export function renderHeading({ options, dictionary }: ViewContext, key: 'heading' | 'headingConnected') {
  const level = options?.headingLevel ?? 2;
  return html`<h2 part="heading" id="heading" tabindex="-1" aria-level=${level === 2 ? nothing : level}>
    ${renderText(dictionary, key)}
  </h2>`;
}

/** What the platform will be able to do. */
function renderGrant({ options, dictionary }: ViewContext): TemplateResult {
  const lines = permissions(options?.platformScope ?? '', dictionary);
  return html`<div part="grant" class="stack">
    <p>${renderText(dictionary, lines.length ? 'grant' : 'grantAll')}</p>
    ${
      lines.length
        ? html`<ul>
            ${lines.map((line) => html`<li>${renderMark('check')}<span .textContent=${line}></span></li>`)}
          </ul>`
        : nothing
    }
    <p class="muted">${renderText(dictionary, 'grantLasts')}</p>
  </div>`;
}

/** Which company gets connected to which account, in one sentence right above the button. */
function renderSentence({ account, dictionary }: ViewContext, company: string | undefined) {
  if (!account) return nothing;
  return renderText(dictionary, company ? 'connectCompany' : 'connectYours', {
    company: company ?? '',
    account,
  });
}

/** What was connected before: a company that was just disconnected, or a binding that no longer works. */
function renderPast(context: ViewContext, former: FormerBinding | null | undefined) {
  const { state, dictionary } = context;
  const disconnected = disconnectedIn(state);
  if (disconnected) {
    return html`<div class="box">
      ${renderMark('check')}
      <p>${renderText(dictionary, 'disconnected', { company: disconnected })}</p>
    </div>`;
  }
  if (!former) return nothing;
  const company = former.companyName;
  const key = former.status === 'lost' ? 'bindingLost' : 'bindingUnreachable';
  return html`<div class="box danger">
    ${renderMark('alert')}
    <p>${renderText(dictionary, key, { company })}</p>
  </div>`;
}

/**
 * The card of every state before `connected`. The buttons handle clicks, because a sandboxed frame without `allow-forms` never
 * fires `submit`; `submit` is handled only for scripts that submit the form. In every browser, Enter in the field clicks the
 * button, except while an input method composes.
 */
export function renderFrame(context: ViewContext, content: FrameContent): TemplateResult {
  const { who, failure = nothing, company, field = nothing, main, quiet } = content;
  return html`${renderNames(context)} ${renderHeading(context, 'heading')}
    ${renderPast(context, context.options?.formerBinding)} ${renderGrant(context)}
    <form part="form" class="stack act" novalidate>
      ${who} ${failure}
      <p class="sentence">${renderSentence(context, company)}</p>
      ${field} ${main && html`<div class="main">${main}</div>`}
      ${quiet && html`<div class="muted quiet">${quiet}</div>`}
    </form>`;
}
