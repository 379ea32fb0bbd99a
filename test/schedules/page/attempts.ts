import type { Display } from './display.js';

/** One attempt of an element, and what was displayed when a person asked for it. */
export interface Attempt {
  readonly id: string;
  readonly kind: 'connect' | 'disconnect';
  /** The platform's id, as its first event says. */
  readonly account: string;
  readonly presses: readonly Display[];
  ended: number;
}

let count = 0;

/** Follows the attempts of one element by its events. */
export class Attempts {
  readonly all: Attempt[] = [];
  /** Ends of attempts that had none to end. */
  readonly faults: string[] = [];
  /** What was displayed at each press since the last attempt of that kind. */
  readonly #presses: Record<Attempt['kind'], Display[]> = { connect: [], disconnect: [] };
  /** The press that is being made in this very moment. */
  #current?: Display;

  constructor(element: HTMLElement) {
    const listen = (name: string, handle: (detail: Detail) => void) =>
      element.addEventListener(name, (event) => handle((event as CustomEvent<Detail>).detail));
    listen('chekt-before-connect', ({ externalDealerId }) => this.#begin('connect', externalDealerId));
    listen('chekt-before-disconnect', ({ binding }) => this.#begin('disconnect', binding?.externalDealerId));
    listen('chekt-connected', () => this.#end('connect', 'chekt-connected'));
    listen('chekt-disconnected', () => this.#end('disconnect', 'chekt-disconnected'));
    listen('chekt-error', () => {
      // without an attempt it is the authorization or the configuration that has failed
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
    if (this.open.length > 0) this.faults.push('an attempt began while another one ran');
    // a press may wait for a question that is open: then the attempt is of one of the presses since
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
