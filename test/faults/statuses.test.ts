import { expect } from '@open-wc/testing';
import type { ChektConnectErrorCode } from '../../src/index.js';
import type { Answer } from '../wire/wire.js';
import { catalogue } from './catalogue.js';
import { connected, failed, refusal, success, type Ending, type Row } from './row.js';
import { words } from './words.js';

const repeated: readonly (readonly [number, ChektConnectErrorCode, 'not-applied' | 'unknown'])[] = [
  [408, 'timeout', 'not-applied'],
  [425, 'server', 'not-applied'],
  [429, 'rate-limited', 'not-applied'],
  [500, 'server', 'unknown'],
  [502, 'server', 'unknown'],
  [503, 'server', 'unknown'],
  [504, 'server', 'unknown'],
];

const final: readonly (readonly [number, ChektConnectErrorCode])[] = [
  [400, 'invalid-request'],
  [402, 'invalid-request'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [405, 'invalid-request'],
  [409, 'conflict'],
  [410, 'invalid-request'],
  [413, 'invalid-request'],
  [415, 'invalid-request'],
  [418, 'invalid-request'],
  [422, 'invalid-request'],
  [451, 'invalid-request'],
  [501, 'server'],
  [505, 'server'],
  [511, 'server'],
  [599, 'server'],
];

/** The ending when the dealer admin has to sign in again. */
const signedOut: Ending = {
  event: 'chekt-error',
  state: 'unauthorized',
  code: 'unauthorized',
  outcome: 'not-applied',
};

const twoTokens: Partial<Row> = {
  asks: ['initial', 'rejected'],
  also: async ({ puts, token }) => {
    const sent = new Set((await puts()).map(({ headers }) => headers['authorization']));
    expect([...sent]).to.deep.equal([`Bearer ${token(1)}`, `Bearer ${token(2)}`]);
  },
};

const lost: Answer = { ...success, fault: { kind: 'reset', at: 'after-request-recorded' } };
const stillRunning = refusal(409, 'idempotency_conflict');

catalogue('statuses', [
  ...repeated.flatMap(([status, code, outcome]): Row[] => [
    {
      name: `${status}, once`,
      answers: [refusal(status, 'busy'), success],
      ends: connected,
      requests: 2,
    },
    {
      name: `${status}, always`,
      answers: [refusal(status, 'busy')],
      ends: failed(code, outcome, { status, apiCode: 'busy' }),
      requests: 5,
    },
  ]),
  ...final.map(([status, code]): Row => ({
    name: `${status} is not repeated`,
    answers: [refusal(status, 'refused'), success],
    ends: failed(code, status < 500 ? 'not-applied' : 'unknown', { status, apiCode: 'refused' }),
    requests: 1,
  })),
  ...[300, 304].map((status): Row => ({
    name: `${status} is no success, and is not repeated`,
    answers: [{ status }, success],
    ends: failed('invalid-response', 'unknown'),
    requests: 1,
  })),
  {
    name: '401, once: another token',
    answers: [refusal(401, 'invalid_api_key'), success],
    ends: connected,
    requests: 2,
    ...twoTokens,
  },
  {
    name: '401, always',
    answers: [refusal(401, 'invalid_api_key')],
    ends: { ...signedOut, apiCode: 'invalid_api_key' },
    requests: 2,
    ...twoTokens,
  },
  {
    name: '401, and nobody is signed in any more',
    answers: [refusal(401, 'invalid_api_key')],
    host: ({ asks, token }) => ({
      getAccessToken: async ({ reason }) => (asks.push(reason) === 1 ? token(1) : null),
    }),
    ends: signedOut,
    requests: 1,
    asks: ['initial', 'rejected'],
    also: ({ events }) =>
      expect(events.find(({ type }) => type === 'chekt-authorization-required')?.detail).to.deep.equal({
        reason: 'rejected',
      }),
  },
  {
    name: '401, and the host fails to give another token',
    answers: [refusal(401, 'invalid_api_key')],
    host: ({ asks, token }) => ({
      getAccessToken: async ({ reason }) => {
        if (asks.push(reason) === 1) return token(1);
        throw new Error(`The session of ${token(2)} is over.`);
      },
    }),
    ends: failed('network', 'not-applied'),
    requests: 1,
    asks: ['initial', 'rejected'],
  },
  {
    name: '401, and the host never gives another token',
    answers: [refusal(401, 'invalid_api_key')],
    host: ({ asks, token }) => ({
      timeout: 8_000,
      getAccessToken: ({ reason }) =>
        asks.push(reason) === 1 ? Promise.resolve(token(1)) : new Promise(() => {}),
    }),
    ends: failed('timeout', 'not-applied'),
    requests: 1,
    asks: ['initial', 'rejected'],
  },
  {
    name: '503, then 401, then success',
    answers: [refusal(503, 'busy'), refusal(401, 'invalid_api_key'), success],
    ends: connected,
    requests: 3,
    ...twoTokens,
  },
  {
    name: '401, then 503, then 401: the source is asked once',
    answers: [refusal(401, 'invalid_api_key'), refusal(503, 'busy'), refusal(401, 'invalid_api_key')],
    ends: { ...signedOut, outcome: 'unknown' },
    requests: 3,
    ...twoTokens,
  },
  {
    name: 'idempotency conflict at first: not ours, not repeated',
    answers: [stillRunning, success],
    ends: failed('conflict', 'not-applied', { apiCode: 'idempotency_conflict' }),
    also: ({ text }) => {
      expect(text()).to.contain(words('title.conflict.idempotency_conflict'));
      expect(text()).not.to.contain('already connected');
    },
  },
  {
    name: 'lost answer, then idempotency conflict: the first is still running',
    answers: [lost, stillRunning, success],
    ends: connected,
    requests: 3,
  },
  {
    name: 'lost answer, then always idempotency conflict',
    answers: [lost, stillRunning],
    ends: failed('conflict', 'unknown', { apiCode: 'idempotency_conflict' }),
    requests: 5,
    also: ({ text }) => {
      expect(text())
        .to.contain(words('title.conflict.idempotency_conflict'))
        .and.to.contain(words('checkAgain'));
      expect(text()).not.to.contain('already connected');
    },
  },
  {
    name: 'lost answer, then another conflict',
    answers: [lost, refusal(409, 'dealer_conflict')],
    ends: failed('conflict', 'unknown', { apiCode: 'dealer_conflict' }),
    requests: 2,
    // the conflict may be with the first request
    also: ({ text }) => expect(text()).not.to.contain('Nothing was changed'),
  },
  {
    name: '503, then 403: the 503 may have gone through',
    answers: [refusal(503, 'busy'), refusal(403, 'permission_denied')],
    ends: failed('forbidden', 'unknown'),
    requests: 2,
  },
  {
    name: '429, then 422: both are refusals',
    answers: [refusal(429, 'busy'), refusal(422, 'refused', { field: 'company_name' })],
    ends: failed('invalid-request', 'not-applied'),
    requests: 2,
    also: ({ lastError, part }) => {
      expect(lastError()?.field).to.equal('company_name');
      expect(part('form-control-error')!.innerText).to.equal(words('companyNameRefused'));
    },
  },
  {
    name: '"Check again" after an unknown ending: the same operation, settled',
    answers: [lost, lost, lost, lost, lost, success],
    act: async (scene) => {
      await pressTwice(scene);
    },
    typed: 'Acme Security',
    ends: connected,
    endings: 2,
    requests: 6,
    keys: 1,
  },
  {
    name: '"Check again" that gets a 5xx: the next press is a new operation',
    answers: [lost, lost, lost, lost, lost, refusal(501, 'broken'), success],
    act: async (scene) => {
      await pressTwice(scene);
      await scene.until('the second end', () => scene.endings().length === 2);
      await scene.press('connect-button');
    },
    typed: 'Acme Security',
    ends: connected,
    endings: 3,
    requests: 7,
    keys: 2,
  },
  {
    name: '"Check again" that is not sent, as its question failed: the next press is still the same operation',
    answers: [refusal(501, 'broken')],
    act: async ({ element, wire, type, press, until, endings, token }) => {
      await element.ready;
      await type('Acme Security');
      await press('connect-button');
      await until('the first end', () => endings().length === 1);
      await wire.script([
        { path: '/token', status: 500 }, // for the quiet question
        { path: '/token', status: 500 }, // and for the attempt itself
        { path: '/token', json: { access_token: token(2) } },
        { method: 'PUT', ...success },
      ]);
      Object.assign(element, { getAccessToken: undefined, tokenUrl: `${wire.sameOriginBaseUrl}/token` });
      await element.connect().catch(() => {});
      await until('the question after it', () => element.state === 'authorized');
      await element.connect();
    },
    typed: 'Acme Security',
    ends: connected,
    endings: 3,
    requests: 2,
    keys: 1,
  },
  {
    name: 'another name after an unknown ending: a new operation',
    answers: [lost, lost, lost, lost, lost, success],
    act: async (scene) => {
      await scene.element.ready;
      await scene.type('Acme');
      await scene.press('connect-button');
      await scene.until('the first end', () => scene.endings().length === 1);
      await scene.type('Acme Security');
      await scene.press('connect-button');
    },
    typed: 'Acme Security',
    ends: connected,
    endings: 2,
    requests: 6,
    keys: 2,
  },
]);

async function pressTwice({ element, type, press, until, endings }: Parameters<NonNullable<Row['act']>>[0]) {
  await element.ready;
  await type('Acme Security');
  await press('connect-button');
  await until('the first end', () => endings().length === 1);
  await press('connect-button');
}
