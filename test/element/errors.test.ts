import { expect } from '@open-wc/testing';
import type { ChektConnectElement, ChektConnectErrorCode } from '../../src/index.js';
import { runFast } from '../support/clock.js';
import { createWire, type Answer } from '../wire/wire.js';
import { failure, success } from './acting.js';
import { dealer, embed, textOf } from './fixture.js';

async function failing(answers: readonly Answer[], properties: Partial<ChektConnectElement> = {}) {
  const wire = await createWire(answers, { ownPort: true });
  const { element } = embed({
    apiBaseUrl: wire.baseUrl,
    getAccessToken: async () => 'secret-token-1',
    ...properties,
  });
  await element.ready;
  const error = await failure(element.connect('Acme'));
  await element.updateComplete;
  return { element, error, wire };
}

const envelope = (status: number, code: string, more = {}, headers = {}): Answer => ({
  status,
  headers,
  json: { error: { code, message: 'For the log of CHeKT.', request_id: 'req_1', ...more } },
});
const lost: Answer = { ...success, fault: { kind: 'reset', at: 'after-request-recorded' } };
const stall: Answer = { fault: { kind: 'stall', at: 'before-headers' } };

describe('the fields of ChektConnectError', () => {
  runFast(4);

  it('contain status, apiCode, field, requestId and traceId, as far as they are known', async () => {
    const { error, wire } = await failing([envelope(422, 'invalid_field', { field: 'company_name' })]);
    expect(error).to.include({
      name: 'ChektConnectError',
      code: 'invalid-request',
      status: 422,
      apiCode: 'invalid_field',
      field: 'company_name',
      requestId: 'req_1',
      retryable: false,
      outcome: 'not-applied',
    });
    expect(error.traceId).to.equal((await wire.requests())[0]!.headers['x-partner-trace-id']);
    expect(error.retryAfter).to.equal(undefined);
    expect(error.message).to.be.a('string').and.not.equal('');
  });

  it('contain retryAfter in seconds', async () => {
    const { error } = await failing([envelope(429, 'rate_limited', {}, { 'Retry-After': '90' })]);
    expect(error).to.include({ code: 'rate-limited', retryAfter: 90, retryable: true, status: 429 });
  });

  const codes: readonly (readonly [string, Answer, ChektConnectErrorCode, boolean])[] = [
    ['400', envelope(400, 'x'), 'invalid-request', false],
    ['403', envelope(403, 'permission_denied'), 'forbidden', false],
    ['404', envelope(404, 'x'), 'not-found', false],
    ['409', envelope(409, 'x'), 'conflict', false],
    ['501', envelope(501, 'x'), 'server', true],
    [
      'another external_dealer_id',
      { json: { ...dealer, external_dealer_id: 'x' } },
      'invalid-response',
      true,
    ],
    ['a redirect', { redirect: 'other-origin' }, 'invalid-response', true],
    ['a lost answer', lost, 'network', true],
  ];
  for (const [name, answer, code, retryable] of codes)
    it(`contain the code ${code}, ${retryable ? '' : 'not '}retryable, after ${name}`, async () => {
      const { error, element } = await failing([answer]);
      expect(error).to.include({ code, retryable });
      expect(element.error).to.equal(error);
    });

  it('are displayed with texts from `messages`, never with the message', async () => {
    const { element, error } = await failing([envelope(403, 'permission_denied')], {
      messages: { 'error.forbidden.permission_denied': 'Ask the boss of {platform}.' },
    });
    expect(textOf(element)).to.contain('Ask the boss of Northwind Cloud.');
    expect(textOf(element)).not.to.contain(error.message).and.not.to.contain('For the log of CHeKT.');
  });

  it('show "Only a dealer admin" only for permission_denied', async () => {
    for (const [code, says] of [
      ['permission_denied', true],
      ['other', false],
    ] as const) {
      const { element } = await failing([envelope(403, code)]);
      expect(/Only a dealer admin/.test(textOf(element)), code).to.equal(says);
    }
  });

  it('do not show "Already connected" for idempotency_conflict', async () => {
    for (const [code, says] of [
      ['idempotency_conflict', false],
      ['other', true],
    ] as const) {
      const { element } = await failing([envelope(409, code)]);
      expect(/already connected/i.test(textOf(element)), code).to.equal(says);
    }
  });
});

