import { expect } from '@open-wc/testing';
import type { Answer } from '../wire/wire.js';
import { catalogue } from './catalogue.js';
import { connected, dealer, failed, success, type Row } from './row.js';
import { words } from './words.js';

const json = (body: unknown): Answer => ({ status: 200, json: body });
const raw = (body: string, type = 'application/json'): Answer => ({
  status: 200,
  body,
  headers: { 'Content-Type': type },
});
const without = (name: keyof typeof dealer) => json({ ...dealer, [name]: undefined });
const text = JSON.stringify(dealer);

/** Success answers that cannot be used: the request is repeated once, then the outcome is unknown. */
const unreadable: readonly (readonly [string, Answer])[] = [
  ['nothing', { status: 200 }],
  ['204', { status: 204 }],
  ['invalid JSON', raw(text.slice(0, -1))],
  ['two objects', raw(text + text)],
  ['HTML', raw('<title>Sign in</title>', 'text/html')],
  ['null', json(null)],
  ['a list', json([dealer])],
  ['a text', json('connected')],
  ['a number', json(12345)],
  ['an empty object', json({})],
  ['wrapped in an object', json({ data: dealer })],
  ['an error with status 200', json({ error: { code: 'permission_denied' } })],
  ['no dealer_id', without('dealer_id')],
  ['no external_dealer_id', without('external_dealer_id')],
  ['no company_name', without('company_name')],
  ['nulls', json({ ...dealer, dealer_id: null })],
  ['company_name: null', json({ ...dealer, company_name: null })],
  ['company_name: a number', json({ ...dealer, company_name: 7 })],
  ['company_name: empty', json({ ...dealer, company_name: '' })],
  ['company_name: only spaces and controls', json({ ...dealer, company_name: ' \u0000\u202e\t ' })],
  ['external_dealer_id: a number', json({ ...dealer, external_dealer_id: 67890 })],
  ['another external_dealer_id', json({ ...dealer, external_dealer_id: 'adc-11111' })],
  ['external_dealer_id in capitals', json({ ...dealer, external_dealer_id: 'ADC-67890' })],
  ['external_dealer_id with a space', json({ ...dealer, external_dealer_id: 'adc-67890 ' })],
  ['camel case', json({ dealerId: 12345, externalDealerId: 'adc-67890', companyName: 'Acme' })],
  ['names from __proto__', raw(`{"__proto__":${text}}`)],
  ['UTF-16', raw([...text].join('\u0000'))],
  ...(
    [
      ['zero', 0],
      ['negative', -1],
      ['a fraction', 1.5],
      ['true', true],
      ['a list', [12345]],
      ['an object', { id: 12345 }],
      ['"0"', '0'],
      ['"-1"', '-1'],
      ['"1.5"', '1.5'],
      ['"1e3"', '1e3'],
      ['"0x10"', '0x10'],
      ['"abc"', 'abc'],
      ['empty', ''],
      ['with a space', ' 12345'],
      ['"2^53" as a text', '9007199254740993'],
      ['eastern digits', '١٢٣٤٥'],
    ] as const
  ).map(([name, dealer_id]) => [`dealer_id: ${name}`, json({ ...dealer, dealer_id })] as const),
  ['dealer_id: 2^53', raw(text.replace('12345', '9007199254740992'))],
  ['dealer_id: too large for a number', raw(text.replace('12345', '1e999'))],
];

/** Whether the text is in the element, folded details included. */
const shows =
  (value: string): Row['also'] =>
  ({ part }) =>
    expect(part('base')!.textContent.replace(/\s+/g, '')).to.contain(value.replace(/\s+/g, ''));

const readable: readonly (readonly [string, Answer, Row['also']?])[] = [
  ['201', { ...success, status: 201 }],
  ['202', { ...success, status: 202 }],
  ['dealer_id: numeric string', json({ ...dealer, dealer_id: '12345' }), shows('CHeKT dealer ID 12345')],
  ['dealer_id: the largest', raw(text.replace('12345', '9007199254740991')), shows('9007199254740991')],
  ['unknown fields', json({ ...dealer, plan: 'pro', nested: { a: [1] }, 'x y': 1 })],
  ['optional nulls', json({ ...dealer, company_address2: null, company_email: null, created_at: null })],
  [
    'optional fields of wrong types',
    json({ ...dealer, company_email: 7, company_phone_number: {}, created_at: 0 }),
  ],
  [
    'only what is required',
    json({ dealer_id: 12345, external_dealer_id: 'adc-67890', company_name: 'Acme' }),
  ],
  ['an unknown field of 1,000 levels', raw(`{"x":${'['.repeat(1000)}${']'.repeat(1000)},${text.slice(1)}`)],
  ['as text/plain', raw(text, 'text/plain')],
  ['as text/html', raw(text, 'text/html')],
  ['with a byte order mark', raw(`\ufeff${text}`)],
  ['with space around', raw(`\r\n ${text} \n`)],
  [
    'with __proto__ beside it',
    raw(`{"__proto__":{"dealer_id":1},"constructor":1,"toString":2,${text.slice(1)}`),
    shows('CHeKT dealer ID 12345'),
  ],
  [
    'a name of HTML',
    json({ ...dealer, company_name: '<img src=x onerror="document.title=1"><script>1</script>' }),
    shows('<img src=x onerror="document.title=1"><script>1</script>'),
  ],
  [
    'a name with bidi overrides',
    json({ ...dealer, company_name: 'Acme\u202e\u2066 Security' }),
    ({ element }) => expect(element.binding?.companyName).to.equal('Acme Security'),
  ],
  ['a name of 10,000 letters', json({ ...dealer, company_name: 'x'.repeat(10_000) }), shows('xxx')],
];

catalogue('bodies', [
  ...unreadable.map(([name, answer]): Row => ({
    name,
    answers: [answer],
    ends: failed('invalid-response', 'unknown'),
    requests: 2,
    also: ({ element, text: shown }) => {
      expect(element.binding ?? null).to.equal(null);
      expect(shown()).to.contain(words('title.server')).and.not.to.contain('is connected to');
    },
  })),
  {
    name: 'unreadable once, then a success',
    answers: [json({}), success],
    ends: connected,
    requests: 2,
  },
  {
    name: 'another external_dealer_id once, then the right one',
    answers: [json({ ...dealer, external_dealer_id: 'adc-11111' }), success],
    ends: connected,
    requests: 2,
  },
  ...readable.map(([name, answer, also]): Row => ({
    name,
    answers: [answer],
    ends: connected,
    also: (scene) => {
      expect(Object.isFrozen(scene.element.binding)).to.equal(true);
      return also?.(scene);
    },
  })),
]);
