import { html, nothing, type TemplateResult } from 'lit';
import type { Dictionary, Messages } from '../i18n/messages.js';
import type { ViewContext } from './context.js';

const VERBS: readonly (readonly [string, keyof Messages])[] = [
  ['read', 'verbRead'],
  ['create', 'verbCreate'],
  ['update', 'verbUpdate'],
  ['delete', 'verbDelete'],
];
const RESOURCES: Readonly<Record<string, keyof Messages>> = {
  dealer: 'resourceDealer',
  sites: 'resourceSites',
  devices: 'resourceDevices',
  site_contacts: 'resourceSiteContacts',
  monitoring_stations: 'resourceMonitoringStations',
};

/** Scopes in plain words, grouped by what they are about: `create:sites read:sites` → `View and add sites`. */
export function permissions(scope: string, dictionary: Dictionary): string[] {
  const scopes = new Set(scope.split(/\s+/).filter(Boolean));
  const lines = Object.entries(RESOURCES).flatMap(([name, resource]) => {
    const verbs = VERBS.filter(([verb]) => scopes.delete(`${verb}:${name}`));
    if (!verbs.length) return [];
    const line = dictionary.text('permission', {
      verbs: dictionary.list(verbs.map(([, verb]) => dictionary.text(verb))),
      resource: dictionary.text(resource),
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
