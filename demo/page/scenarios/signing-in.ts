import { dana, tom, type Scenario } from './scenario.js';

export const signingIn: readonly Scenario[] = [
  {
    id: 'first-visit',
    name: 'First visit',
    steps: 'Sign in as Dana Reyes, allow, and connect.',
    expect: [
      'Before: nobody is signed in, and the one action is “Sign in with CHeKT”.',
      'After “Allow”: Dana’s name, her company and the account are on the screen.',
      'After Connect: the company is connected, and nothing had to be typed.',
      'At CHeKT: one connection.',
    ],
  },
  {
    id: 'authorized',
    name: 'Signed in',
    steps: 'Change the company name to “Acme”, then connect.',
    expect: [
      'Before: Dana’s name and e-mail, her company, and what Northwind Cloud will be able to do.',
      'After: the name registered with CHeKT is shown beside the name you typed.',
      'At CHeKT: one PUT, answered with 200.',
    ],
    signIn: dana,
  },
  {
    id: 'switch-account',
    name: 'Another account',
    steps: 'Tom Okafor is signed in. Choose “Use another account”, sign in as Dana Reyes, and connect.',
    expect: [
      'CHeKT asks who signs in instead of returning Tom.',
      'Back here: Dana and her company are shown, and nothing of Tom.',
      'After Connect: the company is connected, and the audit trail names Dana.',
    ],
    signIn: tom,
  },
  {
    id: 'consent-denied',
    name: 'Access not allowed',
    steps: 'Sign in as Dana Reyes and choose “Don’t allow”.',
    expect: [
      'Back here: it says that access was not allowed.',
      'Nothing is connected.',
      'Signing in again works.',
    ],
  },
  {
    id: 'about-to-expire',
    name: 'About to end',
    steps: 'Wait for about a minute.',
    expect: [
      'In the last minute the time left is counted down by the second.',
      'Then the sign-in has ended, and the one action is to sign in again.',
    ],
    signIn: { ...dana, expiresIn: 70 },
  },
  {
    id: 'expired',
    name: 'Ended',
    steps: 'Wait three seconds until the sign-in has ended, then sign in again.',
    expect: [
      'The sign-in is said to have ended.',
      'Nothing is sent to connect.',
      'After signing in again: the company of the sign-in is shown; a name typed before is gone.',
    ],
    signIn: { ...dana, expiresIn: 3 },
  },
  {
    id: 'revoked',
    name: 'Withdrawn at CHeKT',
    steps: 'Connect, then sign in again as Dana Reyes.',
    expect: [
      'After Connect: CHeKT no longer accepts the sign-in, and the one action is to sign in again.',
      'At CHeKT: one PUT, answered with 401.',
      'After signing in again: the company of the sign-in is shown; a name typed before is gone.',
    ],
    signIn: dana,
    revoked: dana.account,
  },
  {
    id: 'renewed',
    name: 'Renewed behind the scenes',
    steps: 'Sign in as Dana Reyes and connect.',
    expect: [
      'The company is connected; no second sign-in is asked for.',
      'At CHeKT: two PUTs with one key, answered with 401 and 200.',
    ],
    faults: [{ on: 'connect', kind: 'status', status: 401 }],
  },
  {
    id: 'opaque-token',
    name: 'Token that says nothing',
    steps: 'Enter a company name and connect.',
    expect: [
      'Before: nobody’s name is shown, because the platform does not know who signed in.',
      'After: the company is connected.',
    ],
    signIn: { ...dana, opaque: true },
  },
  {
    id: 'sign-in-changed',
    name: 'Another person in another tab',
    steps:
      'Let Mira Lindqvist sign in in another tab (the button above the element), then connect here, where Dana Reyes is shown.',
    expect: [
      'Nothing is connected, because somebody else is signed in than was shown.',
      'It names Mira Lindqvist, and shows her company instead of Dana’s.',
      'At CHeKT: no PUT.',
      'After Connect once more: Mira’s company is connected, with another key.',
    ],
    mode: 'service',
    signIn: dana,
    page: 'another-person',
  },
  {
    id: 'unavailable',
    name: 'Sign-in cannot be checked',
    steps: 'Start the service above the element, then choose “Try again”.',
    expect: [
      'Before: it says that the sign-in could not be checked, never that nobody has signed in.',
      'After: Dana’s sign-in is shown.',
    ],
    signIn: dana,
    page: 'service-down',
  },
];
