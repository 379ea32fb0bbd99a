import { dana, type Scenario } from './scenario.js';

export const connected: readonly Scenario[] = [
  {
    id: 'connected',
    name: 'Connected',
    expect:
      'The connection is shown without asking for a sign-in: disconnect in two steps, and the platform has no access.',
    connected: 12345,
  },
  {
    id: 'disconnect-lost-answer',
    name: 'Lost answer on disconnect',
    expect:
      'Disconnect: CHeKT does it and its answer is lost; the second attempt finds the company gone, and that settles it.',
    connected: 12345,
    faults: [{ on: 'disconnect', kind: 'reset-after' }],
  },
  {
    id: 'disconnect-no-content',
    name: 'Disconnect answers nothing',
    expect: 'Disconnect: CHeKT’s answer is empty, and that is as good as any other.',
    connected: 12345,
    switches: { disconnectAnswer: 'no-content' },
  },
  {
    id: 'disconnect-refused',
    name: 'Disconnect refused',
    expect:
      'Disconnect: CHeKT refuses, the company is still shown as connected, and there is a reference for support.',
    connected: 12345,
    faults: [{ on: 'disconnect', kind: 'status', status: 403, code: 'not_allowed', times: null }],
  },
  {
    id: 'relay-down',
    name: 'Relay down',
    expect:
      'Disconnect: the platform’s relay gets nothing from CHeKT, and the company is still shown as connected.',
    connected: 12345,
    faults: [{ on: 'disconnect', kind: 'reset-before', times: null }],
  },
  {
    id: 'no-relay',
    name: 'No relay',
    expect: 'The page offers no way to disconnect, so it is said whom to ask.',
    connected: 12345,
    attributes: { 'disconnect-base-url': null },
  },
  {
    id: 'disconnected-elsewhere',
    name: 'Disconnected elsewhere',
    expect: 'CHeKT has disconnected the company: the platform notices when the page is loaded, and says so.',
    connected: 12345,
    disconnectedInChekt: true,
  },
  {
    id: 'disconnected-meanwhile',
    name: 'Disconnected meanwhile',
    expect:
      'The company is disconnected at CHeKT while this page is open: disconnect here, and it ends as disconnected.',
    connected: 12345,
    page: 'disconnected-meanwhile',
  },
  {
    id: 'not-checked',
    name: 'Connection not checked',
    expect:
      'The platform cannot ask CHeKT whether the connection is still there, so it is shown, and the page says so.',
    connected: 12345,
    faults: [{ on: 'dealer', kind: 'status', status: 503 }],
  },
  {
    id: 'two-tabs',
    name: 'Two tabs',
    expect:
      'Duplicate this tab and connect there: when you come back here, it is connected here too, and once only.',
    signIn: dana,
  },
];
