import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import type { ChektConnectError } from '../../../src/partner-api/errors.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';
import { Embed, dana, mira, dealer, recorded, refusal, rejection, type Reply } from './embed.js';

let clock: NodeClock;
const withClock = () => {
  beforeEach(() => (clock = nodeClock()));
  afterEach(() => {
    clock.restore();
    mock.restoreAll();
  });
};

const embed = (replies: readonly Reply[], options?: ConstructorParameters<typeof Embed>[2]) =>
  new Embed([dana], replies, options).start(clock);
const connect = (page: Embed, name = 'Acme') => clock.until(page.session.connect(name));
const failing = async (page: Embed, name = 'Acme') =>
  (await clock.until(rejection(page.session.connect(name)))) as ChektConnectError;
const allLost: Reply[] = ['lost', 'lost', 'lost', 'lost', 'lost'];

describe('connect', () => {
  withClock();

  it('sends one PUT with token, account and name, and resolves with the binding that CHeKT recorded', async () => {
    const page = await embed([recorded]);
    const binding = await connect(page);
    assert.deepEqual(binding, {
      dealerId: 12345,
      externalDealerId: 'adc-67890',
      companyName: dealer.company_name,
    });
    assert.ok(Object.isFrozen(binding));
    const [{ url, body, headers }] = page.requests as [Embed['requests'][number]];
    assert.equal(url, 'https://api.chekt.com/partner/v1/dealers/connect');
    assert.deepEqual(JSON.parse(body!), { external_dealer_id: 'adc-67890', company_name: 'Acme' });
    assert.equal(headers.get('Authorization'), `Bearer ${dana.access_token}`);
    assert.equal(headers.get('Chekt-Sign-In'), null);
    assert.deepEqual(page.reasons, ['initial']);
  });

  it('asks the page before it starts, and notifies it at the end with the trace id that was sent', async () => {
    const page = await embed([recorded]);
    const binding = await connect(page);
    assert.deepEqual(page.befores, [
      { type: 'before-connect', externalDealerId: 'adc-67890', companyName: 'Acme' },
    ]);
    assert.deepEqual(page.told, {
      type: 'connected',
      binding,
      traceId: page.header('x-partner-trace-id')[0],
    });
    assert.deepEqual(page.state.name === 'connected' && [page.state.binding, page.state.sentName], [
      binding,
      'Acme',
    ]);
  });

  it('returns the same promise while it runs, and sends nothing twice', async () => {
    const page = await embed([recorded]);
    const [one, other] = [page.session.connect('Acme'), page.session.connect('Harbor')];
    assert.equal(one, other);
    await clock.until(one);
    assert.equal(page.requests.length, 1);
  });

  it('rejects when nobody is signed in, without an event or a request', async () => {
    const page = await new Embed([null]).start(clock);
    const told = page.notifications.length;
    assert.equal((await failing(page)).code, 'unauthorized');
    assert.deepEqual([page.befores.length, page.requests.length], [0, 0]);
    assert.equal(page.notifications.length, told);
  });

  it('asks for a missing company name, without an event or a request', async () => {
    const page = await embed([]);
    assert.equal((await failing(page, '')).field, 'company_name');
    assert.equal(page.state.name === 'authorized' && page.state.nameMissing, true);
    assert.deepEqual([page.befores.length, page.told], [0, undefined]);
  });

  it('rejects with `conflict` when the account is already connected', async () => {
    const page = await embed([recorded]);
    await connect(page);
    assert.equal((await failing(page)).code, 'conflict');
  });

  it('treats an answer for another account as unreadable', async () => {
    const other: Reply = { status: 200, json: { ...dealer, external_dealer_id: 'adc-1' } };
    const page = await embed([other, other]);
    const error = await failing(page);
    assert.deepEqual([error.code, error.outcome], ['invalid-response', 'unknown']);
    assert.equal(page.state.name, 'authorized');
  });

  it('says after 5 s that it takes longer than usual', async () => {
    const page = await embed(['never', recorded]);
    const promise = page.session.connect('Acme');
    await clock.advance(4_900);
    assert.equal(page.state.name === 'connecting' && page.state.slow, undefined);
    await clock.advance(200);
    assert.equal(page.state.name === 'connecting' && page.state.slow, true);
    await clock.until(promise);
  });
});

