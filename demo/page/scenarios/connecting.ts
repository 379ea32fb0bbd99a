import { dana, tom, type Scenario } from './scenario.js';

export const connecting: readonly Scenario[] = [
  {
    id: 'technician',
    name: 'Technician without rights',
    expect:
      'Connect: CHeKT refuses, and it is said to ask the account administrator or to use another account.',
    signIn: tom,
  },
  {
    id: 'dealer-app-token',
    name: 'Dealer-app token',
    expect:
      'Connect: CHeKT takes no token of a dealer’s own app here, and the person is sent to the platform.',
    signIn: { kind: 'dealer-app' },
  },
  {
    id: 'bound-elsewhere',
    name: 'Company connected elsewhere',
    expect:
      'Connect: the company is connected to another account of the platform already, and nothing changes.',
    signIn: dana,
    recorded: [{ dealerId: 12345, externalDealerId: 'adc-11111' }],
  },
  {
    id: 'id-taken',
    name: 'Account taken',
    expect:
      'Connect: another company is connected to this account of the platform already, and nothing changes.',
    signIn: dana,
    recorded: [{ dealerId: 23456, externalDealerId: 'adc-67890' }],
  },
  {
    id: 'connected-before',
    name: 'Connected before',
    expect:
      'CHeKT knows this connection and the platform does not: connect, and both know the one connection.',
    signIn: dana,
    recorded: [{ dealerId: 12345, externalDealerId: 'adc-67890' }],
  },
  {
    id: 'name-refused',
    name: 'Name not accepted',
    expect:
      'Connect: CHeKT does not accept the name, which is said at the field; connect again, and it does.',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'status', status: 422, code: 'invalid_field', field: 'company_name' }],
  },
  {
    id: 'unknown-dealer',
    name: 'Company unknown',
    expect: 'Connect: CHeKT does not know the company, and there is a reference for support to copy.',
    signIn: dana,
    faults: [{ on: 'connect', kind: 'status', status: 404, code: 'dealer_not_found', times: null }],
  },
  {
    id: 'other-spellings',
    name: 'Answer in other spellings',
    expect:
      'Connect: CHeKT sends its dealer id as text, another form of dates and an empty address line, all shown as ever.',
    signIn: dana,
    switches: { dealerIdType: 'string', timestamps: 'sql', missingAddress: 'null', traceEcho: 'on' },
  },
  {
    id: 'vetoed',
    name: 'Page says no',
    expect: 'Connect: the page does not let the attempt begin; no request is made and no error is shown.',
    signIn: dana,
    page: 'refuses',
  },
  {
    id: 'asks-first',
    name: 'Page asks first',
    expect: 'Connect: nothing is sent until you approve above the element, and then it goes on.',
    signIn: dana,
    page: 'asks-first',
  },
];
