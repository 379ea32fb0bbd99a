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
      verbs: new Intl.ListFormat(dictionary.lang).format(verbs),
      resource: dictionary.text(`resource.${resource}`),
    });
    return [line.charAt(0).toLocaleUpperCase(dictionary.lang) + line.slice(1)];
  });
  return [...lines, ...scopes];
}
