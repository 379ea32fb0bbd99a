import { expect } from '@open-wc/testing';
import { createWire, type Answer } from '../wire/wire.js';
import { catalogue } from './catalogue.js';
import { connected, dealer, disconnected, failed, refusal, success, unavailable, type Row } from './row.js';
import type { Scene } from './scene.js';

/** Makes the server echo the token. The script is written once the token is known. */
const echoing =
  (answers: (token: Scene['token']) => Answer[], then?: (scene: Scene) => unknown): Row['act'] =>
  async (scene) => {
    await scene.element.ready;
    await scene.wire.script(answers(scene.token));
    await scene.type('Acme Security');
    await scene.press('connect-button');
    await then?.(scene);
  };

const row = (name: string, answers: (token: Scene['token']) => Answer[], more: Partial<Row> = {}): Row => ({
  name,
  act: echoing(answers),
  typed: 'Acme Security',
  ends: connected,
  ...more,
});

const everywhere = (text: string) => ({
  ...dealer,
  company_name: `Acme ${text}`,
  company_address1: text,
  company_address2: `Bearer ${text}`,
  company_email: `${text}@acme.example`,
  company_phone_number: text,
  created_at: text,
  [text]: text,
  unknown: [text, { text }],
});

const errors: readonly (readonly [string, (text: string) => Answer])[] = [
  [
    'in every field of an error',
    (text) => refusal(403, text, { request_id: text, field: text, message: text }),
  ],
  ['in the code, with more around', (text) => refusal(403, `denied.${text}`)],
  ['in a flat message', (text) => ({ status: 403, json: { message: text } })],
  ['in an error of RFC 6749', (text) => ({ status: 403, json: { error: text, error_description: text } })],
  ['as the whole body', (text) => ({ status: 403, json: text })],
  ['in HTML', (text) => ({ status: 403, body: `<p>${text}</p>`, headers: { 'Content-Type': 'text/html' } })],
  [
    'in headers',
    (text) => ({
      status: 403,
      headers: { 'Retry-After': text, 'X-RateLimit-Limit': text, 'WWW-Authenticate': text },
    }),
  ],
];

catalogue('echoes of the token', [
  row('in every field of a success', (token) => [{ json: everywhere(token(1)) }]),
  row(
    'in every field of an answer that is unreadable',
    (token) => [{ json: { ...everywhere(token(1)), dealer_id: 0 } }],
    {
      ends: failed('invalid-response', 'unknown'),
      requests: 2,
    },
  ),
  row('as another external_dealer_id', (token) => [{ json: { ...dealer, external_dealer_id: token(1) } }], {
    ends: failed('invalid-response', 'unknown'),
    requests: 2,
  }),
  ...errors.map(([name, answer]) =>
    row(name, (token) => [answer(token(1))], { ends: failed('forbidden', 'not-applied') }),
  ),
  row('with JSON escapes', (token) => [
    { body: JSON.stringify(everywhere(token(1))).replaceAll('canary', '\\u0063anar\\u0079') },
  ]),
  row(
    'of the first token, when the second is in use',
    (token) => [refusal(401, 'invalid_api_key'), { json: everywhere(token(1)) }],
    { requests: 2, asks: ['initial', 'rejected'] },
  ),
  row(
    'of the first token in an error, when the second is in use',
    (token) => [
      refusal(401, 'invalid_api_key'),
      refusal(403, token(1), { request_id: token(1), field: token(1) }),
    ],
    { requests: 2, asks: ['initial', 'rejected'], ends: failed('forbidden', 'not-applied') },
  ),
  row(
    'in the address of a redirect',
    (token) => [{ status: 307, redirect: { location: `/?token=${token(1)}` } }],
    {
      ends: failed('invalid-response', 'unknown'),
      requests: 1,
    },
  ),
  {
    name: 'in what the relay answers to disconnect',
    act: async (scene) => {
      const { element, wire, token } = scene;
      await element.ready;
      await element.connect('Acme');
      await wire.script([refusal(403, token(1), { request_id: token(1), field: token(1) })]);
      await element.disconnect().catch(() => {});
    },
    endings: 2,
    requests: 2,
    keys: 2,
    ends: failed('forbidden', 'not-applied', { state: 'connected' }),
  },
  {
    name: 'in what the relay answers to a disconnect that works',
    act: async ({ element, wire, token }) => {
      await element.ready;
      await element.connect('Acme');
      await wire.script([{ json: everywhere(token(1)) }]);
      await element.disconnect();
    },
    endings: 2,
    requests: 2,
    keys: 2,
    ends: { ...disconnected, state: 'authorized' },
  },
  {
    name: 'in an error of token-url, asked again after a 401',
    act: async ({ element, wire, token, asks, type, press }) => {
      await element.ready;
      const service = await createWire([{ status: 500, json: { error: token(1), name: token(1) } }]);
      await wire.script([refusal(401, 'invalid_api_key')]);
      element.getAccessToken = async ({ reason, signal }) => {
        if (reason === 'initial') return token(asks.push(reason));
        asks.push(reason);
        const answer = await fetch(`${service.sameOriginBaseUrl}/token`, {
          signal,
          redirect: 'manual',
          credentials: 'same-origin',
        });
        throw new Error(await answer.text());
      };
      await element.updateComplete;
      await type('Acme Security');
      await press('connect-button');
    },
    typed: 'Acme Security',
    asks: ['initial', 'initial', 'rejected'],
    ends: failed('network', 'not-applied'),
  },
  {
    name: 'in an error of the host that looks like ours',
    host: ({ token, asks }) => ({
      getAccessToken: async ({ reason }) => {
        asks.push(reason);
        throw Object.assign(new Error(token(1)), {
          code: token(1),
          name: 'ChektConnectError',
          apiCode: token(1),
        });
      },
    }),
    ends: unavailable('network'),
    also: ({ lastError }) => expect(lastError()?.cause).to.equal(undefined),
  },
  { name: 'none, to compare', answers: [success], ends: connected },
]);
