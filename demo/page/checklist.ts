import { byId, make } from './dom.js';
import type { Scenario } from './scenarios/scenario.js';

export interface Check {
  readonly text: string;
  readonly isTicked: boolean;
}

/**
 * The scenario's expectations, for the tester to tick off. The ticks of a run survive a reload and the round
 * trip to CHeKT's sign-in; Reset clears them.
 */
export class Checklist {
  readonly #key: string;
  readonly #boxes: readonly (readonly [string, HTMLInputElement])[];

  constructor({ id, expect }: Scenario, run: string) {
    this.#key = `ticked ${run} ${id}`;
    const ticked = new Set(sessionStorage.getItem(this.#key)?.split(','));
    this.#boxes = expect.map((text, index) => {
      const box = make('input', { type: 'checkbox' });
      box.checked = ticked.has(String(index));
      box.addEventListener('change', () => this.#keep());
      return [text, box] as const;
    });
    byId('checklist').replaceChildren(
      ...this.#boxes.map(([text, box]) => make('li', {}, make('label', {}, box, make('span', {}, text)))),
    );
    this.#count();
  }

  get checks(): readonly Check[] {
    return this.#boxes.map(([text, box]) => ({ text, isTicked: box.checked }));
  }

  #keep(): void {
    const ticked = this.#boxes.flatMap(([, box], index) => (box.checked ? [index] : []));
    sessionStorage.setItem(this.#key, ticked.join(','));
    this.#count();
  }

  #count(): void {
    const ticked = this.checks.filter(({ isTicked }) => isTicked).length;
    byId('checked').textContent = `${ticked} of ${this.#boxes.length}`;
  }
}
