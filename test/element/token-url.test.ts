import { expect } from '@open-wc/testing';
import { runFast } from '../support/clock.js';
import { createWire, type Answer } from '../wire/wire.js';
import { failure, part, success, untilState } from './acting.js';
import { embed, textOf } from './fixture.js';

/** An element in service mode, whose token-url gives these answers in turn. */
async function asking(answers: readonly Answer[], query = '') {
  const wire = await createWire(answers.map((answer) => ({ method: 'GET', path: '/token', ...answer })));
  const page = embed({
    apiBaseUrl: wire.sameOriginBaseUrl,
    tokenUrl: `${wire.sameOriginBaseUrl}/token${query}`,
  });
  await page.element.ready;
  await page.element.updateComplete;
  const asked = async () => (await wire.requests()).filter(({ method }) => method === 'GET');
  return { wire, asked, ...page };
}

const oauthError = (error: string, status = 400): Answer => ({ status, json: { error } });

describe('the request to token-url', () => {
  it('is a GET with ?reason=, with the cookies of the page, and not cached', async () => {
    document.cookie = 'session=own; path=/; SameSite=Lax';
    const { asked } = await asking([{ json: {} }]);
    const [request] = await asked();
    expect(request).to.include({
      method: 'GET',
      path: '/token?reason=initial&external_dealer_id=adc-67890',
      body: '',
    });
    expect(request!.headers['cookie']).to.contain('session=own');
    expect(request!.headers['cache-control']).to.equal('no-cache');
    expect(request!.headers).not.to.have.any.keys('authorization', 'idempotency-key');
    expect(await asked()).to.have.length(1);
  });

  it('keeps the host’s query and has only one reason', async () => {
    const { asked } = await asking([{ json: {} }], '?run=a&run=b&empty=&reason=host');
    const { searchParams } = new URL((await asked())[0]!.path, location.origin);
    expect([...searchParams]).to.have.deep.members([
      ['run', 'a'],
      ['run', 'b'],
      ['empty', ''],
      ['reason', 'initial'],
      ['external_dealer_id', 'adc-67890'],
    ]);
  });
});

/** The answer, and the state and error that it leads to. */
const answers: readonly (readonly [
  string,
  Answer,
  string,
  (readonly [code: string, apiCode?: string, status?: number])?,
])[] = [
  ['200 with a token response', { json: { name: 'Dana' } }, 'authorized'],
  ['204', { status: 204 }, 'unauthorized'],
  ['401', { status: 401 }, 'unavailable', ['unauthorized', 'login_required', 401]],
  [
    'access_denied with 400',
    oauthError('access_denied'),
    'unauthorized',
    ['forbidden', 'access_denied', 400],
  ],
  [
    'access_denied with 403',
    oauthError('access_denied', 403),
    'unauthorized',
    ['forbidden', 'access_denied'],
  ],
  ['404', { status: 404 }, 'unavailable', ['configuration', undefined, 404]],
  [
    'an RFC 6749 error that says nothing about the sign-in',
    oauthError('invalid_request'),
    'unavailable',
    ['invalid-request', undefined, 400],
  ],
  ['403', { status: 403 }, 'unavailable', ['forbidden', undefined, 403]],
  ['409', { status: 409 }, 'unavailable', ['conflict', undefined, 409]],
  ['429', { status: 429 }, 'unavailable', ['rate-limited', undefined, 429]],
  ['500', { status: 500 }, 'unavailable', ['server', undefined, 500]],
  ['200 with HTML', { body: '<title>Sign in</title>' }, 'unavailable', ['invalid-response', undefined, 200]],
  ['201', { status: 201, json: { name: 'Dana' } }, 'unavailable', ['invalid-response', undefined, 201]],
  ['a redirect', { redirect: 'same-origin' }, 'unavailable', ['invalid-response']],
];

