import { html, nothing, type TemplateResult } from 'lit';
import type { Dictionary } from '../i18n/messages.js';
import type { ViewContext } from './context.js';

const VERBS = ['read', 'create', 'update', 'delete'] as const;
const RESOURCES = ['dealer', 'sites', 'devices', 'site_contacts', 'monitoring_stations'] as const;

/** Scopes in plain words, grouped by what they are about: `create:sites read:sites` → `View and add sites`. */
export function permissions(scope: string, dictionary: Dictionary): string[] {
  const scopes = new Set(scope.split(/\s+/).filter(Boolean));
  const lines = RESOURCES.flatMap((resource) => {
    const verbs = VERBS.filter((verb) => scopes.delete(`${verb}:${resource}`));
    if (!verbs.length) return [];
    const line = dictionary.text('permission', {
      verbs: dictionary.list(verbs.map((verb) => dictionary.text(`verb.${verb}`))),
      resource: dictionary.text(`resource.${resource}`),
    });
    return [line.charAt(0).toLocaleUpperCase(dictionary.lang) + line.slice(1)];
  });
  return [...lines, ...[...scopes].map((name) => dictionary.text('otherPermission', { name }))];
}

/** "What Connect gives": what the platform may do, and for how long. */
export function renderGrant({ config, dictionary }: ViewContext): TemplateResult | typeof nothing {
  if (!config) return nothing;
  const lines = permissions(config.platformScope, dictionary);
  return html`<section>
    <h3>${dictionary.text('whatConnectGives')}</h3>
    <p>${dictionary.text('grant')}</p>
    ${
      lines.length
        ? html`<ul>
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>`
        : nothing
    }
    <p class="muted">${dictionary.text('platformAccount')}: <bdi>${config.externalDealerId}</bdi></p>
  </section>`;
}
