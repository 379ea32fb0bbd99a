import type { ChektConnectElement, ChektConnectError, TokenRequest } from '../../src/index.js';
import { embed } from '../element/fixture.js';
import { createWire, type Answer, type Wire } from '../wire/wire.js';

export const ACCOUNT = 'adc-67890';

/** Two people from two companies, as a source describes them. */
export const dana = {
  name: 'Dana Reyes',
  email: 'dana@acme.example',
  company_name: 'Acme Security Systems, Inc.',
  dealer_id: 12345,
};
export const mira = {
  name: 'Mira Lindqvist',
  email: 'mira@harbor.example',
  company_name: 'Harbor Alarm Co.',
  dealer_id: 23456,
};
export type Person = Readonly<Record<string, unknown>>;

/** An answer with which CHeKT confirms the binding of Dana's or Mira's company. */
export const connects = (person: Person = dana): Answer => ({
  method: 'PUT',
  status: 200,
  json: { dealer_id: person['dealer_id'], external_dealer_id: ACCOUNT, company_name: person['company_name'] },
});
export const answers = (status: number, code?: string): Answer => ({
  method: 'PUT',
  status,
  ...(code && { json: { error: { code, message: 'For developers.', request_id: 'req_1' } } }),
});

type Given = unknown;

/** A source whose answers the test controls, and which records its calls. */
export class Source {
  readonly asks: TokenRequest[] = [];
  #said: Given[];
  #held: (() => void)[] | undefined;

  /** @param said the answers in turn, the last one repeated; an `Error` is a rejection */
  constructor(...said: Given[]) {
    this.#said = said;
  }

  get reasons(): string[] {
    return this.asks.map(({ reason }) => reason);
  }

  says(...said: Given[]): void {
    this.#said = said;
  }

  /** Holds the following answers until `release`. */
  hold(): void {
    this.#held = [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const answer of held) answer();
  }

  readonly getAccessToken = async (request: TokenRequest): Promise<never> => {
    this.asks.push(request);
    await new Promise<void>((resolve) => (this.#held ? this.#held.push(resolve) : resolve()));
    const said = this.#said.length > 1 ? this.#said.shift() : this.#said[0];
    if (said instanceof Error) throw said;
    return said as never;
  };
}

export const modes = ['browser', 'service'] as const;
export type Mode = (typeof modes)[number];

let tokens = 0;
/** The token response for this mode: with a new token each time in browser mode, without one in service mode. */
export const signIn = (mode: Mode, person: Person | null): Person | null =>
  person && (mode === 'browser' ? { access_token: `token-number-${(tokens += 1)}`, ...person } : person);

/** Puts an element on the page, with its server and its source. */
export async function page(
  mode: Mode,
  source: Source,
  puts: readonly Answer[],
  properties: Partial<ChektConnectElement> = {},
) {
  const wire = await createWire(puts);
  const shown = embed({
    apiBaseUrl: mode === 'browser' ? wire.baseUrl : wire.sameOriginBaseUrl,
    disconnectBaseUrl: wire.sameOriginBaseUrl,
    getAccessToken: source.getAccessToken,
    ...properties,
  });
  await shown.element.ready;
  await shown.element.updateComplete;
  return { ...shown, wire, ends: () => ends(shown.events) };
}

/** The names of the events that ended an attempt or reported an error. */
export function ends(events: readonly Event[]): string[] {
  return events.map(({ type }) => type).filter((type) => /^chekt-(connected|disconnected|error)$/.test(type));
}

export async function putsOf(wire: Wire) {
  return (await wire.requests()).filter(({ method }) => method === 'PUT');
}

/** The key, trace id and sign-in id of each PUT. */
export async function carried(wire: Wire) {
  return (await putsOf(wire)).map(({ headers }) => ({
    key: headers['idempotency-key'],
    trace: headers['x-partner-trace-id'],
    signIn: headers['chekt-sign-in'],
  }));
}

/** The error with which an attempt ends. */
export async function failure(attempt: Promise<unknown>): Promise<ChektConnectError> {
  return attempt.then(
    () => {
      throw new Error('This should have been rejected.');
    },
    (error: unknown) => error as ChektConnectError,
  );
}

export function part<E extends HTMLElement = HTMLElement>(element: HTMLElement, name: string): E | null {
  return element.shadowRoot!.querySelector<E>(`[part~="${name}"]`);
}

export { type } from '../element/acting.js';

export async function settled(element: ChektConnectElement): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await element.updateComplete;
  }
}

/** The text that a person reads now, with plain apostrophes and spaces. */
export async function read(element: ChektConnectElement): Promise<string> {
  await settled(element);
  const base = element.shadowRoot!.querySelector<HTMLElement>('[part~=base]')!;
  return base.innerText.replace(/\s+/g, ' ').replaceAll('’', "'");
}

/** Captures the calls of `console.error` and `console.warn` in each test of this suite. */
export function hearConsole(): string[] {
  const told: string[] = [];
  const { error, warn } = console;
  const hear = (...values: unknown[]) => void told.push(values.map(String).join(' '));
  beforeEach(() => {
    told.length = 0;
    Object.assign(console, { error: hear, warn: hear });
  });
  afterEach(() => Object.assign(console, { error, warn }));
  return told;
}