describe('the outcome (not-applied if every request was answered with a 4xx, or none was sent)', () => {
  runFast(4);

  const refused = envelope(403, 'refused');
  const cases: readonly (readonly [string, readonly Answer[], 'not-applied' | 'unknown'])[] = [
    ['a 4xx', [refused], 'not-applied'],
    ['429, then a 4xx', [envelope(429, 'busy'), refused], 'not-applied'],
    ['401, then a 4xx', [envelope(401, 'invalid_api_key'), refused], 'not-applied'],
    ['a 5xx', [envelope(501, 'x')], 'unknown'],
    ['a 5xx, then a 4xx', [envelope(503, 'busy'), refused], 'unknown'],
    ['a lost answer, then a 4xx', [lost, refused], 'unknown'],
    ['an unreadable 2xx, then a 4xx', [{ json: {} }, refused], 'unknown'],
    ['a redirect', [{ redirect: 'same-origin' }], 'unknown'],
  ];
  for (const [name, answers, outcome] of cases)
    it(`is ${outcome} after ${name}`, async () => {
      const { error, wire } = await failing(answers);
      expect(error.outcome).to.equal(outcome);
      expect(await wire.requests()).to.have.length(answers.length);
    });

  it('is not-applied if nothing was sent because there was no token', async () => {
    const reasons: string[] = [];
    const { error, wire } = await failing([success], {
      getAccessToken: async ({ reason }) =>
        reasons.push(reason) === 1 ? { access_token: 'secret-token-1', expires_in: 1 } : null,
    });
    expect(error).to.include({ code: 'unauthorized', outcome: 'not-applied' });
    expect(await wire.requests()).to.deep.equal([]);
  });

  it('is unknown if a 401 leads to the sign-in after a lost answer', async () => {
    const reasons: string[] = [];
    const { error } = await failing([lost, envelope(401, 'invalid_api_key')], {
      getAccessToken: async ({ reason }) => (reasons.push(reason) === 1 ? 'secret-token-1' : null),
    });
    expect(error).to.include({ code: 'unauthorized', outcome: 'unknown' });
  });
});

describe('timeout', () => {
  it('ends an operation so many milliseconds after the PUT, whatever happens', async () => {
    const start = performance.now();
    const { error } = await failing([stall], { timeout: 400 });
    expect(error).to.include({ code: 'timeout', outcome: 'unknown', retryable: true });
    expect(performance.now() - start).to.be.within(390, 5000);
  });

  it('also limits the time for the question to the source', async () => {
    const { element } = embed({ timeout: 50, getAccessToken: () => new Promise(() => {}) });
    await element.ready;
    expect(element.state).to.equal('unavailable');
    expect(element.error?.code).to.equal('timeout');
  });
});

describe('fetch', () => {
  it('is called unbound for every request, with the arguments of the contract', async () => {
    const wire = await createWire([
      { path: '/token', json: { access_token: 'secret-token-1' } },
      success,
      { status: 204 },
    ]);
    const calls: { receiver: unknown; url: string; init: RequestInit }[] = [];
    const { element } = embed({
      apiBaseUrl: wire.baseUrl,
      tokenUrl: `${wire.sameOriginBaseUrl}/token`,
      disconnectBaseUrl: wire.sameOriginBaseUrl,
      fetch: function (this: unknown, url: RequestInfo | URL, init: RequestInit = {}) {
        calls.push({ receiver: this, url: String(url), init });
        const headers = new Headers(init.headers);
        if (String(url).startsWith(location.origin)) headers.set('X-CSRF', '1');
        return fetch(url, { ...init, headers });
      },
    });
    await element.ready;
    await element.connect('Acme');
    await element.disconnect();
    expect(calls.map(({ init }) => init.method ?? 'GET')).to.deep.equal(['GET', 'PUT', 'PUT']);
    for (const { receiver, init } of calls) {
      expect(receiver).to.equal(undefined);
      expect(init).to.include({ redirect: 'manual', credentials: 'same-origin' });
    }
    const own = (await wire.requests()).filter(({ origin }) => origin === location.origin);
    expect(own.map(({ headers }) => headers['x-csrf'])).to.deep.equal(['1', '1']);
  });
});
