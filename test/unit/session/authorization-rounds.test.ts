import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ChektConnectError } from '../../../src/partner-api/errors.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';
import { Embed, dana, mira, recorded, refusal, rejection, type Reply, type Said } from './embed.js';

let clock: NodeClock;
const withClock = () => {
  beforeEach(() => (clock = nodeClock()));
  afterEach(() => clock.restore());
};

const rejected = refusal(401, 'invalid_api_key');
const renewed = { ...dana, access_token: 'token-of-dana-2' };
const embed = (says: readonly Said[], replies: readonly Reply[]) => new Embed(says, replies).start(clock);
const connect = (page: Embed) => clock.until(page.session.connect('Acme'));
const failing = async (page: Embed) =>
  (await clock.until(rejection(page.session.connect('Acme')))) as ChektConnectError;

describe('a 401 of CHeKT', () => {
  withClock();

  it('leads to one question with the reason `rejected`, and the PUT is sent again with the new token', async () => {
    const page = await embed([dana, renewed], [rejected, recorded]);
    await connect(page);
    assert.deepEqual(page.reasons, ['initial', 'rejected']);
    assert.deepEqual(page.header('Authorization'), ['Bearer token-of-dana-1', 'Bearer token-of-dana-2']);
    assert.equal(new Set(page.header('Idempotency-Key')).size, 1);
  });

  it('ends the attempt in `unauthorized`, with the reason `rejected`, when it is the second one', async () => {
    const page = await embed([dana, renewed], [rejected, rejected]);
    const error = await failing(page);
    assert.deepEqual([error.code, error.status, error.outcome], ['unauthorized', 401, 'not-applied']);
    assert.equal(page.state.name === 'unauthorized' && page.state.reason, 'rejected');
    assert.deepEqual(page.notifications.slice(-2), [
      { type: 'authorization-required', reason: 'rejected' },
      { type: 'error', error },
    ]);
    assert.deepEqual(page.reasons, ['initial', 'rejected']);
  });

  it('makes the refused token count as signed out when the source returns it again later', async () => {
    const page = await embed([dana], [rejected, rejected]);
    await failing(page);
    page.session.recheck();
    await clock.advance(6_000);
    assert.equal(page.questions.length, 3);
    assert.equal(page.state.name, 'unauthorized');
    page.says(renewed);
    page.session.recheck();
    await clock.advance(6_000);
    assert.equal(page.state.name, 'authorized');
  });

  it('ends the attempt if the source then says that nobody is signed in', async () => {
    const page = await embed([dana, null], [rejected]);
    const error = await failing(page);
    assert.deepEqual([error.code, error.outcome], ['unauthorized', 'not-applied']);
    assert.equal(page.state.name === 'unauthorized' && page.state.reason, 'rejected');
  });

  it('ends the attempt if the source then returns a token of another person', async () => {
    const page = await embed([dana, mira], [rejected]);
    const error = await failing(page);
    assert.deepEqual([error.code, error.apiCode, error.retryable], ['conflict', 'sign_in_changed', false]);
    assert.equal(page.requests.length, 1);
    assert.equal(page.state.name === 'authorized' && page.state.signIn.identity.name, 'Mira Lindqvist');
  });

  it('ends the attempt if the source then fails, and the next press asks it first', async () => {
    const page = await embed([dana, new Error('down')], [rejected, recorded]);
    assert.equal((await failing(page)).code, 'network');
    assert.equal(page.state.name, 'authorized');
    page.says(renewed);
    await connect(page);
    assert.deepEqual(page.reasons, ['initial', 'rejected', 'initial']);
    assert.equal(page.header('Authorization').at(-1), 'Bearer token-of-dana-2');
  });
});

