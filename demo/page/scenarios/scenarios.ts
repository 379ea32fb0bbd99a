import { connected } from './connected.js';
import { connecting } from './connecting.js';
import { platform } from './platform.js';
import type { Scenario } from './scenario.js';
import { signingIn } from './signing-in.js';
import { troubles } from './troubles.js';

export const groups: readonly { readonly name: string; readonly scenarios: readonly Scenario[] }[] = [
  { name: 'Signing in with CHeKT', scenarios: signingIn },
  { name: 'Connecting', scenarios: connecting },
  { name: 'Troubles on the way', scenarios: troubles },
  { name: 'Connected', scenarios: connected },
  { name: 'The platform’s side', scenarios: platform },
];

export const scenarios: readonly Scenario[] = groups.flatMap((group) => group.scenarios);

/** Finds a scenario by its id, or returns the first one. */
export function scenarioOf(id: string): Scenario {
  return scenarios.find((scenario) => scenario.id === id) ?? scenarios[0]!;
}
