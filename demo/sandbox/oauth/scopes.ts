const identityScopes = ['openid', 'profile', 'email'] as const;

const userScopes = [
  'read:dealer',
  'update:dealer',
  'create:sites',
  'read:sites',
  'update:sites',
  'delete:sites',
  'create:devices',
  'read:devices',
  'update:devices',
  'delete:devices',
] as const;

const machineOnlyScopes = ['site_contacts', 'monitoring_stations'].flatMap((what) =>
  ['create', 'read', 'update', 'delete'].map((verb) => `${verb}:${what}`),
);

/** What a person can grant to a platform. */
export const USER_SCOPE = [...identityScopes, ...userScopes].join(' ');

/** What client credentials can carry. */
export const MACHINE_SCOPE = [...userScopes, ...machineOnlyScopes].join(' ');

/** All scopes of the Partner API. */
export const API_SCOPE = [...identityScopes, ...userScopes, ...machineOnlyScopes].join(' ');

const verbs: Record<string, string> = { read: 'view', create: 'add', update: 'edit', delete: 'delete' };
const things: Record<string, string> = {
  dealer: 'your company details',
  sites: 'your sites',
  devices: 'your devices',
  site_contacts: 'your site contacts',
  monitoring_stations: 'your monitoring stations',
};

/** Describes what the scopes allow, each in a plain phrase. */
export function describeScopes(scopes: readonly string[]): string[] {
  const sentences = new Set<string>();
  const verbsByThing = new Map<string, string[]>();
  for (const scope of scopes) {
    const [verb = '', thing = ''] = scope.split(':');
    if (scope === 'profile' || scope === 'email') sentences.add('View your name and e-mail address');
    else if (verbs[verb] && things[thing]) {
      verbsByThing.set(thing, [...(verbsByThing.get(thing) ?? []), verbs[verb]]);
    } else if (scope !== 'openid' && scope !== 'offline_access') sentences.add(`Other permission: ${scope}`);
  }
  for (const [thing, words] of verbsByThing) sentences.add(`${capitalize(list(words))} ${things[thing]}`);
  if (scopes.includes('offline_access')) sentences.add('Stay signed in for you while you finish');
  return [...sentences];
}

function list(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${last}` : last;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
