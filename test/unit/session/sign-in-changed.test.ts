import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import type { ChektConnectError } from '../../../src/partner-api/errors.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';
import { Embed, dana, mira, recorded, refusal, rejection, type Reply, type Said } from './embed.js';

let clock: NodeClock;
const withClock = () => {
  beforeEach(() => (clock = nodeClock()));
  afterEach(() => {
    clock.restore();
    mock.restoreAll();
  });
};

const api = 'https://platform.example/chekt';
/** Service mode: the platform's service keeps the token. */
const serviceOf = (says: readonly Said[], replies: readonly Reply[]) =>
  new Embed(says, replies, { serviceMode: true, apiBaseUrl: api }).start(clock);
const connect = (page: Embed, name = 'Acme') => clock.until(page.session.connect(name));
const failing = async (page: Embed, name = 'Acme') =>
  (await clock.until(rejection(page.session.connect(name)))) as ChektConnectError;

const { access_token: token, ...person } = dana;
void token; // no token reaches the page
const one = { ...person, sign_in_id: 'sign-in-1' };
const two = { ...person, sign_in_id: 'sign-in-2' };
const other = { name: mira.name!, email: mira.email!, sign_in_id: 'sign-in-3' };
const changed = refusal(409, 'sign_in_changed');
const lost: Reply[] = ['lost', 'lost', 'lost', 'lost', 'lost'];

describe('service mode', () => {
  withClock();

  it('sends the displayed sign-in id and no bearer token, and asks nothing before the PUT', async () => {
    const page = await serviceOf([one], [recorded]);
    await connect(page);
    assert.deepEqual(page.header('Chekt-Sign-In'), ['sign-in-1']);
    assert.deepEqual(page.header('Authorization'), [null]);
    assert.deepEqual(page.header('X-Requested-With'), ['XMLHttpRequest']);
    assert.deepEqual(page.reasons, ['initial']);
  });

  it('without sign_in_id asks the source before every PUT, repeats included', async () => {
    const page = await serviceOf([person], ['lost', 'lost', recorded]);
    await connect(page);
    assert.deepEqual(page.reasons, ['initial', 'initial', 'initial', 'initial']);
    assert.deepEqual(page.header('Chekt-Sign-In'), [null, null, null]);
  });

  it('without sign_in_id ends before a repeat if another person has signed in by then', async () => {
    const page = await serviceOf([person, person, { name: 'Mira Lindqvist' }], ['lost']);
    const error = await failing(page);
    assert.deepEqual([error.apiCode, error.outcome], ['sign_in_changed', 'unknown']);
    assert.equal(page.requests.length, 1);
  });

  it('without sign_in_id compares each answer with the person at the press, not only with the last answer', async () => {
    const email = 'shared@acme.example';
    const said = [{ name: 'Dana Reyes' }, { name: 'Dana Reyes', email }, { name: 'Mira Lindqvist', email }];
    const page = await serviceOf(said, [{ status: 503 }, recorded]);
    const error = await failing(page);
    assert.deepEqual([error.apiCode, error.outcome], ['sign_in_changed', 'unknown']);
    assert.equal(page.requests.length, 1);
  });

  it('without sign_in_id asks after waitUntil, not before', async () => {
    const page = await serviceOf([person], [recorded]);
    let go!: () => void;
    page.page = { isPrevented: false, held: new Promise<void>((resolve) => (go = resolve)) };
    const promise = page.session.connect('Acme');
    await clock.advance(1_000);
    assert.equal(page.questions.length, 1);
    go();
    await clock.until(promise);
    assert.equal(page.questions.length, 2);
  });
});

