import { expect } from '@open-wc/testing';
import type { ConnectState } from '../../src/index.js';
import { embed } from '../element/fixture.js';
import { createWire, type Answer } from '../wire/wire.js';
import { ACCOUNT, dana, page, part, read, signIn, Source } from './support.js';

interface Row {
  readonly name: string;
  readonly answer: Answer;
  readonly state: ConnectState;
  readonly code?: string;
  readonly apiCode?: string;
  readonly reads?: RegExp;
}

const nobody = [
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
  'invalid_grant',
  'missing_refresh_token',
];
const shapes = (code: string) =>
  [
    ['flat', { error: code }],
    ['in an envelope', { error: { code, message: 'For developers.' } }],
  ] as const;

const signedOut = {
  state: 'unavailable',
  code: 'unauthorized',
  reads: /You're signed out of Northwind Cloud/,
} as const;
const otherAccount = {
  state: 'unavailable',
  code: 'forbidden',
  apiCode: 'other_account',
  reads: /You're signed in to Northwind Cloud with another account/,
} as const;
const tryAgain = { state: 'unavailable', reads: /Try again/ } as const;

const table: readonly Row[] = [
  { name: '200', answer: { json: dana }, state: 'authorized' },
  {
    name: '200 for the account that was asked for',
    answer: { json: { ...dana, external_dealer_id: ACCOUNT } },
    state: 'authorized',
  },
  { name: '204', answer: { status: 204 }, state: 'unauthorized' },
  ...nobody.flatMap((code) =>
    shapes(code).map(([shape, json]) => ({
      name: `400 ${code}, ${shape}`,
      answer: { status: 400, json },
      state: 'unauthorized' as const,
    })),
  ),
  ...shapes('access_denied').map(([shape, json]) => ({
    name: `400 access_denied, ${shape}`,
    answer: { status: 400, json },
    state: 'unauthorized' as const,
    code: 'forbidden',
    apiCode: 'access_denied',
    reads: /You chose not to allow access/,
  })),
  { name: '401', answer: { status: 401 }, ...signedOut },
  {
    name: '401 with an OAuth error',
    answer: { status: 401, json: { error: 'invalid_grant' } },
    ...signedOut,
  },
  {
    name: '401 that mentions another account',
    answer: { status: 401, json: { error: 'other_account' } },
    ...signedOut,
  },
  ...[403, 409].flatMap((status) =>
    shapes('other_account').map(([shape, json]) => ({
      name: `${status} other_account, ${shape}`,
      answer: { status, json },
      ...otherAccount,
    })),
  ),
  {
    name: '200 for another account',
    answer: { json: { ...dana, external_dealer_id: 'adc-11111' } },
    ...otherAccount,
  },
  { name: '404', answer: { status: 404 }, state: 'unavailable', code: 'configuration' },
  {
    name: '404 in an envelope',
    answer: { status: 404, json: { error: { code: 'route_not_found' } } },
    state: 'unavailable',
    code: 'configuration',
  },
  {
    name: '400 with another OAuth error',
    answer: { status: 400, json: { error: 'temporarily_unavailable' } },
    ...tryAgain,
    code: 'invalid-request',
  },
  { name: '403', answer: { status: 403 }, ...tryAgain, code: 'forbidden' },
  { name: '429', answer: { status: 429 }, ...tryAgain, code: 'rate-limited' },
  { name: '500', answer: { status: 500 }, ...tryAgain, code: 'server' },
  {
    name: '200 with HTML',
    answer: { body: '<title>Sign in</title>' },
    ...tryAgain,
    code: 'invalid-response',
  },
  { name: 'a redirect', answer: { redirect: 'same-origin' }, ...tryAgain, code: 'invalid-response' },
  {
    name: 'a reset',
    answer: { fault: { kind: 'reset', at: 'after-request-recorded' } },
    ...tryAgain,
    code: 'network',
  },
];

