import { byId, make } from './dom.js';

export interface LogLine {
  /** ISO 8601. */
  readonly time: string;
  readonly title: string;
  readonly text: string;
  /** Everything there is to know, for who opens the line and for a bug report. */
  readonly detail: unknown;
  readonly tone?: 'good' | 'bad' | 'quiet' | undefined;
}

/** A list that grows, with a filter; `id` is that of its section in index.html. */
export class Log {
  readonly #lines: LogLine[] = [];
  readonly #section: HTMLElement;
  readonly #list = make('ol');
  readonly #frame: HTMLElement;
  readonly #filter: HTMLInputElement;

  constructor(id: string) {
    this.#section = byId(id);
    const name = this.#section.querySelector('h2')?.textContent ?? id;
    this.#frame = make(
      'div',
      { class: 'lines', tabindex: '0', role: 'region', 'aria-label': name },
      this.#list,
    );
    this.#filter = make('input', { type: 'search', placeholder: 'Filter', 'aria-label': `Filter: ${name}` });
    this.#filter.addEventListener('input', () => {
      for (const item of this.#list.children) this.#sift(item as HTMLElement);
    });
    this.#section.append(this.#filter, this.#frame);
  }

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  add(line: LogLine): void {
    this.#lines.push(line);
    const { time, title, text, detail, tone = '' } = line;
    const item = make(
      'li',
      { 'data-tone': tone },
      make(
        'details',
        {},
        make(
          'summary',
          {},
          make('time', { datetime: time }, time.slice(11, 23)),
          ' ',
          make('code', {}, title),
          ' ',
          make('span', {}, text),
        ),
        make('pre', {}, JSON.stringify(detail, null, 2)),
      ),
    );
    this.#sift(item);
    this.#list.append(item);
    if (tone !== 'quiet') this.#frame.scrollTop = this.#frame.scrollHeight;
  }

  #sift(item: HTMLElement): void {
    item.hidden = !item.textContent.toLowerCase().includes(this.#filter.value.trim().toLowerCase());
  }
}
