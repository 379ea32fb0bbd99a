import type { ChektConnectElement } from '../../src/index.js';
import { fullBinding } from '../support/dealer.js';

type Properties = Partial<ChektConnectElement>;

/** The properties that a page sets, and what happens then. No request leaves the page. */
export interface Scene {
  readonly properties?: Properties;
  /** What CHeKT answers; by default nothing ever comes. */
  readonly answer?: () => Response | Promise<Response>;
  readonly act?: (element: ChektConnectElement) => unknown;
}

const dana = {
  access_token: 'opaque',
  expires_in: 3600,
  name: 'Dana Reyes',
  email: 'dana@acme.example',
  company_name: 'Acme Security Systems, Inc.',
  dealer_id: 12345,
};
const binding = {
  ...fullBinding,
  companyEmail: 'accounts.payable.and.receivable@acme-security-systems.example',
  connectedAt: '2025-03-14',
};
const never = () => new Promise<never>(() => {});
const says = (source: unknown): Properties => ({ getAccessToken: async () => source as never });
const fails = (error: unknown): Properties => ({ getAccessToken: () => Promise.reject(error) });
const refused = (status: number, code: string, more = {}, headers = {}) => {
  const error = { code, message: 'For developers.', request_id: 'req_5f0c1d2e3a4b', ...more };
  return () => Response.json({ error }, { status, headers });
};
const recorded = () =>
  Response.json({ dealer_id: 12345, external_dealer_id: 'adc-67890', company_name: binding.companyName });
const connect = (element: ChektConnectElement) => element.connect().catch(() => {});
const disconnect = (element: ChektConnectElement) => element.disconnect().catch(() => {});
const press = (part: string) => async (element: ChektConnectElement) => {
  await element.updateComplete;
  element.shadowRoot!.querySelector<HTMLElement>(`[part~="${part}"]`)!.click();
};
/** Resolves once the element has this part. */
const appears = ({ shadowRoot }: ChektConnectElement, part: string) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (!shadowRoot!.querySelector(`[part~="${part}"]`)) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(shadowRoot!, { subtree: true, childList: true, attributes: true });
    look();
  });
const failed = (answer: Scene['answer']): Scene => ({ answer, act: connect });
const bound: Properties = { binding };

/** Everything that a person can see, by name. */
export const scenes: Readonly<Record<string, Scene>> = {
  authorizing: { properties: { getAccessToken: never } },
  unauthorized: { properties: says(null) },
  ready: {},
  'long names': {
    properties: says({
      ...dana,
      name: 'Maximiliana Featherstonehaugh',
      email: binding.companyEmail,
      company_name: 'Acme Security Systems and Monitoring of Greater Springfield, Inc.',
    }),
  },
  'name not known': { properties: says({ access_token: 'opaque' }) },
  'name changed': { act: (element) => press('link')(element) },
  'name missing': { properties: says('opaque'), act: connect },
  'name refused': failed(refused(422, 'invalid_field', { field: 'company_name' })),
  'about to end': { properties: says({ ...dana, expires_in: 200 }) },
  ended: {
    properties: says({ ...dana, expires_in: 1 }),
    act: (element) => appears(element, 'authorize-button'),
  },
  connecting: { act: (element) => void connect(element) },
  disabled: { properties: { disabled: true } },
  permission_denied: failed(refused(403, 'permission_denied')),
  forbidden: failed(refused(403, 'user_token_required')),
  conflict: failed(refused(409, 'dealer_already_connected')),
  sign_in_changed: {
    properties: {
      getAccessToken: async ({ reason }) =>
        reason === 'initial'
          ? { ...dana, expires_in: 10 }
          : { ...dana, name: 'Mira Lindqvist', email: 'mira@harbor.example', dealer_id: 23456 },
    },
    act: connect,
  },
  idempotency_conflict: failed(refused(409, 'idempotency_conflict')),
  'page expired': failed(() => new Response('<h1>Page Expired</h1>', { status: 419 })),
  'rate limited': failed(refused(429, 'rate_limited', {}, { 'Retry-After': '45' })),
  'lost answer': failed(refused(501, 'server_error')),
  'sign-in rejected': {
    properties: {
      getAccessToken: async ({ reason }) => (reason === 'initial' ? dana : null),
    },
    answer: refused(401, 'invalid_api_key'),
    act: connect,
  },
  access_denied: { properties: fails({ error: 'access_denied' }) },
  'signed out of the platform': {
    properties: { getAccessToken: undefined, tokenUrl: '/token' },
    answer: () => new Response(null, { status: 401 }),
  },
  other_account: { properties: fails({ error: 'other_account' }) },
  unavailable: { properties: fails(new Error()) },
  unconfigured: { properties: { timeout: -1 } },
  'connected just now': { answer: recorded, act: connect },
  connected: { properties: bound },
  'details open': {
    properties: bound,
    act: (element) => element.shadowRoot!.querySelector('details')!.setAttribute('open', ''),
  },
  'no relay': { properties: { ...bound, disconnectBaseUrl: undefined } },
  confirming: { properties: bound, act: press('disconnect-button') },
  disconnecting: { properties: bound, act: (element) => void disconnect(element) },
  'disconnect refused': { properties: bound, answer: refused(403, 'not_allowed'), act: disconnect },
  'disconnect not answered': { properties: bound, answer: refused(501, 'server_error'), act: disconnect },
  disconnected: {
    properties: { ...bound, ...says(null) },
    answer: () => new Response(null, { status: 204 }),
    act: disconnect,
  },
  lost: { properties: { formerBinding: { ...binding, status: 'lost' } } },
  unreachable: { properties: { formerBinding: { ...binding, status: 'unreachable' } } },
};

/** Puts an element into a place on the page, and resolves when it shows the scene. */
export async function play(
  name: string,
  place: Element,
  more: Properties = {},
): Promise<ChektConnectElement> {
  const { properties, answer = never, act } = scenes[name]!;
  const element = document.createElement('chekt-connect');
  Object.assign(element, {
    externalDealerId: 'adc-67890',
    accountName: 'Acme, Springfield',
    platformName: 'Northwind Cloud',
    platformScope: 'read:dealer read:sites create:sites update:sites delete:sites read:devices',
    authorizeUrl: '/authorize',
    disconnectBaseUrl: '/chekt',
    apiBaseUrl: '/chekt',
    timeout: 20_000,
    getAccessToken: async () => dana,
    fetch: () => Promise.resolve(answer()),
    ...properties,
    ...more,
  });
  place.append(element);
  if (name !== 'authorizing') await element.ready;
  await element.updateComplete;
  await act?.(element);
  await element.updateComplete;
  await new Promise((resolve) => setTimeout(resolve));
  await element.updateComplete;
  return element;
}
