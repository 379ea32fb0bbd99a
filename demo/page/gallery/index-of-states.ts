import { byId, make } from '../dom.js';
import { link } from '../link.js';
import type { Cell } from './cell.js';
import { cells, groups, idOf } from './groups.js';

/** Shows a link to each state alone, and from there to the previous and next ones. */
export function showIndex(current: Cell | undefined): void {
  byId('states').replaceChildren(
    ...groups.map(({ name, cells }) => {
      const items = cells.map((cell) => {
        const anchor = stateLink(cell, cell.name);
        if (cell === current) anchor.setAttribute('aria-current', 'page');
        return make('li', {}, anchor);
      });
      return make('section', {}, make('h3', {}, name), make('ul', {}, ...items));
    }),
  );
  if (!current) return;
  byId<HTMLDetailsElement>('index').open = false;
  byId('gallery-title').textContent = current.name;
  const index = cells.indexOf(current);
  const all = make('a', { class: 'button' }, 'All states');
  link(all, (settings) => settings.with({ state: null }));
  const around = [cells.at(index - 1)!, cells[(index + 1) % cells.length]!].map((cell, place) => {
    const anchor = stateLink(cell, place === 0 ? 'Previous' : 'Next');
    anchor.className = 'button';
    anchor.rel = place === 0 ? 'prev' : 'next';
    anchor.title = cell.name;
    return anchor;
  });
  byId('around').replaceChildren(...around, all);
}

export function stateLink(cell: Cell, text: string): HTMLAnchorElement {
  const anchor = make('a', {}, text);
  link(anchor, (settings) => settings.with({ state: idOf(cell) }));
  return anchor;
}
