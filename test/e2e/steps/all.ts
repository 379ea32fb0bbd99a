import { groups } from '../../../demo/page/scenarios/scenarios.js';
import type { Steps } from '../scenario-tests.js';
import { connected } from './connected.js';
import { connecting } from './connecting.js';
import { former } from './former.js';
import { otherAccount, otherPerson } from './other-tab.js';
import { platform } from './platform.js';
import { signingIn } from './signing-in.js';
import { troubles } from './troubles.js';

export const allSteps: Steps = {
  ...signingIn,
  ...otherPerson,
  ...connecting,
  ...troubles,
  ...connected,
  ...former,
  ...platform,
  ...otherAccount,
};

/** The steps of one group, in the order in which the page lists its scenarios. */
export function stepsOf(name: string): Steps {
  const ids = groups.find((group) => group.name === name)?.scenarios.map(({ id }) => id) ?? [];
  return Object.fromEntries(ids.flatMap((id) => (allSteps[id] ? [[id, allSteps[id]] as const] : [])));
}
