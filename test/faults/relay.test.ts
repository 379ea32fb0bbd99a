import { expect } from '@open-wc/testing';
import type { ChektConnectErrorCode } from '../../src/index.js';
import type { Answer } from '../wire/wire.js';
import { catalogue } from './catalogue.js';
import { binding, dealer, disconnected, failed, refusal, type Ending, type Row } from './row.js';
import { words } from './words.js';

/** Still connected, with the error shown. */
const kept = (code: ChektConnectErrorCode, outcome: 'not-applied' | 'unknown', more: Partial<Ending> = {}) =>
  failed(code, outcome, { state: 'connected', ...more });

const gone: readonly (readonly [string, Answer])[] = [
  ['200 with the dealer', { json: dealer }],
  ['200 with nothing', { status: 200 }],
  ['200 with HTML', { body: '<p>Done.</p>' }],
  ['200 with broken JSON', { body: '{' }],
  ['202', { status: 202 }],
  ['204', { status: 204 }],
  ['299', { status: 299 }],
  ['404 in the envelope of CHeKT: gone already', refusal(404, 'dealer_not_connected')],
];

const refused: readonly (readonly [string, Answer, ChektConnectErrorCode, Partial<Ending>?])[] = [
  ['400', refusal(400, 'refused'), 'invalid-request'],
  ['401: the session of the platform', { status: 401 }, 'unauthorized'],
  ['401 in the envelope', refusal(401, 'invalid_api_key'), 'unauthorized', { apiCode: 'invalid_api_key' }],
  ['403 of the relay', { status: 403, body: 'CSRF' }, 'forbidden', { apiCode: undefined }],
  ['403 in the envelope', refusal(403, 'permission_denied'), 'forbidden', { apiCode: 'permission_denied' }],
  [
    '404 in the envelope, of something else',
    refusal(404, 'route_not_found'),
    'not-found',
    { apiCode: 'route_not_found' },
  ],
  ['404 of the relay, HTML', { status: 404, body: '<h1>Not found</h1>' }, 'not-found'],
  ['404 of the relay, empty', { status: 404 }, 'not-found'],
  ['404 of the relay, flat', { status: 404, json: { message: 'Not found' } }, 'not-found'],
  ['404 of the relay, RFC 6749', { status: 404, json: { error: 'not_found' } }, 'not-found'],
  ['404 in an envelope that says nothing', { status: 404, json: { error: {} } }, 'not-found'],
  ['409', refusal(409, 'conflict'), 'conflict'],
];

const reset: Answer = { fault: { kind: 'reset', at: 'after-request-recorded' } };
const stall: Answer = { fault: { kind: 'stall', at: 'before-headers' } };

const row = (name: string, answers: Answer[], ends: Ending, more: Partial<Row> = {}): Row => ({
  name,
  operation: 'disconnect',
  answers,
  ends,
  ...more,
});

const withoutToken: Row['also'] = async ({ puts, element, wire }) => {
  for (const { path, headers, origin } of await puts()) {
    expect(path).to.equal('/partner/v1/dealers/12345/disconnect?external_dealer_id=adc-67890');
    expect(origin).to.equal(location.origin);
    expect(headers).not.to.have.property('authorization');
  }
  expect(await wire.preflights()).to.deep.equal([]);
  expect(element.binding === null).to.equal(element.state !== 'connected');
};

catalogue('relay', [
  ...gone.map(([name, answer]) => row(name, [answer], disconnected, { also: withoutToken })),
  ...refused.map(([name, answer, code, more]) =>
    row(name, [answer], kept(code, 'not-applied', more), { requests: 1, also: withoutToken }),
  ),
  row('502, once', [{ status: 502 }, { status: 204 }], disconnected, { requests: 2, also: withoutToken }),
  row('502, always', [{ status: 502, body: 'Bad gateway' }], kept('server', 'unknown'), {
    requests: 5,
    also: withoutToken,
  }),
  row('501 is not repeated', [{ status: 501 }], kept('server', 'unknown'), { requests: 1 }),
  row('nothing: the answer is lost, once', [reset, refusal(404, 'dealer_not_connected')], disconnected, {
    requests: 2,
  }),
  row('nothing, always', [reset], kept('network', 'unknown'), { requests: 5, also: withoutToken }),
  row('a stall, once', [stall, { status: 204 }], disconnected, { requests: 2 }),
  row('a stall, always', [stall], kept('timeout', 'unknown'), { requests: [3, 5] }),
  row(
    'a success that breaks off',
    [{ json: dealer, fault: { kind: 'truncated' } }, { status: 204 }],
    disconnected,
    {
      requests: [1, 2],
    },
  ),
  row(
    'a redirect to a login page',
    [{ status: 302, redirect: 'same-origin' }],
    kept('invalid-response', 'unknown'),
    {
      requests: 1,
    },
  ),
  row('a redirect to another origin', [{ redirect: 'other-origin' }], kept('invalid-response', 'unknown'), {
    requests: 1,
  }),
  row(
    '429 with an hour to wait',
    [{ status: 429, headers: { 'Retry-After': '3600' } }],
    kept('rate-limited', 'not-applied'),
    {
      requests: 1,
      also: ({ text }) => expect(text()).to.contain(words('tryAgainIn', { time: '60 minutes' })),
    },
  ),
  row(
    '"Check again" after a lost answer: the same operation',
    [reset, reset, reset, reset, reset, { status: 204 }],
    disconnected,
    {
      act: async ({ element, press, until, endings }) => {
        await element.ready;
        await press('disconnect-button');
        await press('disconnect-button');
        await until('the first end', () => endings().length === 1);
        await press('disconnect-button');
      },
      endings: 2,
      requests: 6,
      keys: 1,
    },
  ),
  {
    name: 'a disconnect after a connect that is unknown, with a company named like the dealer id: another operation',
    answers: [reset],
    act: async ({ element, wire, endings, until }) => {
      await element.ready;
      await element.connect('12345').catch(() => {});
      element.binding = binding;
      await until('the binding', () => element.state === 'connected');
      await wire.script([{ status: 403 }]);
      await element.disconnect().catch(() => {});
      expect(endings()).to.have.length(2);
    },
    endings: 2,
    requests: 6,
    keys: 2,
    ends: kept('forbidden', 'not-applied'),
  },
  row(
    'no relay: no button, but whom to ask',
    [{ status: 204 }],
    { event: 'none', state: 'connected' },
    {
      host: () => ({ disconnectBaseUrl: undefined }),
      act: async ({ element, part }) => {
        await element.ready;
        expect(part('disconnect-button')).to.equal(null);
        const refusal = await element.disconnect().catch((error: unknown) => error);
        expect(refusal).to.include({ code: 'configuration', outcome: 'not-applied' });
      },
      also: ({ text }) => expect(text()).to.contain(words('askToDisconnect')),
    },
  ),
]);