describe('a 409 sign_in_changed of the service', () => {
  withClock();

  it('leads to one more PUT for the same person, with the new id, a new key and the same trace id', async () => {
    const page = await serviceOf([one, two], [changed, recorded]);
    await connect(page);
    assert.deepEqual(page.header('Chekt-Sign-In'), ['sign-in-1', 'sign-in-2']);
    assert.equal(new Set(page.header('Idempotency-Key')).size, 2);
    assert.equal(new Set(page.header('x-partner-trace-id')).size, 1);
    assert.deepEqual(page.reasons, ['initial', 'initial']);
  });

  it('ends the attempt for another person, who is displayed and has to press again', async () => {
    const page = await serviceOf([one, other], [changed, recorded]);
    page.session.type('Acme');
    const error = await failing(page);
    assert.deepEqual(
      [error.code, error.apiCode, error.retryable, error.outcome],
      ['conflict', 'sign_in_changed', false, 'not-applied'],
    );
    assert.equal(page.state.name === 'authorized' && page.state.signIn.identity.name, 'Mira Lindqvist');
    assert.equal(page.state.draft, undefined);
    await connect(page);
    assert.deepEqual(page.header('Chekt-Sign-In'), ['sign-in-1', 'sign-in-3']);
    assert.equal(new Set(page.header('Idempotency-Key')).size, 2);
    assert.equal(new Set(page.header('x-partner-trace-id')).size, 2);
  });

  it('ends the attempt if the source returns the same id again, and the next press asks first', async () => {
    const page = await serviceOf([one], [changed, recorded]);
    assert.equal((await failing(page)).apiCode, 'sign_in_changed');
    assert.equal(page.questions.length, 2);
    await connect(page);
    assert.equal(page.questions.length, 3);
  });

  it('is handled once per attempt', async () => {
    const page = await serviceOf([one, two, { ...person, sign_in_id: 'sign-in-4' }], [changed, changed]);
    assert.equal((await failing(page)).status, 409);
    assert.equal(page.requests.length, 2);
    assert.equal(page.questions.length, 2);
  });

  it('leaves the outcome unknown after an earlier PUT that was not answered', async () => {
    const page = await serviceOf([one, other], ['lost', changed]);
    assert.equal((await failing(page)).outcome, 'unknown');
  });

  it("ends the attempt with the source's failure if it cannot answer, and the next press asks first", async () => {
    const page = await serviceOf([one, new Error('down')], [changed, recorded]);
    const error = await failing(page);
    assert.deepEqual([error.code, error.status], ['network', undefined]);
    assert.equal(page.state.name, 'authorized');
    page.says(two);
    await connect(page);
    assert.equal(page.header('Chekt-Sign-In').at(-1), 'sign-in-2');
  });

  it('ends the attempt in `unauthorized` if nobody is signed in any more', async () => {
    const page = await serviceOf([one, null], [changed]);
    await failing(page);
    assert.equal(page.state.name === 'unauthorized' && page.state.reason, 'missing');
  });

  it('is final in browser mode, in which no service can send it', async () => {
    const page = await new Embed([dana], [changed]).start(clock);
    assert.equal((await failing(page)).apiCode, 'sign_in_changed');
    assert.deepEqual([page.requests.length, page.questions.length], [1, 1]);
  });
});

describe('an idempotency key', () => {
  withClock();

  it('belongs to one sign-in: after the person has signed in again, a repeat gets a new one', async () => {
    const page = await serviceOf([one, two], [...lost, recorded]);
    await failing(page);
    page.session.recheck();
    await clock.advance(6_000);
    await connect(page);
    const keys = page.header('Idempotency-Key');
    assert.equal(new Set(keys.slice(0, 5)).size, 1);
    assert.notEqual(keys[5], keys[0]);
    assert.equal(new Set(page.header('x-partner-trace-id')).size, 1);
  });

  it('is never used for another person', async () => {
    const page = await serviceOf([one, other], [...lost, recorded]);
    await failing(page);
    page.session.recheck();
    await clock.advance(6_000);
    assert.equal(page.state.failure, undefined);
    await connect(page);
    assert.equal(new Set(page.header('Idempotency-Key')).size, 2);
    assert.equal(new Set(page.header('x-partner-trace-id')).size, 2);
  });
});

describe('a source whose answers cannot be compared', () => {
  withClock();

  it('causes one warning on the console after two attempts in a row have ended because of it', async () => {
    const warn = mock.method(console, 'warn', () => {});
    const page = await serviceOf([{ name: 'Dana' }, { email: 'dana@acme.example' }], []);
    await failing(page);
    assert.equal(warn.mock.callCount(), 0);
    page.says({ name: 'Dana' });
    await failing(page);
    page.says({ email: 'dana@acme.example' });
    await failing(page);
    assert.equal(warn.mock.callCount(), 1);
    assert.match(String(warn.mock.calls[0]!.arguments[0]), /Return sub, id_token or sign_in_id/);
  });
});

describe('other_account on either PUT', () => {
  withClock();

  it('ends a connect in `unavailable`, because the person has to switch the account there', async () => {
    const page = await serviceOf([one], [refusal(403, 'other_account')]);
    const error = await failing(page);
    assert.equal(page.state.name === 'unavailable' && page.state.failure.error, error);
  });
});
