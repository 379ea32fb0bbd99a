import { acme, connect, dana, never, press, pressTwice, recorded, refused, type Cell } from './cell.js';

export const signIn: readonly Cell[] = [
  { id: 'authorizing', name: 'authorizing', tokens: [never] },
  { id: 'unauthorized', name: 'unauthorized: nobody has signed in', tokens: [null] },
  {
    id: 'unauthorized-expired',
    name: 'unauthorized: the sign-in has ended',
    tokens: [{ ...dana, expires_in: 1 }, null],
    act: connect,
  },
  {
    id: 'unauthorized-rejected',
    name: 'unauthorized: CHeKT does not accept the sign-in',
    tokens: [dana, null],
    answer: refused(401, 'invalid_api_key'),
    act: connect,
  },
  {
    id: 'access-denied',
    name: 'unauthorized: access was not allowed',
    tokenUrl: () => Response.json({ error: 'access_denied' }, { status: 400 }),
  },
  {
    id: 'unavailable',
    name: 'unavailable',
    tokens: [() => Promise.reject(new Error('The service is down.'))],
  },
  {
    id: 'login-required',
    name: 'unavailable: signed out of the platform',
    tokenUrl: () => new Response(null, { status: 401 }),
  },
  {
    id: 'unconfigured',
    name: 'unconfigured',
    tokens: [dana],
    attributes: { 'api-base-url': 'ftp://chekt.example' },
  },
];

export const form: readonly Cell[] = [
  { id: 'authorized', name: 'authorized' },
  { id: 'opaque', name: 'authorized: a token that says nothing', tokens: ['gallery'] },
  { id: 'ended', name: 'authorized: the sign-in has ended', tokens: [{ ...dana, expires_in: 0 }] },
  { id: 'name-missing', name: 'authorized: no name', act: (element) => element.connect(' ').catch(() => {}) },
  {
    id: 'name-refused',
    name: 'authorized: name not accepted',
    answer: refused(422, 'invalid_field', { field: 'company_name' }),
    act: connect,
  },
  {
    id: 'disabled',
    name: 'authorized: disabled',
    attributes: { disabled: '', 'company-name': 'Acme Security' },
  },
  {
    id: 'connecting',
    name: 'connecting, and still working after 5 seconds',
    act: (element) => void connect(element),
  },
];

export const connected: readonly Cell[] = [
  { id: 'connected', name: 'connected', binding: acme },
  { id: 'connected-now', name: 'connected: just now', answer: recorded, act: connect },
  { id: 'no-relay', name: 'connected: no relay', binding: acme, attributes: { 'disconnect-base-url': null } },
  { id: 'confirming', name: 'connected: disconnect?', binding: acme, act: press },
  { id: 'disconnecting', name: 'disconnecting', binding: acme, act: pressTwice },
  {
    id: 'disconnected',
    name: 'unauthorized: disconnected just now',
    tokens: [null],
    binding: acme,
    answer: () => new Response(null, { status: 204 }),
    act: pressTwice,
  },
  {
    id: 'disconnect-refused',
    name: 'connected: disconnect refused',
    binding: acme,
    answer: refused(403, 'not_allowed'),
    act: pressTwice,
  },
  {
    id: 'disconnect-unknown',
    name: 'connected: unknown whether disconnected',
    binding: acme,
    answer: refused(501, 'server_error'),
    act: pressTwice,
  },
];
