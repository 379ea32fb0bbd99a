import { byId, make } from './dom.js';
import { link } from './link.js';
import type { Scenario } from './scenarios/scenario.js';
import { groups } from './scenarios/scenarios.js';

/** All scenarios as links, and what should happen in this one. */
export function showScenario(current: Scenario): void {
  byId('scenario-name').textContent = current.name;
  byId('scenario-expect').textContent = current.expect;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  byId<HTMLDetailsElement>('scenarios').open = document.body.clientWidth >= 75 * rem; // beside the page then
  byId('scenario-links').replaceChildren(
    ...groups.flatMap(({ name, scenarios }) => {
      const links = scenarios.map((scenario) => {
        const anchor = make('a', scenario === current ? { 'aria-current': 'page' } : {}, scenario.name);
        link(anchor, (settings) => settings.forScenario(scenario));
        return make('li', {}, anchor);
      });
      return [make('h3', {}, name), make('ul', {}, ...links)];
    }),
  );
  const here = byId('scenario-links').querySelector<HTMLElement>('[aria-current]');
  byId('scenarios').scrollTop = (here?.offsetTop ?? 0) - innerHeight / 3;
}
