import type { ChektConnectElement } from '../../src/index.js';
import type { Answer } from '../wire/wire.js';
import { binding } from './acting.js';

type Properties = Partial<ChektConnectElement>;

/** A situation, what the element says in it, and the main button that leads out of it. */
export interface Row {
  readonly name: string;
  readonly answer?: Answer;
  readonly properties?: Properties;
  readonly operation?: 'connect' | 'disconnect' | 'none';
  readonly state: ChektConnectElement['state'];
  readonly title?: string;
  /** The label of the main action, and what pressing it does; null where there is none. */
  readonly main:
    readonly [label: string, does: 'chekt-authorize' | 'a PUT' | 'asks again' | 'nothing'] | null;
  /** Milliseconds until the situation is reached. */
  readonly waits?: number;
  readonly reference?: boolean;
  readonly field?: boolean;
}

/** An error in CHeKT's envelope. */
export const refusal = (status: number, code: string, more = {}, headers = {}): Answer => ({
  status,
  headers,
  json: { error: { code, message: 'For developers.', request_id: 'req_5f0c1d2e', ...more } },
});
const html = (status: number): Answer => ({
  status,
  body: '<h1>No</h1>',
  headers: { 'Content-Type': 'text/html' },
});
export const person = {
  access_token: 'opaque',
  name: 'Dana Reyes',
  email: 'dana@acme.example',
  company_name: 'Acme, Inc.',
  dealer_id: 12345,
};
const says = (answer: unknown): Properties => ({ getAccessToken: async () => answer as never });
const fails = (error: unknown): Properties => ({ getAccessToken: () => Promise.reject(error) });
const onlyOnce: Properties = {
  getAccessToken: async ({ reason }) => (reason === 'initial' ? person : null),
};

type Refused = Omit<Row, 'name' | 'answer' | 'operation' | 'state'> & Partial<Pick<Row, 'state'>>;

const connecting = (name: string, answer: Answer, row: Refused): Row => ({
  name,
  answer,
  operation: 'connect',
  state: 'authorized',
  ...row,
});
const disconnecting = (name: string, answer: Answer, row: Refused): Row => ({
  name,
  answer,
  operation: 'disconnect',
  properties: { binding },
  state: 'connected',
  ...row,
});

const signIn = ['Sign in with CHeKT', 'chekt-authorize'] as const;
const another = ['Use another account', 'chekt-authorize'] as const;
const connect = ['Connect CHeKT', 'a PUT'] as const;
const tryAgain = ['Try again', 'a PUT'] as const;
const checkAgain = ['Check again', 'a PUT'] as const;
const askAgain = ['Try again', 'asks again'] as const;

