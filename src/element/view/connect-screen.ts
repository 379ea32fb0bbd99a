import { html, nothing, type TemplateResult } from 'lit';
import { remaining } from '../../partner-api/moment.js';
import { isPaused, type State } from '../../session/state.js';
import type { Messages } from '../i18n/messages.js';
import { renderAuthorize } from './authorize-link.js';
import type { ViewContext } from './context.js';
import { renderFailure } from './failure.js';
import { renderFrame } from './frame.js';
import { renderMark } from './mark.js';
import { isNameRefused, failureOutcome, type MainAction } from './failure-outcome.js';
import { signedInNow } from './signed-in-now.js';
import { renderText, type Sentence } from './text.js';

type Part = TemplateResult | typeof nothing;
type FormState = Extract<State, { name: 'authorized' | 'connecting' }>;

/** Milliseconds: the end of a sign-in is only mentioned this long before it. */
const END_NOTICE = 5 * 60_000;

/** Whether the sign-in has expired while it was displayed. */
export function hasEnded({ signIn }: FormState): boolean {
  return !signIn.cameExpired && remaining(signIn.expiry) <= 0;
}

/** What the main button does: connect, under whichever label, or lead to another sign-in. */
function actionOf(context: ViewContext, state: FormState): MainAction {
  const failure = state.failure;
  const { action } = failure
    ? failureOutcome(state, failure, context.companyName)
    : ({ action: 'connect' } as const);
  return state.name === 'authorized' && hasEnded(state) && action !== 'check-again' ? 'sign-in' : action;
}

const labels: Readonly<Partial<Record<MainAction, keyof Messages>>> = {
  'check-again': 'checkAgain',
  'try-again': 'tryAgain',
  'ask-again': 'tryAgain',
};

function renderMain(context: ViewContext, state: FormState, action: MainAction) {
  const { dictionary, disabled, on } = context;
  if (action === 'none') return nothing;
  if (action === 'sign-in') return renderAuthorize(context, 'expired', 'main');
  if (action === 'switch-account') return renderAuthorize(context, 'switch', 'main');
  const isConnecting = state.name === 'connecting';
  return html`<button
    part="button button-primary connect-button"
    class=${isConnecting ? 'button primary busy' : 'button primary'}
    aria-disabled=${isConnecting || disabled || isPaused(state.failure) ? 'true' : nothing}
    @click=${on.connect}
    .textContent=${dictionary.text(isConnecting ? 'connecting' : (labels[action] ?? 'connect'))}
  ></button>`;
}

function problemOf(state: FormState): keyof Messages | undefined {
  if (state.name === 'authorized' && state.nameMissing) return 'companyNameMissing';
  return isNameRefused(state.failure) ? 'companyNameRefused' : undefined;
}

/** The field is shown if the company name was typed or has to be. A name that the sign-in gives needs no field. */
function isFieldOpen({ companyName }: ViewContext, state: FormState): boolean {
  const { signIn, draft } = state;
  return !signIn.authorization.companyName || !companyName || !!draft || !!problemOf(state);
}

function renderField(context: ViewContext, state: FormState): TemplateResult {
  const { dictionary, companyName, disabled, on } = context;
  const problem = problemOf(state);
  const error = problem ? renderText(dictionary, problem) : nothing;
  return html`<div class="stack">
    <label part="form-control-label" for="company-name">${renderText(dictionary, 'companyName')}</label>
    <input
      part="form-control-input"
      id="company-name"
      dir=${companyName ? 'auto' : nothing}
      autocomplete="organization"
      autocapitalize="words"
      enterkeyhint="go"
      data-1p-ignore
      data-lpignore="true"
      data-bwignore
      required
      aria-describedby="company-name-error company-name-help"
      aria-invalid=${problem ? 'true' : nothing}
      ?readonly=${state.name === 'connecting'}
      ?disabled=${disabled}
      @input=${on.input}
      @change=${on.input}
    />
    <p part="form-control-error" class="bad" id="company-name-error">${error}</p>
    <p part="form-control-help" class="muted" id="company-name-help">
      ${renderText(dictionary, 'companyNameHelp')}
    </p>
  </div>`;
}

/** The end of the sign-in, also when it is near, or that another person has just signed in. */
function noteOf({ dictionary }: ViewContext, state: FormState): Sentence | undefined {
  const left = remaining(state.signIn.expiry);
  if (hasEnded(state)) return ['title.unauthorized'];
  if (left > 0 && left <= END_NOTICE) return ['signInEnds', { time: dictionary.duration(left) }];
  return state.name === 'authorized' && state.changed ? signedInNow(state) : undefined;
}

/** The company and the person who are signed in. */
function renderWho(context: ViewContext, state: FormState, change: Part): TemplateResult {
  const { dictionary } = context;
  const { signIn } = state;
  const { name, email, companyName, dealerId } = signIn.authorization;
  const dealer = companyName || !dealerId ? undefined : `${dictionary.text('dealerId')} ${dealerId}`;
  const [first, ...rest] = [companyName, name, email, dealer].filter(Boolean);
  const note = noteOf(context, state);
  const others = rest.map((text) => html`<span><bdi .textContent=${text}></bdi></span>`);
  return html`<div part="authorization" class="box">
    ${renderMark('person')}
    <div>
      <div class="first">
        <p class="strong"><bdi .textContent=${first ?? dictionary.text('signedIn')}></bdi></p>
        ${change}
      </div>
      <p class="muted people">${others}</p>
      ${note ? html`<p class=${hasEnded(state) ? 'strong' : 'muted'}>${renderText(dictionary, ...note)}</p>` : nothing}
    </div>
  </div>`;
}

/** The button that opens the field, so that the person can correct the company name. */
function renderChange({ dictionary, disabled, on }: ViewContext, state: FormState): TemplateResult {
  return html`<button
    type="button"
    part="link"
    class="link"
    aria-disabled=${disabled || state.name === 'connecting' ? 'true' : nothing}
    aria-label=${`${dictionary.text('change')}: ${dictionary.text('companyName')}`}
    @click=${on.change}
    .textContent=${dictionary.text('change')}
  ></button>`;
}

/** Connecting takes one click if the sign-in gives the company name; else the name has to be entered first. */
export function renderConnect(context: ViewContext, state: FormState): TemplateResult {
  const { dictionary, companyName } = context;
  const isSlow = state.name === 'connecting' && state.slow;
  const action = actionOf(context, state);
  const canConnect = !['sign-in', 'switch-account', 'none'].includes(action);
  const isOpen = isFieldOpen(context, state);
  const hasField = isOpen && canConnect;
  return renderFrame(context, {
    who: renderWho(context, state, isOpen || !canConnect ? nothing : renderChange(context, state)),
    failure: renderFailure(context, state.failure),
    company: hasField ? undefined : companyName,
    field: hasField ? renderField(context, state) : nothing,
    main: renderMain(context, state, action),
    quiet:
      action === 'switch-account'
        ? undefined
        : isSlow
          ? renderText(dictionary, 'stillWorking')
          : html`${renderText(dictionary, 'notYou')} ${renderAuthorize(context, 'switch', 'link')}`,
  });
}
