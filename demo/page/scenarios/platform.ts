import { dana, type Scenario } from './scenario.js';

/** What can be wrong with the platform and with the way it embeds the element. */
export const platform: readonly Scenario[] = [
  {
    id: 'session-ended',
    name: 'Signed out of the platform',
    expect:
      'The platform’s own session has ended: you are told to sign in to Northwind Cloud again, not to CHeKT.',
    signIn: dana,
    page: 'loses-session',
  },
  {
    id: 'not-stored',
    name: 'Platform could not save',
    expect:
      'Connect: CHeKT has recorded the connection and the platform has not; the page says so, and “Store it” repairs it.',
    mode: 'browser',
    signIn: dana,
    faults: [{ on: 'dealer', kind: 'status', status: 503 }],
  },
  {
    id: 'stored-later',
    name: 'Platform saves at the second try',
    expect:
      'Connect: the platform calls it done only when it has stored it, so the element repeats with the same key.',
    mode: 'service',
    signIn: dana,
    faults: [{ on: 'dealer', kind: 'status', status: 503 }],
  },
  {
    id: 'closed-meanwhile',
    name: 'Page closed while connecting',
    expect:
      'Connect and reload while it says “Connecting…”: the platform goes on, and soon a reload shows the connection.',
    mode: 'service',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'delay', ms: 3000 }],
  },
  {
    id: 'other-account',
    name: 'Embed of another account',
    expect:
      'The page names an account that is not the one signed in to the platform, and the element says so before Connect.',
    mode: 'service',
    signIn: dana,
    attributes: { 'external-dealer-id': 'adc-99999' },
  },
  {
    id: 'misconfigured',
    name: 'Required attribute missing',
    expect:
      'The person sees a calm sentence, and the console names the attribute that is missing and how to set it.',
    attributes: { 'external-dealer-id': null },
  },
  {
    id: 'unsafe-url',
    name: 'Unsafe URL',
    expect: 'The person sees a calm sentence, and the console says which attribute is no safe address.',
    attributes: { 'api-base-url': 'http://api.chekt.example' },
  },
  {
    id: 'token-attribute',
    name: 'Token in an attribute',
    expect:
      'The page puts a token into an attribute: it is removed, the console says why, and the element works on.',
    signIn: dana,
    page: 'token-in-attribute',
  },
  {
    id: 'disabled',
    name: 'Disabled',
    expect: 'Nothing can be started; untick “disabled” below, and one can connect.',
    signIn: dana,
    attributes: { disabled: '' },
  },
  {
    id: 'long-texts',
    name: 'Long texts',
    expect:
      'Nothing is cut off or runs over, however long a name is, and a permission that is not known is named as it is.',
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
    expect:
      'Without a platform name the page’s host is named, without its permissions none are listed, and connecting works.',
    signIn: dana,
    attributes: {
      'platform-name': null,
      'platform-scope': null,
      'authorize-url': null,
      'disconnect-base-url': null,
    },
  },
];
