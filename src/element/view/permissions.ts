import type { Dictionary } from '../i18n/messages.js';

const VERBS = ['read', 'create', 'update', 'delete'] as const;
const RESOURCES = ['dealer', 'sites', 'devices', 'site_contacts', 'monitoring_stations'] as const;

/** Scopes in plain words, grouped by resource: `create:sites read:sites` → `View and add your sites`. Unknown scopes are kept. */
export function permissions(scope: string, dictionary: Dictionary): string[] {
  const scopes = new Set(scope.split(/\s+/).filter(Boolean));
  const lines = RESOURCES.flatMap((resource) => {
    const verbs = VERBS.filter((verb) => scopes.delete(`${verb}:${resource}`)).map((verb) =>
      dictionary.text(`verb.${verb}`),
    );
    if (!verbs.length) return [];
    const line = dictionary.text('permission', {
      verbs: list(verbs, dictionary),
      resource: dictionary.text(`resource.${resource}`),
    });
    return [line.charAt(0).toLocaleUpperCase(dictionary.lang) + line.slice(1)];
  });
  return [...lines, ...scopes];
}

/** Not by `Intl.ListFormat`, whose first use costs more than the whole first render: docs/decisions/start-costs.md. */
function list(items: readonly string[], dictionary: Dictionary): string {
  const last = items.at(-1)!;
  return items.length > 1 ? dictionary.text('and', { items: items.slice(0, -1).join(', '), last }) : last;
}
