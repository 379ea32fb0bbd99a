import { html, nothing, type TemplateResult } from 'lit';
import type { State } from '../connection/state.js';
import type { ViewContext } from './context.js';
import { renderConnectForm } from './connect-form.js';
import { permissionsOf } from './grant.js';
import { signInOf } from './sign-in.js';

type StepState = Exclude<State, { binding: unknown }>;

/**
 * The two steps: sign in, then connect. Nearly all of it is one template with texts that may be empty, because a template inside
 * another one costs as much as ten texts, and this is what a page starts with.
 */
export function renderSteps(context: ViewContext, state: StepState): TemplateResult {
  const { config, dictionary } = context;
  const { sentence, person, company, time, next, change } = signInOf(context);
  const [first, second, third, ...others] = permissionsOf(context);
  return html`<p
      class="done"
      .textContent=${
        'disconnected' in state && state.disconnected
          ? dictionary.text('disconnected', { company: state.disconnected })
          : ''
      }
    ></p>
    <div class="boxes">
      <section part="authorization">
        <h3>${dictionary.text('yourSignIn')}</h3>
        <p .textContent=${sentence}></p>
        <dl>
          <div>
            <dt .textContent=${dictionary.text('signedInAs')}></dt>
            <dd><bdi .textContent=${person}></bdi></dd>
          </div>
          <div>
            <dt .textContent=${dictionary.text('signedInFor')}></dt>
            <dd><bdi .textContent=${company}></bdi></dd>
          </div>
          <div>
            <dt .textContent=${dictionary.text('signInLasts')}></dt>
            <dd><bdi .textContent=${time}></bdi></dd>
          </div>
        </dl>
        ${next ?? nothing} ${change ?? nothing}
      </section>
      <section>
        <h3>${dictionary.text('whatConnectGives')}</h3>
        <p .textContent=${dictionary.text('grant')}></p>
        <ul>
          <li .textContent=${first}></li>
          <li .textContent=${second}></li>
          <li .textContent=${third}></li>
          ${others.map((line) => html`<li .textContent=${line}></li>`)}
        </ul>
        <p class="muted">
          ${dictionary.text('platformAccount')}: <bdi .textContent=${config?.accountName}></bdi>
        </p>
      </section>
    </div>
    ${
      'authorization' in state
        ? renderConnectForm(context, state)
        : html`<section class="muted later" .textContent=${dictionary.text('stepConnect')}></section>`
    }`;
}
