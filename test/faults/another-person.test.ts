import { expect } from '@open-wc/testing';
import type { TokenResponse } from '../../src/index.js';
import { catalogue } from './catalogue.js';
import { jwt } from './jwt.js';
import { connected, failed, refusal, success, type Given, type Row } from './row.js';
import type { Scene } from './scene.js';

type Person = Readonly<Record<string, unknown>>;

const dana = { sub: 'user-1', name: 'Dana Reyes', email: 'dana@acme.example' };
const tom = { sub: 'user-2', name: 'Tom Okafor', email: 'tom@acme.example' };

/** The server may have processed the request or not. */
const broken = refusal(501, 'broken');

/** A host that hands over these sign-ins in turn, the last one repeatedly. */
const handing =
  (...people: readonly ((given: Given) => string | TokenResponse | null)[]): Row['host'] =>
  (given) => ({
    getAccessToken: async ({ reason }) =>
      people[Math.min(given.asks.push(reason), people.length) - 1]!(given),
  });

const token =
  (claims: Person, number = 1) =>
  (given: Given) =>
    jwt(given.token(number), claims);
const opaque = (number: number) => (given: Given) => given.token(number);
const none = () => null;

/**
 * Makes an attempt with an unknown outcome, lets the host change something, and connects with the same name
 * again, typing it if it is gone.
 */
const between =
  (change: (scene: Scene) => unknown): Row['act'] =>
  async (scene) => {
    const { element, part, type, press, until, endings } = scene;
    await element.ready;
    await type('Acme Security');
    await press('connect-button');
    await until('the first end', () => endings().length === 1);
    const undo = await change(scene);
    await until('the form', () => element.state === 'authorized');
    await element.updateComplete;
    if (part<HTMLInputElement>('form-control-input')!.value === '') await type('Acme Security');
    await press('connect-button');
    await until('the second end', () => endings().length === 2);
    if (typeof undo === 'function') undo();
  };

/** Sets another function, which the element asks quietly. */
const anotherFunction = async ({ element }: Scene) => {
  const { getAccessToken } = element;
  element.getAccessToken = (request) => getAccessToken!(request);
  await new Promise((resolve) => requestAnimationFrame(resolve));
};

const reset = async ({ element }: Scene) => element.reset();

/** Sets the clock two hours ahead until it is undone. */
const twoHours = () => {
  const { now } = Date;
  Date.now = () => now() + 7_200_000;
  return () => (Date.now = now);
};

const row = (name: string, change: (scene: Scene) => unknown, more: Partial<Row>): Row => ({
  name,
  answers: [broken, success],
  act: between(change),
  asks: ['initial', 'initial'],
  endings: 2,
  requests: 2,
  keys: 2,
  ends: connected,
  ...more,
});

/** Nothing more is sent, because the sign-in displayed at the press was somebody else's. */
const stopped: Partial<Row> = {
  ends: failed('conflict', 'unknown', { apiCode: 'sign_in_changed' }),
  requests: 1,
  keys: 1,
  also: ({ text }) => expect(text()).to.contain('Tom Okafor'),
};

catalogue('another person after an unknown outcome', [
  row('the token is of another user: a new operation', anotherFunction, {
    host: handing(token(dana), token(tom, 2)),
  }),
  row('only the user id says so', anotherFunction, {
    host: handing(token({ sub: 'user-1' }), token({ sub: 'user-2' }, 2)),
  }),
  row('the same user, for another dealer', anotherFunction, {
    host: handing(token({ ...dana, dealer_id: 12345 }), token({ ...dana, dealer_id: 23456 }, 2)),
  }),
  row('in service mode, by what token-url says', anotherFunction, {
    host: (given) => ({
      ...handing(
        () => ({ name: 'Dana Reyes', email: 'dana@acme.example', sign_in_id: 'one' }),
        () => ({ name: 'Mira Lindqvist', sign_in_id: 'two' }),
      )!(given),
      apiBaseUrl: given.wire.sameOriginBaseUrl,
    }),
  }),
  row('found only at the press, after the first token has expired: nothing is sent', twoHours, {
    ...stopped,
    host: handing((given) => ({ access_token: token(dana)(given), expires_in: 3600 }), token(tom, 2)),
    asks: ['initial', 'expired'],
  }),
  {
    ...row('found only at the press, just after the source has changed: nothing is sent', () => {}, {
      ...stopped,
      host: handing(token(dana), token(tom, 2)),
    }),
    act: async ({ element }) => {
      await element.ready;
      await element.connect('Acme Security').catch(() => {});
      const { getAccessToken } = element;
      element.getAccessToken = (request) => getAccessToken!(request);
      await element.connect('Acme Security').catch(() => {});
    },
  },
  {
    ...row('found in the middle of an attempt, after a 401: nothing more is sent', () => {}, {
      ...stopped,
      answers: [refusal(503, 'busy'), refusal(401, 'invalid_api_key'), success],
      host: handing(token(dana), token(tom, 2)),
      asks: ['initial', 'rejected'],
      requests: 2,
      endings: 1,
    }),
    act: async ({ element, type, press }) => {
      await element.ready;
      await type('Acme Security');
      await press('connect-button');
    },
  },
  row(
    'nobody is signed in between, and the tokens say nothing',
    async (scene) => {
      await anotherFunction(scene);
      expect(scene.element.state).to.equal('unauthorized');
      await anotherFunction(scene);
    },
    { host: handing(opaque(1), none, opaque(2)), asks: ['initial', 'initial', 'initial'] },
  ),
  row('reset() between, and the tokens say nothing', reset, { host: handing(opaque(1), opaque(2)) }),
  row('the same person with a new token: "Check again" is the same operation', anotherFunction, {
    host: handing(token(dana), token(dana, 2)),
    keys: 1,
  }),
  row('the same person with a token that says less', anotherFunction, {
    host: handing(token(dana), token({ sub: 'user-1' }, 2)),
    keys: 1,
  }),
  row(
    'a new token that says nothing, so that nobody can tell whose it is: a new operation',
    anotherFunction,
    {
      host: handing(token(dana), opaque(2)),
    },
  ),
  row(
    'a token that says nothing, which in the same attempt turns out to be of somebody: it goes on',
    anotherFunction,
    {
      answers: [broken, refusal(401, 'invalid_api_key'), success],
      host: handing(token(dana), opaque(2), token(tom, 3)),
      asks: ['initial', 'initial', 'rejected'],
      requests: 3,
      also: async ({ puts }) => {
        const [first, second, third] = (await puts()).map(({ headers }) => headers['idempotency-key']);
        expect(second).not.to.equal(first);
        expect(third).to.equal(second);
      },
    },
  ),
]);