export const rows: readonly Row[] = [
  { name: 'nobody is signed in', properties: says(null), state: 'unauthorized', main: signIn },
  { name: 'ready', state: 'authorized', main: connect },
  {
    name: 'ready, without the company',
    properties: says('opaque'),
    state: 'authorized',
    field: true,
    main: ['Connect CHeKT', 'nothing'],
  },
  {
    name: 'the sign-in has ended',
    properties: says({ ...person, expires_in: 1 }),
    waits: 1_200,
    state: 'authorized',
    main: signIn,
  },
  {
    name: 'access was not allowed',
    properties: fails({ error: 'access_denied' }),
    state: 'unauthorized',
    title: 'You chose not to allow access',
    main: signIn,
  },
  {
    name: 'signed out of the platform',
    answer: { status: 401 },
    properties: { getAccessToken: undefined },
    state: 'unavailable',
    title: 'You’re signed out of Northwind Cloud',
    main: askAgain,
  },
  {
    name: 'another account of the platform',
    properties: fails({ error: 'other_account' }),
    state: 'unavailable',
    title: 'You’re signed in to Northwind Cloud with another account',
    main: askAgain,
  },
  {
    name: 'no such token-url',
    answer: { status: 404 },
    properties: { getAccessToken: undefined },
    state: 'unavailable',
    title: 'Not available right now',
    main: askAgain,
  },
  {
    name: 'the source fails',
    properties: fails(new Error()),
    state: 'unavailable',
    title: 'We couldn’t check your sign-in',
    main: askAgain,
  },
  {
    name: 'not set up',
    properties: { timeout: -1 },
    state: 'unconfigured',
    title: 'Not available right now',
    main: null,
  },
  connecting('permission_denied', refusal(403, 'permission_denied'), {
    title: 'Only a dealer admin can connect CHeKT',
    main: another,
    reference: true,
  }),
  connecting('any other 403', refusal(403, 'user_token_required'), {
    title: 'CHeKT refused this',
    main: another,
    reference: true,
  }),
  connecting('a 403 that is not of CHeKT', html(403), {
    title: 'That didn’t work',
    main: tryAgain,
    reference: true,
  }),
  connecting('not found', refusal(404, 'dealer_not_found'), {
    title: 'CHeKT couldn’t find this company',
    main: another,
    reference: true,
  }),
  connecting('conflict', refusal(409, 'dealer_already_connected'), {
    title: 'Already connected',
    main: another,
    reference: true,
  }),
  connecting('what was repeated has been changed since', refusal(409, 'superseded'), {
    title: 'That didn’t work',
    main: tryAgain,
    reference: true,
  }),
  connecting('nobody knows how it ended', refusal(409, 'operation_unknown'), {
    title: 'That didn’t work',
    main: tryAgain,
    reference: true,
  }),
  connecting('the platform does not let this person', refusal(403, 'not_permitted'), {
    title: 'Not available right now',
    main: null,
  }),
  connecting('the service refuses the origin of the page', refusal(403, 'cross_site_request'), {
    title: 'Not available right now',
    main: null,
  }),
  connecting('idempotency_conflict', refusal(409, 'idempotency_conflict'), {
    title: 'CHeKT is still working on your last try',
    main: checkAgain,
    reference: true,
  }),
  connecting('the service says that it is still working', refusal(503, 'operation_running'), {
    title: 'CHeKT is still working on your last try',
    main: checkAgain,
    reference: true,
  }),
  connecting('the name is refused', refusal(422, 'invalid_field', { field: 'company_name' }), {
    main: connect,
    field: true,
  }),
  connecting('another field is refused', refusal(422, 'invalid_field', { field: 'external_dealer_id' }), {
    title: 'Not available right now',
    main: null,
    reference: true,
  }),
  connecting('400', refusal(400, 'invalid_request'), {
    title: 'That didn’t work',
    main: tryAgain,
    reference: true,
  }),
  // phpip/phpip #24 (Laravel), apache/superset #4762: a framework's page says nothing of the company name
  ...[405, 419, 422].map((status) =>
    connecting(`${status} of a framework`, html(status), {
      title: 'That didn’t work',
      main: tryAgain,
      reference: true,
    }),
  ),
  connecting('too many requests', refusal(429, 'rate_limited', {}, { 'Retry-After': '3600' }), {
    title: 'CHeKT is busy',
    main: ['Try again', 'nothing'],
  }),
  connecting('the answer is lost', refusal(501, 'server_error'), {
    title: 'CHeKT has a problem right now',
    main: checkAgain,
    reference: true,
  }),
  connecting('the sign-in is no longer accepted', refusal(401, 'invalid_api_key'), {
    properties: onlyOnce,
    state: 'unauthorized',
    title: 'Your sign-in has ended',
    main: signIn,
  }),
  connecting(
    'another person signed in',
    { status: 500 },
    {
      properties: {
        getAccessToken: async ({ reason }) =>
          reason === 'initial'
            ? { ...person, expires_in: 5 }
            : { ...person, name: 'Mira Lindqvist', email: 'mira@harbor.example' },
      },
      title: 'Your sign-in has changed',
      main: connect,
    },
  ),
  disconnecting(
    'disconnect: signed out of the platform',
    { status: 401 },
    { title: 'You’re signed out of Northwind Cloud', main: tryAgain },
  ),
  disconnecting('disconnect: another account', refusal(403, 'other_account'), {
    title: 'You’re signed in to Northwind Cloud with another account',
    main: tryAgain,
  }),
  disconnecting('disconnect: refused', refusal(403, 'not_allowed'), {
    title: 'CHeKT refused this',
    main: null,
    reference: true,
  }),
  disconnecting('disconnect: the platform does not let this person', refusal(403, 'not_permitted'), {
    title: 'Not available right now',
    main: null,
  }),
  disconnecting('disconnect: the binding is of another set-up', refusal(409, 'other_environment'), {
    title: 'Not available right now',
    main: null,
    reference: true,
  }),
  disconnecting('disconnect: the answer is lost', refusal(501, 'server_error'), {
    title: 'CHeKT has a problem right now',
    main: checkAgain,
    reference: true,
  }),
];