describe('a lost answer', () => {
  withClock();

  it('is settled by a repeat with the same key, trace and payload', async () => {
    const page = await embed(['lost', recorded]);
    await connect(page);
    for (const name of ['Idempotency-Key', 'x-partner-trace-id']) {
      const [first, second] = page.header(name);
      assert.ok(first);
      assert.equal(second, first, name);
    }
    assert.equal(page.requests[1]!.body, page.requests[0]!.body);
  });

  it('leaves the outcome unknown when no repeat is answered, and is settled by the next press', async () => {
    const page = await embed([...allLost, recorded]);
    const error = await failing(page);
    assert.deepEqual([error.code, error.outcome, error.retryable], ['network', 'unknown', true]);
    assert.equal(page.state.name, 'authorized');
    await connect(page);
    assert.equal(new Set(page.header('Idempotency-Key')).size, 1);
    assert.equal(page.header('x-partner-trace-id').at(-1), error.traceId);
  });

  it('is repeated with the original payload when the new name differs only in invisible characters', async () => {
    const page = await embed([...allLost, recorded]);
    await failing(page, 'Acme');
    await connect(page, 'Ac\u200dme');
    assert.equal(page.requests.at(-1)!.body, page.requests[0]!.body);
    assert.equal(new Set(page.header('Idempotency-Key')).size, 1);
    assert.deepEqual(page.befores[1], page.befores[0]);
  });

  it('is followed by a new operation, with its own key and trace id, when the name differs', async () => {
    const page = await embed([...allLost, recorded]);
    await failing(page, 'Acme');
    await connect(page, 'Harbor');
    assert.equal(new Set(page.header('Idempotency-Key')).size, 2);
    assert.equal(new Set(page.header('x-partner-trace-id')).size, 2);
  });

  it('can still be repeated after an attempt with another name that the page has vetoed', async () => {
    const page = await embed([...allLost, recorded]);
    await failing(page, 'Acme');
    page.page = { isPrevented: true };
    await failing(page, 'Harbor');
    page.page = { isPrevented: false };
    await connect(page, 'Acme');
    assert.equal(new Set(page.header('Idempotency-Key')).size, 1);
  });

  it('is not repeated for another person, who has signed in before anything of a second attempt was sent', async () => {
    const page = await embed([...allLost, recorded]);
    await failing(page, 'Acme');
    page.session.credentials.markStale();
    page.says(mira);
    const error = await failing(page, 'Acme Two');
    assert.equal(error.apiCode, 'sign_in_changed');
    await connect(page, 'Acme');
    assert.equal(new Set(page.header('Idempotency-Key')).size, 2);
  });

  it('stays unknown while the service is still working on it, however often the person presses', async () => {
    const running = refusal(503, 'operation_running');
    const page = await embed([...Array<Reply>(10).fill(running), recorded]);
    await failing(page);
    await failing(page);
    await connect(page);
    assert.equal(new Set(page.header('Idempotency-Key')).size, 1);
  });

  it('stays unknown when the repeat is vetoed by the page', async () => {
    const page = await embed(allLost);
    await failing(page);
    page.page = { isPrevented: true };
    const error = await failing(page);
    assert.deepEqual([error.code, error.outcome], ['vetoed', 'unknown']);
  });

  it('is not assumed after a refusal of CHeKT: the next press is a new operation', async () => {
    const page = await embed([refusal(422, 'invalid'), recorded]);
    assert.equal((await failing(page)).outcome, 'not-applied');
    await connect(page);
    assert.equal(new Set(page.header('Idempotency-Key')).size, 2);
  });
});

describe('the timeout', () => {
  withClock();

  it('ends an attempt whose request is not answered, with the outcome unknown', async () => {
    const page = await embed(['never', 'never', 'never'], { timeout: 12_000 });
    const promise = rejection(page.session.connect('Acme'));
    await clock.advance(11_900);
    assert.equal(page.state.name, 'connecting');
    await clock.advance(200);
    const error = (await promise) as ChektConnectError;
    assert.deepEqual([error.code, error.outcome, error.retryable], ['timeout', 'unknown', true]);
    assert.ok(page.requests.at(-1)!.signal.aborted);
  });

  it('also ends an attempt that waits for the source, before anything was sent', async () => {
    const page = await embed([]);
    page.session.configure(page.options, true);
    page.says(new Promise(() => {}));
    await clock.advance(1_000);
    page.session.credentials.invalidate();
    const error = await failing(page);
    assert.deepEqual([error.code, error.outcome], ['timeout', 'not-applied']);
    assert.equal(page.requests.length, 0);
  });
});

describe('Retry-After', () => {
  withClock();

  const busy: Reply = { status: 429, headers: { 'Retry-After': '60' } };

  it('is respected: until it is over, a press rejects with the same error and without an event', async () => {
    const page = await embed([busy, recorded]);
    const error = await failing(page);
    assert.deepEqual([error.code, error.retryAfter, page.requests.length], ['rate-limited', 60, 1]);
    assert.equal(await failing(page), error);
    assert.equal(page.befores.length, 1);
    await clock.advance(60_000);
    await connect(page);
  });

  it('counts as one hour at most', async () => {
    const page = await embed([{ status: 503, headers: { 'Retry-After': '31536000' } }, recorded]);
    await failing(page);
    mock.timers.setTime(Date.now() + 3_600_000);
    await connect(page);
  });
});

describe('a bug in the element during an attempt', () => {
  withClock();

  it('ends it with `server`, not `timeout`, and is reported as an uncaught error', async () => {
    const page = await embed([recorded]);
    const bug = new TypeError('undefined is not a function');
    page.onAttempt = () => {
      throw bug;
    };
    const reported: unknown[] = [];
    const { queueMicrotask } = globalThis;
    mock.method(globalThis, 'queueMicrotask', (task: () => void) =>
      queueMicrotask(() => {
        try {
          task();
        } catch (error) {
          reported.push(error);
        }
      }),
    );
    const promise = rejection(page.session.connect('Acme'));
    await clock.idle();
    const error = (await promise) as ChektConnectError;
    assert.deepEqual([error.code, error.retryable, error.outcome], ['server', false, 'unknown']);
    assert.doesNotMatch(error.message, /undefined/);
    assert.deepEqual(reported, [bug]);
    assert.equal(page.state.name, 'authorized');
    assert.equal(page.state.failure?.error, error);
    assert.equal(page.session.isRunning, false);
  });
});
