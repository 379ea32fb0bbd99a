import { dana, type Scenario } from './scenario.js';

/** What can go wrong between the browser and CHeKT. */
export const troubles: readonly Scenario[] = [
  {
    id: 'slow',
    name: 'Slow',
    expect: 'Connect: after five seconds it says that it is still working, and then it is connected.',
    mode: 'browser',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'delay', ms: 6500 }],
  },
  {
    id: 'flaky',
    name: 'Flaky, then fine',
    expect: 'Connect: CHeKT fails twice, each repeat has the same key, and the third attempt connects.',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'status', status: 503, times: 2 }],
  },
  {
    id: 'lost-answer',
    name: 'Lost answer',
    expect:
      'Connect: CHeKT records the connection and its answer is lost; the second attempt has the same key, and one connection exists.',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'reset-after' }],
  },
  {
    id: 'lost-answers',
    name: 'Every answer lost',
    expect:
      'Connect: after five lost answers it is not certain what happened; “Check again” settles it with the same key.',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'reset-after', times: 5 }],
  },
  {
    id: 'server-down',
    name: 'CHeKT is down',
    expect:
      'Connect: CHeKT fails at each of five attempts, and it is said that CHeKT has a problem and what to do.',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'status', status: 503, shape: 'html', times: null }],
  },
  {
    id: 'no-answer',
    name: 'No answer at all',
    expect:
      'Connect: no answer comes within the ten seconds that this page allows, and then the attempt has ended.',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'stall', when: 'before', times: null }],
    attributes: { timeout: '10000' },
  },
  {
    id: 'rate-limited',
    name: 'Rate limited',
    expect:
      'Connect: CHeKT asks to wait for 45 seconds, which are counted down; only then can one try again.',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'status', status: 429, retryAfter: 45 }],
  },
  {
    id: 'rate-limited-briefly',
    name: 'Rate limited for a moment',
    expect: 'Connect: CHeKT asks to wait for two seconds, the element does, and then it is connected.',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'status', status: 429, retryAfter: 2 }],
  },
  {
    id: 'offline',
    name: 'Offline',
    expect:
      'This page believes to be offline. Connect: nothing is sent until you go online again, and then it is connected.',
    signIn: dana,
    page: 'is-offline',
  },
  {
    id: 'unreadable',
    name: 'Unreadable answer',
    expect:
      'Connect: two answers cannot be read, so it is not certain what happened; “Check again” settles it.',
    mode: 'browser',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'invalid-json', times: 2 }],
  },
  {
    id: 'other-id',
    name: 'Answer about another account',
    expect: 'Connect: CHeKT’s answer names another account, so the company is never shown as connected.',
    mode: 'browser',
    signIn: dana,
    faults: [
      {
        on: 'connect',
        kind: 'body',
        times: null,
        body: '{"dealer_id":12345,"external_dealer_id":"adc-99999","company_name":"Acme Security Systems, Inc."}',
      },
    ],
  },
  {
    id: 'redirected',
    name: 'Redirected',
    expect: 'Connect: CHeKT’s answer leads elsewhere, where the element does not go.',
    mode: 'browser',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'redirect', location: '/partner/v1/elsewhere' }],
  },
  {
    id: 'no-cors',
    name: 'Browser not allowed',
    expect:
      'Connect: CHeKT lets no browser call it, which looks to the element as if CHeKT could not be reached.',
    mode: 'browser',
    signIn: dana,
    switches: { cors: 'off' },
  },
];
