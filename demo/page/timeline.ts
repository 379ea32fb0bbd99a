import { byId, make } from './dom.js';
import type { Scenario } from './scenarios/scenario.js';

/** `page`: an event of the element, or a request that it makes. `chekt`: a request as the sandbox sees it. */
export type Source = 'page' | 'chekt';

const names: Readonly<Record<Source, string>> = { page: 'Page', chekt: 'CHeKT' };

export interface Entry {
  readonly source: Source;
  /** ISO 8601. */
  readonly time: string;
  readonly title: string;
  readonly text: string;
  /** All details, shown when the entry is opened and included in a report. */
  readonly detail: unknown;
  /** `quiet` entries come from this page's own panels and are shown only on request. */
  readonly tone?: 'good' | 'bad' | 'quiet' | undefined;
}

/** What happened on the page and at CHeKT, in chronological order, with filters for side and text. */
export class Timeline {
  readonly #entries: Entry[] = [];
  readonly #list = byId('timeline');
  readonly #frame = byId('timeline-frame');
  readonly #filter = byId<HTMLInputElement>('filter');
  readonly #side = byId<HTMLSelectElement>('side');

  constructor({ text, side }: NonNullable<Scenario['filter']> | { text: ''; side: 'both' }) {
    this.#filter.value = text;
    this.#side.value = side;
    const sift = () => {
      for (const [index, item] of [...this.#list.children].entries()) {
        (item as HTMLElement).hidden = !this.#isWanted(this.#entries[index]!, item);
      }
    };
    this.#filter.addEventListener('input', sift);
    this.#side.addEventListener('change', sift);
  }

  /** All entries, but for those of the page's own panels unless they are shown: they are not the element's. */
  get shown(): readonly Entry[] {
    return this.#entries.filter(({ tone }) => tone !== 'quiet' || this.#side.value === 'everything');
  }

  /** Inserts an entry by its time, because the sandbox's entries arrive a little later than the page's. */
  add(entry: Entry): void {
    const index = this.#entries.findLastIndex(({ time }) => time <= entry.time) + 1;
    const item = itemOf(entry);
    item.hidden = !this.#isWanted(entry, item);
    this.#list.insertBefore(item, this.#list.children[index] ?? null);
    this.#entries.splice(index, 0, entry);
    if (!item.hidden) this.#frame.scrollTop = this.#frame.scrollHeight;
  }

  #isWanted({ source, tone }: Entry, item: Element): boolean {
    const side = this.#side.value;
    const isOfSide = side === 'everything' || (tone !== 'quiet' && (side === 'both' || side === source));
    return (
      isOfSide && (item.textContent ?? '').toLowerCase().includes(this.#filter.value.trim().toLowerCase())
    );
  }
}

function itemOf({ source, time, title, text, detail, tone }: Entry): HTMLElement {
  const summary = make(
    'summary',
    {},
    make('time', { datetime: time }, time.slice(11, 23)),
    ' ',
    make('span', { class: 'source' }, names[source]),
    ' ',
    make('code', {}, title),
    ' ',
    make('span', {}, text),
  );
  const all = make('pre', {}, JSON.stringify(detail, null, 2));
  return make('li', { 'data-source': source, 'data-tone': tone ?? '' }, make('details', {}, summary, all));
}
