import { dana, type Scenario } from './scenario.js';

/** What can go wrong between the browser and CHeKT. */
const PUTS_AT_CHEKT = { text: 'PUT', side: 'chekt' } as const;

export const troubles: readonly Scenario[] = [
  {
    id: 'slow',
    name: 'Slow',
    steps: 'Connect.',
    expect: [
      'After five seconds: it says that it is still working.',
      'Then the company is connected, with one PUT.',
    ],
    mode: 'browser',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'delay', ms: 6500 }],
  },
  {
    id: 'flaky',
    name: 'Flaky, then fine',
    steps: 'Connect.',
    expect: [
      'The company is connected; no error was shown.',
      'At CHeKT: three PUTs with one key, answered with 503, 503 and 200.',
    ],
    signIn: dana,
    faults: [{ on: 'connect', kind: 'status', status: 503, times: 2 }],
  },
  {
    id: 'lost-answer',
    name: 'Connect: one answer lost',
    steps: 'Connect. CHeKT’s first answer gets lost on purpose.',
    filter: PUTS_AT_CHEKT,
    expect: [
      'The card says that the company is connected, and shows no error.',
      'The timeline has two PUTs with the same key: first “no answer”, then 200.',
      'CHeKT has recorded: 1 connected after 1 connect, so exactly once.',
    ],
    signIn: dana,
    faults: [{ on: 'connect', kind: 'reset-after' }],
  },
  {
    id: 'lost-answers',
    name: 'Connect: five answers lost',
    steps: 'Connect, then choose “Check again”. CHeKT’s first five answers get lost on purpose.',
    filter: PUTS_AT_CHEKT,
    expect: [
      'After Connect: the card says that it may have gone through, and offers “Check again”.',
      'After “Check again”: the company is connected.',
      'The timeline has six PUTs with one key.',
      'CHeKT has recorded: 1 connected after 1 connect, so exactly once.',
    ],
    signIn: dana,
    faults: [{ on: 'connect', kind: 'reset-after', times: 5 }],
  },
  {
    id: 'server-down',
    name: 'CHeKT is down',
    steps: 'Connect.',
    expect: [
      'It says that CHeKT has a problem, and what to do.',
      'At CHeKT: five PUTs with one key, nothing connected.',
    ],
    signIn: dana,
    faults: [{ on: 'connect', kind: 'status', status: 503, shape: 'html', times: null }],
  },
  {
    id: 'no-answer',
    name: 'No answer at all',
    steps: 'Connect.',
    expect: [
      'After ten seconds, which this page allows, the attempt has ended.',
      'It says that CHeKT has a problem right now, and what to do.',
    ],
    signIn: dana,
    faults: [{ on: 'connect', kind: 'stall', when: 'before', times: null }],
    attributes: { timeout: '10000' },
  },
  {
    id: 'rate-limited',
    name: 'Rate limited',
    steps: 'Connect, and try again before the time is over.',
    expect: [
      'The wait of 35 seconds is counted down.',
      'Until it is over, nothing is sent.',
      'After it: the company is connected.',
    ],
    signIn: dana,
    faults: [{ on: 'connect', kind: 'status', status: 429, retryAfter: 35 }],
  },
  {
    id: 'rate-limited-briefly',
    name: 'Rate limited for a moment',
    steps: 'Connect.',
    expect: [
      'The company is connected; no error was shown.',
      'At CHeKT: two PUTs with one key, at least two seconds apart.',
    ],
    signIn: dana,
    faults: [{ on: 'connect', kind: 'status', status: 429, retryAfter: 2 }],
  },
  {
    id: 'offline',
    name: 'Said to be offline',
    steps: 'This browser claims to be offline, wrongly. Connect.',
    expect: ['The claim is only a hint: one PUT is sent all the same.', 'The company is connected.'],
    signIn: dana,
    page: 'is-offline',
  },
  {
    id: 'unreadable',
    name: 'Unreadable answer',
    steps: 'Connect, then choose “Check again”.',
    expect: [
      'After two answers that cannot be read: it is not certain what happened.',
      'After “Check again”: the company is connected, with one key throughout.',
    ],
    mode: 'browser',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'invalid-json', times: 2 }],
  },
  {
    id: 'other-id',
    name: 'Answer about another account',
    steps: 'Connect.',
    expect: [
      'CHeKT’s answer names another account, and the company is not shown as connected.',
      'It says that CHeKT has a problem right now, and what to do.',
    ],
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
    steps: 'Connect.',
    expect: [
      'It says that CHeKT has a problem right now, and what to do.',
      'At CHeKT: one PUT, answered with 307; nothing is asked of where it leads.',
    ],
    mode: 'browser',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'redirect', location: '/partner/v1/elsewhere' }],
  },
  {
    id: 'no-cors',
    name: 'Browser not allowed',
    steps: 'Connect.',
    expect: ['It says that CHeKT cannot be reached, as far as this browser can tell.', 'At CHeKT: no PUT.'],
    mode: 'browser',
    signIn: dana,
    switches: { cors: 'off' },
  },
];
