import { byId, make } from './dom.js';
import { link } from './link.js';
import type { Scenario } from './scenarios/scenario.js';
import { groups, scenarios } from './scenarios/scenarios.js';

/** Shows the steps of this scenario, links to the previous and next ones, and the list of all. */
export function showScenario(current: Scenario): void {
  document.title = `${current.name} – CHeKT at Northwind Cloud`;
  byId('scenario-name').textContent = current.name;
  byId('scenario-steps').textContent = current.steps;
  const index = scenarios.indexOf(current);
  step('previous', scenarios.at(index - 1));
  step('next', scenarios[(index + 1) % scenarios.length]);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  byId<HTMLDetailsElement>('scenarios').open = document.body.clientWidth >= 75 * rem; // wide enough to be beside the page
  byId('scenario-links').replaceChildren(
    ...groups.map(({ name, scenarios }) => {
      const items = scenarios.map((scenario) => {
        const anchor = make('a', scenario === current ? { 'aria-current': 'page' } : {}, scenario.name);
        link(anchor, (settings) => settings.forScenario(scenario));
        return make(
          'li',
          { 'data-words': wordsOf(scenario, name), 'data-steps': scenario.steps },
          anchor,
          make('small', {}),
        );
      });
      return make('section', {}, make('h3', {}, name), make('ul', {}, ...items));
    }),
  );
  const here = byId('scenario-links').querySelector<HTMLElement>('[aria-current]');
  byId('scenarios').scrollTop = (here?.offsetTop ?? 0) - innerHeight / 3;
  search();
}

function step(id: 'previous' | 'next', scenario: Scenario | undefined): void {
  if (!scenario) return;
  const anchor = byId<HTMLAnchorElement>(id);
  anchor.title = scenario.name;
  link(anchor, (settings) => settings.forScenario(scenario));
}

/** Shows the scenarios whose name, steps or expectations contain every typed word, in any order. */
function search(): void {
  const field = byId<HTMLInputElement>('search');
  const sections = [...byId('scenario-links').children] as HTMLElement[];
  const items = [...byId('scenario-links').querySelectorAll('li')];
  field.addEventListener('input', () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of items) {
      item.hidden = !wanted.every((word) => item.dataset.words?.includes(word));
      // tells the few that are left apart
      item.querySelector('small')!.textContent = wanted.length ? (item.dataset.steps ?? '') : '';
    }
    for (const section of sections) section.hidden = !section.querySelector('li:not([hidden])');
    const found = items.filter(({ hidden }) => !hidden).length;
    const hits = found ? `${found} of ${items.length}` : 'No scenario. Try another word.';
    byId('found').textContent = wanted.length ? hits : '';
  });
  field.addEventListener('keydown', ({ key }) => {
    const first = items.find(({ hidden }) => !hidden)?.querySelector('a');
    if (key === 'Enter' && field.value.trim()) first?.click();
    if (key === 'ArrowDown') first?.focus();
  });
}

function wordsOf({ id, name, steps, expect }: Scenario, group: string): string {
  return [id, name, group, steps, ...expect].join(' ').toLowerCase();
}
