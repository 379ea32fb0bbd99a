import type { Display } from './display.js';

/** One attempt of an element, and what was displayed at the press. */
export interface Attempt {
  readonly id: string;
  readonly kind: 'connect' | 'disconnect';
  /** The external dealer id in its first event. */
  readonly account: string;
  readonly presses: readonly Display[];
  ended: number;
}

let count = 0;

/** Follows the attempts of one element by its events. */
export class Attempts {
  readonly all: Attempt[] = [];
  /** Events that fit no attempt, such as the end of one that never began. */
  readonly faults: string[] = [];
  /** What was displayed at each press since the last attempt of that kind. */
  readonly #presses: Record<Attempt['kind'], Display[]> = { connect: [], disconnect: [] };
  /** The press that is being dispatched. */
  #current?: Display;

  constructor(element: HTMLElement) {
    const listen = (name: string, handle: (detail: Detail) => void) =>
      element.addEventListener(name, (event) => handle((event as CustomEvent<Detail>).detail));
    listen('chekt-before-connect', ({ externalDealerId }) => this.#begin('connect', externalDealerId));
    listen('chekt-before-disconnect', ({ binding }) => this.#begin('disconnect', binding?.externalDealerId));
    listen('chekt-connected', () => this.#end('connect', 'chekt-connected'));
    listen('chekt-disconnected', () => this.#end('disconnect', 'chekt-disconnected'));
    listen('chekt-error', () => {
      // without an attempt, the authorization or the configuration has failed
      for (const attempt of this.open) attempt.ended += 1;
    });
  }

  get open(): Attempt[] {
    return this.all.filter(({ ended }) => ended === 0);
  }

  press(kind: Attempt['kind'], display: Display, click: () => void): void {
    this.#presses[kind].push(display);
    this.#current = display;
    click();
    this.#current = undefined;
  }

  #begin(kind: Attempt['kind'], account = ''): void {
    if (this.open.length > 0) this.faults.push('two attempts ran at the same time');
    // a press may wait for an open question; the attempt then belongs to one of the presses since
    const all = this.#presses[kind];
    const presses = this.#current ? [this.#current] : kind === 'connect' ? all : all.slice(-1);
    this.all.push({ id: `attempt-${++count}`, kind, account, presses, ended: 0 });
    this.#presses[kind] = [];
  }

  #end(kind: Attempt['kind'], event: string): void {
    const attempt = this.open.find((open) => open.kind === kind);
    if (attempt) attempt.ended += 1;
    else this.faults.push(`${event} ended no attempt`);
  }
}

interface Detail {
  readonly externalDealerId?: string;
  readonly binding?: { readonly externalDealerId?: string };
}
