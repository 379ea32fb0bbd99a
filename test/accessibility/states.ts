import type { ChektConnectElement } from '../../src/index.js';
import { dealer, embed } from '../element/fixture.js';
import { resetClock, setSpeed, skip } from '../support/clock.js';
import { fullBinding } from '../support/dealer.js';
import { createWire, type Answer } from '../wire/wire.js';

type Properties = Partial<ChektConnectElement>;

/** The page around the element. */
export interface Surroundings {
  readonly scheme?: 'light' | 'dark';
  /** CSS pixels. */
  readonly width?: number;
  readonly dir?: 'rtl';
  readonly css?: string;
}

export const binding = fullBinding;

/** A token response like the demo's. */
export const signIn = {
  access_token: 'opaque-token',
  expires_in: 42 * 60,
  name: 'Dana Reyes',
  email: 'dana@acme.example',
  company_name: 'Acme Security Systems, Inc.',
  dealer_id: '12345',
};

const typical: Properties = {
  accountName: 'Acme, Springfield',
  platformScope: 'read:dealer read:sites create:sites update:sites read:devices create:devices',
  authorizeUrl: '/authorize',
  disconnectBaseUrl: '/chekt',
};
export const signedIn: Properties = { getAccessToken: async () => signIn };
/** A sign-in without a company, so the element asks for its name. */
export const unnamed: Properties = { getAccessToken: async () => ({ ...signIn, company_name: undefined }) };
export const nobody: Properties = { getAccessToken: async () => null };

/** Puts an element with everything that a platform sets into these surroundings. */
export function place(properties: Properties, { scheme, width, dir, css }: Surroundings = {}) {
  const placed = embed({ ...typical, ...properties });
  const page = placed.element.parentElement!;
  page.style.cssText = `color-scheme: ${scheme ?? 'light'}; background: Canvas; font-family: sans-serif; ${css ?? ''}`;
  if (width) page.style.inlineSize = `${width}px`;
  if (dir) page.dir = dir;
  return placed;
}

/** Waits until the element has rendered its state. */
export async function shown(element: ChektConnectElement): Promise<ChektConnectElement> {
  await element.updateComplete;
  return element;
}

export function part<E extends HTMLElement>(element: ChektConnectElement, name: string): E {
  return element.shadowRoot!.querySelector<E>(`[part~="${name}"]`)!;
}

/**
 * The part, or else the tag, that has the focus inside the element. A failing assertion on the element itself
 * would print all of it.
 */
export function focusedIn({ shadowRoot }: ChektConnectElement): string | undefined {
  const { activeElement } = shadowRoot!;
  return activeElement?.getAttribute('part')?.split(' ').at(-1) ?? activeElement?.localName;
}

async function ready(properties: Properties, where?: Surroundings) {
  const { element } = place(properties, where);
  await element.ready;
  return shown(element);
}

/** An element after an attempt to connect that got these answers. */
async function answered(answers: readonly Answer[], where?: Surroundings, more: Properties = {}) {
  const wire = await createWire(answers);
  const element = await ready({ ...signedIn, apiBaseUrl: wire.baseUrl, ...more }, where);
  await element.connect('Acme Security').catch(() => {});
  return shown(element);
}

/** An element after an attempt to disconnect that got these answers. */
async function disconnected(answers: readonly Answer[], where?: Surroundings, more: Properties = {}) {
  const wire = await createWire(answers);
  const properties = { ...nobody, binding, disconnectBaseUrl: wire.sameOriginBaseUrl, ...more };
  const element = await ready(properties, where);
  await element.disconnect().catch(() => {});
  return shown(element);
}

/** An element in the middle of an attempt. */
async function held(start: 'connect' | 'disconnect', where?: Surroundings) {
  const wire = await createWire([{ hold: true, status: 422 }]);
  const properties =
    start === 'connect'
      ? { ...signedIn, apiBaseUrl: wire.baseUrl }
      : { binding, disconnectBaseUrl: wire.sameOriginBaseUrl };
  const element = await ready(properties, where);
  element[start]('Acme Security').catch(() => {});
  await wire.waitForRequests(1);
  return shown(element);
}

const refusal = (status: number, error: object, headers = {}): Answer => ({
  status,
  headers,
  json: { error: { message: 'No.', request_id: 'req_01HQ7Z3M9K', ...error } },
});

