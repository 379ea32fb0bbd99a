import { fixtureSync, html } from '@open-wc/testing';
import '../../src/define.js';
import type { ChektConnectElement, ChektConnectError } from '../../src/index.js';
import { openField } from '../element/acting.js';
import { recordEvents } from '../element/fixture.js';
import { clearRealTimeout, setRealTimeout, setSpeed } from '../support/clock.js';
import { createWire, type RecordedRequest, type Wire } from '../wire/wire.js';
import { binding, success, type Row } from './row.js';
import { watchPage, type Witness } from './witness.js';

/**
 * With stalls or many repeats, a request has 1.2 s of real time; otherwise 2.4 s, to allow for a busy
 * machine.
 */
export function speedOf({ speed, answers = [], requests = 1, tries = 0 }: Row): number {
  const stalls = answers.some(
    ({ fault, preflight }) => preflight === 'stall' || fault?.kind === 'stall' || fault?.kind === 'drip',
  );
  return speed ?? (stalls || tries > 2 || Math.max(...[requests].flat()) > 2 ? 6.7 : 3.3);
}

const terminal = ['chekt-connected', 'chekt-disconnected', 'chekt-error'];

/** A row in progress: its server, its element, and what happens. */
export interface Scene {
  readonly row: Row;
  readonly wire: Wire;
  readonly element: ChektConnectElement;
  readonly events: CustomEvent[];
  readonly witness: Witness;
  /** The common part of every token in this row. */
  readonly secret: string;
  readonly token: (number: number) => string;
  readonly asks: string[];
  /** The terminal events so far. */
  endings(): CustomEvent[];
  names(): string[];
  lastError(): ChektConnectError | undefined;
  /** Resolves once the condition holds, which is checked after every event of the element. */
  until(what: string, holds: () => boolean): Promise<void>;
  /** The field, the buttons and the texts as a person finds them. */
  part<E extends HTMLElement = HTMLElement>(name: string): E | null;
  type(name: string): Promise<void>;
  press(part: string): Promise<void>;
  text(): string;
  /** The PUTs that arrived. */
  puts(): Promise<RecordedRequest[]>;
}

export async function setScene(row: Row): Promise<Scene> {
  setSpeed(speedOf(row));
  const wire = await createWire(row.answers ?? [success], row.wire);
  const secret = `canary${crypto.getRandomValues(new Uint32Array(2)).join('x')}`;
  const token = (number: number) => `${secret}.${number}`;
  const asks: string[] = [];
  const witness = watchPage();
  const element = document.createElement('chekt-connect');
  const events = recordEvents(element);
  Object.assign(element, {
    externalDealerId: 'adc-67890',
    platformName: 'Northwind Cloud',
    apiBaseUrl: wire.baseUrl,
    disconnectBaseUrl: wire.sameOriginBaseUrl,
    getAccessToken: async ({ reason }: { reason: string }) => token(asks.push(reason)),
    ...(row.operation === 'disconnect' && { binding }),
    ...row.host?.({ wire, token, asks }),
  });
  fixtureSync(html`<div>${element}</div>`);
  return {
    row,
    wire,
    element,
    events,
    witness,
    secret,
    token,
    asks,
    ...acting(element, events, wire, row.speed === 1 ? 18_000 : 9_000),
  };
}

function acting(element: ChektConnectElement, events: CustomEvent[], wire: Wire, patience: number) {
  const part = <E extends HTMLElement>(name: string) =>
    element.shadowRoot!.querySelector<E>(`[part~="${name}"]`);
  const endings = () => events.filter(({ type }) => terminal.includes(type));
  return {
    part,
    endings,
    names: () => events.map(({ type }) => type),
    lastError: () =>
      endings().findLast(({ type }) => type === 'chekt-error')?.detail.error as ChektConnectError,
    puts: async () => (await wire.requests()).filter(({ method }) => method === 'PUT'),
    text: () =>
      element.shadowRoot!.querySelector<HTMLElement>('[part~=base]')!.innerText.replace(/\s+/g, ' '),
    until: (what: string, holds: () => boolean) => until(element, events, what, holds, patience),
    async type(name: string) {
      const field = await openField(element);
      field.value = name;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await element.updateComplete;
    },
    async press(name: string) {
      await element.updateComplete;
      part(name)!.click();
      await element.updateComplete;
    },
  };
}

/** Resolves once every microtask has run and a framework would have rendered. */
export const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

const names = ['ready', 'state-change', 'authorization-required', 'connected', 'disconnected', 'error'];

function until(
  element: ChektConnectElement,
  events: CustomEvent[],
  what: string,
  holds: () => boolean,
  patience: number,
) {
  return new Promise<void>((resolve, reject) => {
    const listening = new AbortController();
    const { signal } = listening;
    const look = () => {
      if (!holds()) return;
      listening.abort();
      resolve();
    };
    const timer = setRealTimeout(() => {
      listening.abort();
      const seen = events.map(({ type }) => type).join(', ');
      reject(
        new Error(
          `timed out waiting for ${what}; the state is ${element.state}, after ${seen || 'no event'}.`,
        ),
      );
    }, patience);
    signal.addEventListener('abort', () => clearRealTimeout(timer));
    for (const name of names) element.addEventListener(`chekt-${name}`, look, { signal });
    look();
  });
}