describe('a token', () => {
  withClock();

  it('is kept, so that a press before its expiry does not ask the source', async () => {
    const page = await embed([{ ...dana, expires_in: 3600 }], [recorded]);
    await clock.advance(60_000);
    await connect(page);
    assert.deepEqual(page.reasons, ['initial']);
  });

  it('is replaced less than 15 s before its expiry, with the reason `expired`', async () => {
    const page = await embed([{ ...dana, expires_in: 60 }, renewed], [recorded]);
    await clock.advance(45_100);
    await connect(page);
    assert.deepEqual(page.reasons, ['initial', 'expired']);
    assert.deepEqual(page.header('Authorization'), ['Bearer token-of-dana-2']);
  });

  it('is replaced only once per attempt, even if the new one is about to expire, too', async () => {
    const page = await embed([{ ...dana, expires_in: 1 }], ['lost', recorded]);
    await connect(page);
    assert.deepEqual(page.reasons, ['initial', 'expired']);
  });

  it('ends the attempt with the reason `expired` if nobody is signed in any more to replace it', async () => {
    const page = await embed([{ ...dana, expires_in: 1 }, null], []);
    await failing(page);
    assert.equal(page.state.name === 'unauthorized' && page.state.reason, 'expired');
  });

  it('is sent only to the api-base-url that it was asked for', async () => {
    const page = await embed([dana, { ...dana, access_token: 'token-for-the-other' }], [recorded]);
    page.session.configure({ ...page.options, apiBaseUrl: 'https://api.chektdev.com' }, true);
    await clock.idle();
    await connect(page);
    const [{ url, headers }] = page.requests as [Embed['requests'][number]];
    assert.equal(new URL(url).origin, 'https://api.chektdev.com');
    assert.equal(headers.get('Authorization'), 'Bearer token-for-the-other');
  });

  it('is not used for a new api-base-url if it was asked for before the change', async () => {
    const first = withResolvers();
    const page = await embed([first.promise, renewed], [recorded]);
    page.session.configure({ ...page.options, apiBaseUrl: 'https://api.chektdev.com' }, true);
    await clock.idle();
    first.resolve(dana);
    await clock.idle();
    await connect(page);
    assert.deepEqual(page.header('Authorization'), ['Bearer token-of-dana-2']);
  });

  it('is not sent to the old api-base-url if it was asked for after the change, during an attempt', async () => {
    const page = await embed([dana, renewed], [rejected]);
    page.onRequest = () =>
      page.session.configure({ ...page.options, apiBaseUrl: 'https://api.chektdev.com' }, true);
    const error = await failing(page);
    assert.equal(error.code, 'unauthorized');
    assert.equal(page.requests.length, 1);
  });

  it('is refused before a header is built if it is not a b64token', async () => {
    const page = await embed([{ ...dana, access_token: 'token\r\nX-Injected: 1' }], []);
    assert.equal(page.state.name === 'unavailable' && page.state.failure.error.code, 'configuration');
    assert.doesNotMatch(JSON.stringify(page.state), /Injected/);
  });
});

describe('a question that is open at the press', () => {
  withClock();

  it('delays the attempt, which uses its token', async () => {
    const question = withResolvers();
    const page = await embed([dana, question.promise], [recorded]);
    page.session.recheck();
    await clock.advance(5_000);
    const promise = page.session.connect('Acme');
    await clock.advance(1_000);
    assert.equal(page.requests.length, 0);
    question.resolve(renewed);
    await clock.until(promise);
    assert.equal(page.questions.length, 2);
    assert.deepEqual(page.header('Authorization'), ['Bearer token-of-dana-2']);
  });

  it('ends the attempt if the answer names another person', async () => {
    const question = withResolvers();
    const page = await embed([dana, question.promise], []);
    page.session.recheck();
    await clock.advance(5_000);
    const promise = rejection(page.session.connect('Acme'));
    question.resolve(mira);
    const error = (await clock.until(promise)) as ChektConnectError;
    assert.equal(error.apiCode, 'sign_in_changed');
    assert.equal(page.requests.length, 0);
  });

  it('is asked again by the attempt if it fails', async () => {
    const question = withResolvers();
    const page = await embed([dana, question.promise, renewed], [recorded]);
    page.session.recheck();
    await clock.advance(5_000);
    const promise = page.session.connect('Acme');
    question.reject(new Error('down'));
    await clock.until(promise);
    assert.equal(page.questions.length, 3);
  });
});

/** `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers() {
  let settle!: { resolve: (said: typeof dana) => void; reject: (reason: unknown) => void };
  const promise = new Promise<typeof dana>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
}