async function asking(answer: Answer) {
  const wire = await createWire([{ path: '/token', ...answer }]);
  const shown = embed({ apiBaseUrl: wire.sameOriginBaseUrl, tokenUrl: `${wire.sameOriginBaseUrl}/token` });
  await shown.element.ready;
  return { wire, ...shown };
}

type Shown = Pick<Awaited<ReturnType<typeof asking>>, 'element' | 'events' | 'names'>;

async function expectRow(
  { element, events, names }: Shown,
  { state, code, apiCode, reads }: Omit<Row, 'answer' | 'name'>,
) {
  expect(element.state).to.equal(state);
  const told = events.filter(({ type }) => type === 'chekt-error').map(({ detail }) => detail.error);
  expect(told.map((error) => error.code)).to.deep.equal(code ? [code] : []);
  if (apiCode) expect(told[0].apiCode).to.equal(apiCode);
  expect(names().includes('chekt-authorization-required')).to.equal(state === 'unauthorized');
  if (reads) expect(await read(element)).to.match(reads);
  expect(part(element, 'authorize-button') !== null, 'a way to sign in').to.equal(state === 'unauthorized');
}

describe('the source table, as token-url', () => {
  for (const row of table)
    it(`${row.name} → ${[row.state, row.code].filter(Boolean).join(', ')}`, async () => {
      await expectRow(await asking(row.answer), row);
    });

  it('is asked with the reason and the account', async () => {
    const { wire } = await asking({ json: dana });
    const [request] = await wire.requests();
    expect([...new URL(request!.path, location.origin).searchParams]).to.have.deep.members([
      ['reason', 'initial'],
      ['external_dealer_id', ACCOUNT],
    ]);
  });

  for (const [name, answer] of [
    ['another account', { status: 403, json: { error: 'other_account' } }],
    ['signed out', { status: 401 }],
  ] as const)
    it(`offers to ask again after ${name}`, async () => {
      const { wire, element } = await asking(answer);
      await read(element);
      await wire.script([{ path: '/token', json: dana }]);
      part(element, 'retry-button')!.click();
      await wire.waitForRequests(2);
      expect(await read(element)).to.contain('Dana Reyes');
      expect(element.state).to.equal('authorized');
      expect(element.error).to.equal(null);
    });
});

describe('the source table, as a rejection of getAccessToken', () => {
  const rows: readonly (readonly [string, unknown, Omit<Row, 'answer' | 'name'>])[] = [
    ...nobody.map((error) => [error, { error }, { state: 'unauthorized' }] as const),
    [
      'access_denied',
      { error: 'access_denied' },
      { state: 'unauthorized', code: 'forbidden', apiCode: 'access_denied' },
    ],
    ['other_account', { error: 'other_account' }, otherAccount],
    ['other_account in an envelope', { error: { code: 'other_account' } }, otherAccount],
    ['an unknown OAuth error', { error: 'server_error' }, { ...tryAgain, code: 'network' }],
    ['an error without a code', {}, { ...tryAgain, code: 'network' }],
    [
      'an `error` that cannot be read',
      {
        get error() {
          throw new Error('no');
        },
      },
      { ...tryAgain, code: 'network' },
    ],
  ];
  for (const [name, fields, row] of rows)
    it(`${name} → ${[row.state, row.code].filter(Boolean).join(', ')}`, async () => {
      const error = Object.defineProperties(
        new Error('For developers.'),
        Object.getOwnPropertyDescriptors(fields),
      );
      await expectRow(await page('browser', new Source(error), []), row);
    });

  it('treats a token for another account as other_account, and does not use it', async () => {
    const source = new Source({ ...signIn('browser', dana), external_dealer_id: 'adc-11111' });
    await expectRow(await page('browser', source, []), otherAccount);
  });

  it('is asked with the reason, the account and a signal', async () => {
    const source = new Source(signIn('browser', dana));
    await page('browser', source, []);
    const { reason, externalDealerId, signal } = source.asks[0]!;
    expect({ reason, externalDealerId }).to.deep.equal({ reason: 'initial', externalDealerId: ACCOUNT });
    expect(signal instanceof AbortSignal).to.equal(true);
  });
});