describe('the answer of token-url', () => {
  for (const [name, answer, state, error] of answers)
    it(`${name} → ${[state, error?.[0], error?.[1]].filter(Boolean).join(', ')}`, async () => {
      const { element, events, asked } = await asking([answer]);
      expect(element.state).to.equal(state);
      const told = events.filter(({ type }) => type === 'chekt-error').map(({ detail }) => detail.error);
      expect(told.map(({ code }) => code)).to.deep.equal(error ? [error[0]] : []);
      expect(element.error).to.equal(told[0] ?? null);
      if (error) {
        expect(element.error!.apiCode).to.equal(error[1]);
        if (error[2]) expect(element.error!.status).to.equal(error[2]);
        expect(element.error!.outcome).to.equal('not-applied');
      }
      expect(await asked(), 'it is not repeated').to.have.length(1);
    });

  it('refers to the platform’s login, not to CHeKT’s, if it is 401', async () => {
    const { element } = await asking([{ status: 401 }]);
    expect(textOf(element)).to.match(/You’re signed out of Northwind Cloud Sign in there/);
    expect(part(element, 'authorize-button')).to.equal(null);
    expect(textOf(element)).to.contain('Try again');
  });

  it('says that access was not allowed, and offers the sign-in, if it is access_denied', async () => {
    const { element, events } = await asking([oauthError('access_denied')]);
    expect(textOf(element)).to.match(/You chose not to allow access/);
    expect(part(element, 'authorize-button')).not.to.equal(null);
    const required = events.find(({ type }) => type === 'chekt-authorization-required');
    expect(required?.detail).to.deep.equal({ reason: 'missing' });
  });

  it('is not an authorization if it is a 200 with the RFC 6749 error access_denied', async () => {
    const { element } = await asking([oauthError('access_denied', 200)]);
    expect(element.state).to.equal('unauthorized');
  });

  for (const [name, answer] of [
    ['a 500', { status: 500 }],
    ['a lost connection', { fault: { kind: 'reset', at: 'after-request-recorded' } }],
    ['HTML', { body: '<p>Sign in</p>' }],
  ] as const)
    it(`${name} offers "Try again", never says "not authorized", and recovers`, async () => {
      const { element, asked, names } = await asking([answer, { json: {} }]);
      expect(element.state).to.equal('unavailable');
      expect(textOf(element)).to.contain('Try again').and.not.to.contain('Nobody is signed in');
      expect(names()).not.to.include('chekt-authorization-required');
      const again = [...element.shadowRoot!.querySelectorAll('button')].find(
        ({ innerText }) => innerText === 'Try again',
      );
      again!.click();
      await untilState(element, 'authorized');
      expect(element.error).to.equal(null);
      expect((await asked()).map(({ path }) => path)).to.deep.equal([
        '/token?reason=initial&external_dealer_id=adc-67890',
        '/token?reason=initial&external_dealer_id=adc-67890',
      ]);
    });
});

describe('during an attempt, token-url', () => {
  runFast(4);

  it('ends the attempt as signed out of the platform, and keeps the form, by a 401 to `rejected`', async () => {
    const { element, wire, names } = await asking([{ json: {} }, { status: 401 }]);
    await wire.script([{ method: 'PUT', status: 401 }, { status: 401 }]);
    const error = await failure(element.connect('Acme'));
    expect(error).to.include({ code: 'unauthorized', apiCode: 'login_required', outcome: 'not-applied' });
    expect(element.state).to.equal('authorized');
    expect(names()).not.to.include('chekt-authorization-required');
    expect(textOf(element)).to.match(/You’re signed out of Northwind Cloud/);
  });

  it('leads to the sign-in by a 204 to `rejected`', async () => {
    const { element, wire, events } = await asking([{ json: { sign_in_id: 'sign-in-1' } }]);
    await wire.script([{ method: 'PUT', status: 401 }, { status: 204 }]);
    const error = await failure(element.connect('Acme'));
    expect(error.code).to.equal('unauthorized');
    expect(element.state).to.equal('unauthorized');
    expect(events.find(({ type }) => type === 'chekt-authorization-required')?.detail.reason).to.equal(
      'rejected',
    );
  });

  it('is asked with `expired` if the first answer is about to expire', async () => {
    const { element, wire, asked } = await asking([{ json: { expires_in: 5 } }]);
    await wire.script([{ method: 'GET', json: { expires_in: 3600 } }, success]);
    await element.connect('Acme');
    expect((await asked()).map(({ path }) => path)).to.deep.equal([
      '/token?reason=initial&external_dealer_id=adc-67890',
      '/token?reason=expired&external_dealer_id=adc-67890',
    ]);
  });
});