/** Everything that a person can see, by name. */
const states = {
  authorizing: async (where) => shown(place({ getAccessToken: () => new Promise(() => {}) }, where).element),
  'not signed in': (where) => ready(nobody, where),
  'not signed in, with a button': (where) => ready({ ...nobody, authorizeUrl: undefined }, where),
  'access denied': async (where) => {
    const wire = await createWire([{ status: 400, json: { error: 'access_denied' } }]);
    return ready({ tokenUrl: `${wire.sameOriginBaseUrl}/token` }, where);
  },
  unavailable: (where) => ready({ getAccessToken: () => Promise.reject(new Error()) }, where),
  authorized: (where) => ready(signedIn, where),
  'authorized by an opaque token': (where) => ready({ getAccessToken: async () => 'opaque' }, where),
  'sign-in ended': async (where) => {
    const element = await ready({ getAccessToken: async () => ({ ...signIn, expires_in: 60 }) }, where);
    skip(61_000);
    element.requestUpdate();
    return shown(element).finally(resetClock);
  },
  'name asked': (where) => ready(unnamed, where),
  'name changed': async (where) => {
    const element = await ready(signedIn, where);
    part(element, 'authorization').querySelector('button')!.click();
    return shown(element);
  },
  'no name': async (where) => {
    const element = await ready(unnamed, where);
    await element.connect('').catch(() => {});
    return shown(element);
  },
  'name refused': (where) => answered([refusal(422, { code: 'invalid', field: 'company_name' })], where),
  'connected elsewhere': (where) => answered([refusal(409, { code: 'dealer_already_connected' })], where),
  'no rights': (where) => answered([refusal(403, { code: 'permission_denied' })], where),
  waiting: (where) => answered([refusal(429, {}, { 'Retry-After': '90' })], where, { timeout: 5_000 }),
  'token rejected': (where) => answered([refusal(401, { code: 'invalid_api_key' })], where),
  connecting: (where) => held('connect', where),
  'still connecting': async (where) => {
    const element = await held('connect', where);
    skip(5_000);
    const status = part(element, 'status');
    await changed(status, () => status.textContent!.startsWith('This takes'));
    resetClock();
    return element;
  },
  'answer lost': async (where) => {
    setSpeed(100);
    const lost: Answer = { fault: { kind: 'reset', at: 'after-request-recorded' } };
    return answered([lost], where).finally(resetClock);
  },
  'connected just now': (where) => answered([{ status: 200, json: dealer }], where),
  connected: (where) => ready({ binding }, where),
  'connected, without a way out': (where) => ready({ binding, disconnectBaseUrl: undefined }, where),
  confirming: async (where) => {
    const element = await ready({ binding }, where);
    part(element, 'disconnect-button').click();
    return shown(element);
  },
  disconnecting: (where) => held('disconnect', where),
  'disconnect refused': (where) => disconnected([refusal(403, {})], where),
  disconnected: (where) => disconnected([{ status: 200, json: {} }], where),
  'disconnected, still signed in': async (where) => {
    const wire = await createWire([{ status: 200, json: dealer }, { status: 204 }]);
    const own = wire.sameOriginBaseUrl;
    const element = await ready({ ...signedIn, apiBaseUrl: own, disconnectBaseUrl: own }, where);
    await element.connect('Acme');
    await element.disconnect();
    return shown(element);
  },
  'not set up': (where) => {
    const { error } = console;
    // the element reports the error on the console, which would fail the run
    console.error = () => {};
    return ready({ ...nobody, timeout: -1 }, where).finally(() => (console.error = error));
  },
  'connection lost': (where) => ready({ ...signedIn, formerBinding: { ...binding, status: 'lost' } }, where),
  disabled: (where) => ready({ ...signedIn, disabled: true }, where),
} satisfies Record<string, (where?: Surroundings) => Promise<ChektConnectElement>>;

export type StateName = keyof typeof states;
export const stateNames = Object.keys(states) as StateName[];

/** Brings an element into this state. */
export function arrive(name: StateName, where?: Surroundings): Promise<ChektConnectElement> {
  return states[name](where);
}

/** Resolves once a change of the node makes the condition hold. */
export function changed(node: Node, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!holds()) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(check);
    observer.observe(node, { subtree: true, childList: true, characterData: true, attributes: true });
    check();
  });
}
