import { acme, connect, dana, mira, pressTwice, refused, type Cell } from './cell.js';

const otherAccount = () =>
  Response.json({ error: 'other_account', error_description: 'Another account.' }, { status: 403 });

/** States in which the screen no longer shows the current sign-in, account or binding. */
export const consent: readonly Cell[] = [
  {
    id: 'sign-in-changed',
    name: 'authorized: another person has signed in',
    tokens: [dana, mira],
    answer: refused(409, 'sign_in_changed'),
    act: connect,
  },
  {
    id: 'sign-in-unclear',
    name: 'authorized: the service holds another sign-in',
    tokens: [{ expires_in: 2520, sign_in_id: 'sign-in-of-nobody' }],
    attributes: { 'company-name': 'Acme Security' },
    answer: refused(409, 'sign_in_changed'),
    act: connect,
  },
  { id: 'other-account', name: 'unavailable: another account of the platform', tokenUrl: otherAccount },
  {
    id: 'other-account-on-connect',
    name: 'another account of the platform, found on connect',
    answer: refused(403, 'other_account'),
    act: connect,
  },
  {
    id: 'other-account-on-disconnect',
    name: 'another account of the platform, found on disconnect',
    binding: acme,
    answer: refused(403, 'other_account'),
    act: pressTwice,
  },
  { id: 'former-lost', name: 'no longer connected', formerBinding: { ...acme, status: 'lost' } },
  {
    id: 'former-unreachable',
    name: 'out of reach',
    tokens: [null],
    formerBinding: { ...acme, status: 'unreachable' },
  },
];
