import { dana, tom, type Scenario } from './scenario.js';

export const signingIn: readonly Scenario[] = [
  {
    id: 'first-visit',
    name: 'First visit',
    expect:
      'Nobody has signed in yet: sign in as Dana Reyes, enter a company name and press Enter, and the company is connected.',
  },
  {
    id: 'authorized',
    name: 'Signed in',
    expect:
      'Dana Reyes has signed in: connect, and CHeKT’s registered name is shown beside the name you typed.',
    signIn: dana,
  },
  {
    id: 'switch-account',
    name: 'Another account',
    expect:
      'Tom Okafor has signed in: choose “Use another account”, sign in as Dana Reyes, and she can connect.',
    signIn: tom,
  },
  {
    id: 'consent-denied',
    name: 'Access not allowed',
    expect: 'Sign in and choose “Don’t allow”: back here it says so, and one can sign in again.',
  },
  {
    id: 'about-to-expire',
    name: 'About to end',
    expect:
      'The sign-in counts down, in the last minute by the second, then it has ended and one can sign in again.',
    signIn: { ...dana, expiresIn: 70 },
  },
  {
    id: 'expired',
    name: 'Ended',
    expect:
      'Wait until the sign-in has ended, then connect: you are asked to sign in again, and the name you typed is kept.',
    signIn: { ...dana, expiresIn: 3 },
  },
  {
    id: 'revoked',
    name: 'Withdrawn at CHeKT',
    expect:
      'Connect: CHeKT no longer accepts the sign-in, you are asked to sign in again, and the name you typed is kept.',
    signIn: dana,
    revoked: dana.account,
  },
  {
    id: 'renewed',
    name: 'Renewed behind the scenes',
    expect:
      'Sign in as Dana Reyes and connect: CHeKT refuses the first request, the platform renews, and nobody notices.',
    faults: [{ on: 'connect', kind: 'status', status: 401 }],
  },
  {
    id: 'opaque-token',
    name: 'Token that says nothing',
    expect:
      'The token does not say who signed in: only how long it lasts is shown, and connecting works all the same.',
    signIn: { ...dana, opaque: true },
  },
  {
    id: 'unavailable',
    name: 'Sign-in cannot be checked',
    expect:
      'The platform’s service does not answer: it is not said that nobody has signed in, and “Try again” asks again.',
    signIn: dana,
    page: 'service-down',
  },
];
