import { html, nothing, type TemplateResult } from 'lit';
import { disconnectedIn } from '../../session/state.js';
import type { ViewContext } from './context.js';
import { renderMark, renderWarning } from './mark.js';
import { permissions } from './permissions.js';
import { renderText, type Sentence } from './text.js';

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

/** The main heading. Its level, for screen readers, is set by the host. */
export function renderHeading({ options, dictionary }: ViewContext, key: 'heading' | 'headingConnected') {
  const level = options?.headingLevel ?? 2;
  return html`<h2 part="heading" id="heading" tabindex="-1" aria-level=${level === 2 ? nothing : level}>
    ${renderText(dictionary, key)}
  </h2>`;
}

/** Which company gets connected to which account, in one sentence right above the button. */
function renderSentence({ account, dictionary }: ViewContext, company: string | undefined) {
  if (!account) return nothing;
  return renderText(dictionary, company ? 'connectCompany' : 'connectYours', {
    company: company ?? '',
    account,
  });
}

/** The sentence about a binding that no longer works, unless something newer is displayed in its place. */
export function formerBindingIn({ state, options }: ViewContext): Sentence | undefined {
  const former = options?.formerBinding;
  if (!former || 'binding' in state || disconnectedIn(state)) return undefined;
  const key = former.status === 'lost' ? 'bindingLost' : 'bindingUnreachable';
  return [key, { company: former.companyName }];
}

/** What was connected before: a company that was just disconnected, or a binding that no longer works. */
function renderPast(context: ViewContext) {
  const { state, dictionary } = context;
  const company = disconnectedIn(state);
  if (company) {
    return html`<div class="box">
      ${renderMark('check')}
      <p>${renderText(dictionary, 'disconnected', { company })}</p>
    </div>`;
  }
  const former = formerBindingIn(context);
  return former ? renderWarning(dictionary, former) : nothing;
}

/**
 * The card of every state before `connected`. The buttons handle clicks, because a sandboxed frame without `allow-forms` never
 * fires `submit`; `submit` is handled only for scripts that submit the form. In every browser, Enter in the field clicks the
 * button, except while an input method composes.
 */
export function renderFrame(context: ViewContext, content: FrameContent): TemplateResult {
  const { who, failure = nothing, company, field = nothing, main, quiet } = content;
  const { options, dictionary } = context;
  const lines = permissions(options?.platformScope ?? '', dictionary);
  const items = lines.map(
    (line) =>
      html`<li>
        ${renderMark('check')}<span><bdi .textContent=${line}></bdi></span>
      </li>`,
  );
  return html`<div class="names" aria-hidden="true">
      <span class="tile">CHeKT</span><i></i
      ><span class="tile"
        ><slot name="logo"><bdi .textContent=${dictionary.platform}></bdi></slot
      ></span>
    </div>
    ${renderHeading(context, 'heading')} ${renderPast(context)}
    <div part="grant" class="stack">
      <p>${renderText(dictionary, lines.length ? 'grant' : 'grantAll')}</p>
      <ul>
        ${items}
      </ul>
      <p class="muted">${renderText(dictionary, 'grantLasts')}</p>
    </div>
    <form part="form" class="stack act" novalidate>
      ${who} ${failure}
      <p class="sentence">${renderSentence(context, company)}</p>
      ${field}
      <div class="main" ?hidden=${!main}>${main}</div>
      <div class="muted quiet" ?hidden=${!quiet}>${quiet}</div>
    </form>`;
}
