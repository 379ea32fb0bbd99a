import { dana, tom, type Scenario } from './scenario.js';

export const connecting: readonly Scenario[] = [
  {
    id: 'technician',
    name: 'Technician without rights',
    steps: 'Connect.',
    expect: [
      'It says that a dealer admin is needed.',
      'The way out is “Use another account”.',
      'At CHeKT: refused as permission_denied, nothing connected.',
    ],
    signIn: tom,
  },
  {
    id: 'dealer-app-token',
    name: 'Dealer-app token',
    steps: 'Connect.',
    expect: ['It says that CHeKT refused.', 'At CHeKT: refused as user_token_required, nothing connected.'],
    signIn: { kind: 'dealer-app' },
  },
  {
    id: 'bound-elsewhere',
    name: 'Company connected elsewhere',
    steps: 'Connect.',
    expect: [
      'It says that the company or the account is connected already.',
      'At CHeKT: the connection to adc-11111 is as before.',
    ],
    signIn: dana,
    recorded: [{ dealerId: 12345, externalDealerId: 'adc-11111' }],
  },
  {
    id: 'id-taken',
    name: 'Account taken',
    steps: 'Connect.',
    expect: [
      'It says that the company or the account is connected already.',
      'At CHeKT: the connection of dealer 23456 is as before.',
    ],
    signIn: dana,
    recorded: [{ dealerId: 23456, externalDealerId: 'adc-67890' }],
  },
  {
    id: 'connected-before',
    name: 'Connected before',
    steps: 'CHeKT knows this connection and the platform does not. Connect, then reload.',
    expect: [
      'After Connect: the company is connected.',
      'At CHeKT: still one connection.',
      'After the reload: it is shown at once.',
    ],
    signIn: dana,
    recorded: [{ dealerId: 12345, externalDealerId: 'adc-67890' }],
  },
  {
    id: 'name-refused',
    name: 'Name not accepted',
    steps: 'Connect, then correct the name and connect again.',
    expect: [
      'After the first: the field is marked, and says that CHeKT does not accept the name.',
      'The field has the focus and keeps the name.',
      'After the second: the company is connected, with a new key.',
    ],
    signIn: dana,
    faults: [{ on: 'connect', kind: 'status', status: 422, code: 'invalid_field', field: 'company_name' }],
  },
  {
    id: 'unknown-dealer',
    name: 'Company unknown',
    steps: 'Connect, then copy the reference for support.',
    expect: [
      'It says that CHeKT could not find the company.',
      'The reference has the request id and the trace id of the timeline.',
    ],
    signIn: dana,
    faults: [{ on: 'connect', kind: 'status', status: 404, code: 'dealer_not_found', times: null }],
  },
  {
    id: 'other-spellings',
    name: 'Answer in other spellings',
    steps: 'Connect.',
    expect: [
      'The company is connected, with dealer ID 12345.',
      'The address reads as ever, without an empty line.',
    ],
    signIn: dana,
    switches: { dealerIdType: 'string', timestamps: 'sql', missingAddress: 'null', traceEcho: 'on' },
  },
  {
    id: 'vetoed',
    name: 'Page says no',
    steps: 'Connect.',
    expect: [
      'The page says why it does not let the attempt begin.',
      'No request is made, and the element shows no error.',
    ],
    signIn: dana,
    page: 'refuses',
  },
  {
    id: 'asks-first',
    name: 'Page asks first',
    steps: 'Connect, and wait before you approve above the element.',
    expect: [
      'Before you approve: the element is busy and nothing is sent.',
      'After: the company is connected, with one PUT.',
    ],
    signIn: dana,
    page: 'asks-first',
  },
];
