import { byId, make } from './dom.js';
import type { Scenario } from './scenarios/scenario.js';
import { groups } from './scenarios/scenarios.js';
import type { Settings } from './settings.js';

/** All scenarios as links, and what should happen in this one. */
export function showScenario(settings: Settings, current: Scenario): void {
  byId('scenario-name').textContent = current.name;
  byId('scenario-expect').textContent = current.expect;
  byId<HTMLDetailsElement>('scenarios').open = matchMedia('(min-width: 75rem)').matches;
  byId('scenario-links').replaceChildren(
    ...groups.flatMap(({ name, scenarios }) => {
      const links = scenarios.map((scenario) => {
        const attributes = { href: settings.forScenario(scenario).href };
        const isCurrent = scenario === current;
        const link = make(
          'a',
          isCurrent ? { ...attributes, 'aria-current': 'page' } : attributes,
          scenario.name,
        );
        return make('li', {}, link);
      });
      return [make('h3', {}, name), make('ul', {}, ...links)];
    }),
  );
  const link = byId('scenario-links').querySelector<HTMLElement>('[aria-current]');
  byId('scenarios').scrollTop = (link?.offsetTop ?? 0) - innerHeight / 3;
}
