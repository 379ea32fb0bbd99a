import type { Scenario, ScenarioGroup } from './scenario.js';

const firstVisit: Scenario = {
  id: 'first-visit',
  name: 'First visit',
  expect: 'Nobody has signed in: sign in as Dana Reyes, enter a company name and connect.',
};

export const groups: readonly ScenarioGroup[] = [
  {
    name: 'Sign in',
    scenarios: [
      firstVisit,
      { id: 'dealer-app-token', name: 'Dealer-app token', expect: 'x', signIn: { kind: 'dealer-app' } },
    ],
  },
];

const scenarios = groups.flatMap((group) => group.scenarios);

export function scenarioOf(id: string): Scenario {
  return scenarios.find((scenario) => scenario.id === id) ?? firstVisit;
}
