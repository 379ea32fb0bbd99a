import { dana, type Scenario } from './scenario.js';

/** What can be wrong with the platform and with the way it embeds the element. */
export const platform: readonly Scenario[] = [
  {
    id: 'session-ended',
    name: 'Signed out of the platform',
    steps: 'Look at the page.',
    expect: [
      'It says that you are signed out of Northwind Cloud, not of CHeKT.',
      'After a reload you can sign in to Northwind Cloud again.',
    ],
    signIn: dana,
    page: 'loses-session',
  },
  {
    id: 'not-stored',
    name: 'Platform could not save',
    steps: 'Connect, then choose “Store it” above the element.',
    expect: [
      'After Connect: the company is connected, and the page says that it could not store it.',
      'After “Store it” and a reload: the connection is shown.',
    ],
    mode: 'browser',
    signIn: dana,
    faults: [{ on: 'dealer', kind: 'status', status: 503 }],
  },
  {
    id: 'not-read-back',
    name: 'Platform cannot read it back',
    steps: 'Connect, then reload.',
    expect: [
      'CHeKT’s answer is enough to store the connection; that the platform cannot read it back changes nothing.',
      'At CHeKT: one PUT.',
      'After the reload: the connection is shown.',
    ],
    mode: 'service',
    signIn: dana,
    faults: [{ on: 'dealer', kind: 'status', status: 503 }],
  },
  {
    id: 'closed-meanwhile',
    name: 'Page closed while connecting',
    steps: 'Connect, reload while it is busy, and reload again after three seconds.',
    expect: ['The platform went on without the page: the connection is shown.', 'At CHeKT: one connection.'],
    mode: 'service',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'delay', ms: 3000 }],
  },
  {
    id: 'other-account',
    name: 'Embed of another account',
    steps: 'Look at the page: it names an account that is not the one signed in to the platform.',
    expect: ['It says so before anybody connects.', 'At CHeKT: no PUT.'],
    mode: 'service',
    signIn: dana,
    attributes: { 'external-dealer-id': 'adc-99999' },
  },
  {
    id: 'account-changed',
    name: 'Another account in another tab',
    steps:
      'Switch the account in another tab (the button above the element), connect here, then switch back and try again.',
    expect: [
      'Nothing is connected; it says that another account of Northwind Cloud is signed in.',
      'At CHeKT: no PUT.',
      'After switching back and trying again: Dana’s sign-in is shown, and connecting works.',
    ],
    mode: 'service',
    signIn: dana,
    page: 'another-account',
  },
  {
    id: 'misconfigured',
    name: 'Required attribute missing',
    steps: 'Look at the page and at the console.',
    expect: [
      'The person reads a calm sentence.',
      'The console has one line: it names the attribute that is missing.',
    ],
    attributes: { 'external-dealer-id': null },
  },
  {
    id: 'unsafe-url',
    name: 'Unsafe URL',
    steps: 'Look at the page and at the console.',
    expect: [
      'The person reads a calm sentence.',
      'The console has one line: it names the attribute that is no safe address.',
    ],
    attributes: { 'api-base-url': 'http://api.chekt.example' },
  },
  {
    id: 'token-attribute',
    name: 'Token in an attribute',
    steps: 'Look at the console, then connect.',
    expect: [
      'The page put a token into an attribute: it is removed, and the console says why.',
      'Connecting works all the same.',
    ],
    signIn: dana,
    page: 'token-in-attribute',
  },
  {
    id: 'disabled',
    name: 'Disabled',
    steps: 'Try to connect, then untick “disabled” under “The embed” and connect.',
    expect: ['Before: nothing happens.', 'After: the company is connected.'],
    signIn: dana,
    attributes: { disabled: '' },
  },
  {
    id: 'long-texts',
    name: 'Long texts',
    steps: 'Try the widths under “The embed”.',
    expect: [
      'Nothing is cut off and nothing runs over.',
      'A permission that is not known is named as it is.',
    ],
    signIn: dana,
    attributes: {
      'platform-name': 'Northwind Cloud Monitoring, Automation and Video Verification Services International',
      'platform-scope':
        'read:dealer create:sites read:sites update:sites delete:sites read:devices update:devices read:site_contacts update:monitoring_stations manage:video_verification_schedules_of_every_site',
      'company-name':
        'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft & Sons Holding, Inc.',
    },
  },
  {
    id: 'bare',
    name: 'Only what is required',
    steps: 'Connect.',
    expect: [
      'Without a platform name the page’s host is named.',
      'Connecting works.',
      'There is no button to disconnect; it says whom to contact.',
    ],
    signIn: dana,
    attributes: {
      'platform-name': null,
      'platform-scope': null,
      'authorize-url': null,
      'disconnect-base-url': null,
    },
  },
];
