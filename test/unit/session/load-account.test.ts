import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { loadAccount, parseFormerBinding } from '../../../src/session/effects/load-account.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';
import { Embed, dana, refusal, rejection, type Reply } from './embed.js';

let clock: NodeClock;
const withClock = () => {
  beforeEach(() => (clock = nodeClock()));
  afterEach(() => clock.restore());
};

const accountUrl = new URL('https://platform.example/chekt/session');
const binding = { dealerId: 12345, externalDealerId: 'adc-67890', companyName: 'Acme' };

async function load(reply: Reply) {
  const { options, requests } = new Embed([dana], [reply]);
  const { signal } = new AbortController();
  const answer = await clock.until(loadAccount(accountUrl, { ...options, timeout: 1_000 }, signal));
  return { answer, request: requests[0]! };
}
const account = async (json: unknown) => {
  const { answer } = await load({ status: 200, json });
  return answer.type === 'account' ? answer.account : undefined;
};

describe('GET {service-url}/session', () => {
  withClock();

  it('is marked as a request of a script, so that a login wall answers 401', async () => {
    const { request } = await load({ status: 200, json: { externalDealerId: 'adc-67890' } });
    assert.equal(request.url, accountUrl.href);
    assert.equal(request.headers.get('X-Requested-With'), 'XMLHttpRequest');
  });

  it('returns the account, its names and its binding', async () => {
    const said = {
      externalDealerId: 'adc-67890',
      accountName: ' Acme\u202e (main) ',
      platformName: 'Northwind',
      platformScope: 'read:sites',
      binding,
    };
    assert.deepEqual(await account(said), { ...said, accountName: 'Acme (main)', formerBinding: null });
  });

  it('means "not connected" if it contains only an id', async () => {
    const { binding, formerBinding } = (await account({ externalDealerId: 'a' }))!;
    assert.deepEqual([binding, formerBinding], [null, null]);
  });

  for (const status of ['lost', 'unreachable'] as const) {
    it(`returns a former binding that is ${status}`, async () => {
      const said = await account({ externalDealerId: 'adc-67890', formerBinding: { ...binding, status } });
      assert.deepEqual(said?.formerBinding, { ...binding, status });
    });
  }

  it('needs a known status in a former binding', () => {
    assert.equal(parseFormerBinding({ ...binding, status: 'gone' }), undefined);
    assert.equal(parseFormerBinding(binding), undefined);
    assert.equal(parseFormerBinding({ status: 'lost' }), undefined);
  });

  for (const [what, reply, code, apiCode] of [
    [
      '401, whatever its body: the platform’s own session',
      { status: 401, json: { error: 'x' } },
      'unauthorized',
      'login_required',
    ],
    ['404: a configuration error', { status: 404 }, 'configuration', undefined],
    ['500', { status: 500 }, 'server', undefined],
    ['403', { status: 403 }, 'forbidden', undefined],
    ['200 that is not JSON', { status: 200 }, 'invalid-response', undefined],
    ['200 without an account', { status: 200, json: { binding } }, 'invalid-response', undefined],
    [
      '200 with an empty account',
      { status: 200, json: { externalDealerId: '' } },
      'invalid-response',
      undefined,
    ],
    ['no answer', 'lost', 'network', undefined],
    ['no answer in time', 'never', 'timeout', undefined],
  ] as const) {
    it(`fails with \`${code}\` on ${what}`, async () => {
      const { answer } = await load(reply);
      assert.ok(answer.type === 'failed');
      assert.deepEqual([answer.error.code, answer.error.apiCode], [code, apiCode]);
    });
  }

  it('throws the reason of the signal once it is aborted', async () => {
    const { options } = new Embed([dana], ['never']);
    const controller = new AbortController();
    const promise = loadAccount(accountUrl, options, controller.signal);
    controller.abort(new Error('Nobody waits.'));
    await assert.rejects(promise, /Nobody waits/);
  });
});

describe('a session that gets its account from the service', () => {
  withClock();

  const said: Reply = { status: 200, json: { externalDealerId: 'adc-67890' } };
  const embed = (replies: readonly Reply[]) => new Embed([dana], replies, { accountUrl }).start(clock);

  it('asks for the account first, then who is signed in', async () => {
    const page = await embed([said]);
    assert.equal(page.accounts[0]?.externalDealerId, 'adc-67890');
    assert.equal(page.questions.length, 1);
    assert.equal(page.state.name, 'authorized');
  });

  it('does not ask who is signed in if the service cannot name the account', async () => {
    const page = await embed([{ status: 401 }]);
    assert.equal(page.questions.length, 0);
    assert.equal(page.state.name === 'unavailable' && page.state.failure.error.apiCode, 'login_required');
  });

  it('asks only for the account again in `connected`', async () => {
    const page = await embed([said, said]);
    page.session.dispatch({ type: 'bound', binding });
    page.session.recheck();
    await clock.advance(6_000);
    assert.equal(page.accounts.length, 2);
    assert.equal(page.questions.length, 1);
  });

  it('ignores an answer if an attempt has started meanwhile', async () => {
    const dealer = { dealer_id: 1, external_dealer_id: 'adc-67890', company_name: 'Acme' };
    let answer!: (response: Response) => void;
    const page = await embed([said]);
    const late = new Promise<Response>((resolve) => (answer = resolve));
    const fetch: typeof globalThis.fetch = (url) =>
      String(url) === accountUrl.href ? late : Promise.resolve(Response.json(dealer));
    page.session.configure({ ...page.options, fetch }, false);
    await clock.advance(5_000);
    page.session.recheck();
    const promise = page.session.connect('Acme');
    answer(Response.json({ externalDealerId: 'adc-67890' }));
    await clock.until(promise);
    assert.equal(page.accounts.length, 1);
    assert.equal(page.state.name, 'connected');
  });
});

describe('an attempt that ends because nobody is signed in any more', () => {
  withClock();

  const said: Reply = { status: 200, json: { externalDealerId: 'adc-67890' } };
  const connected: Reply = { status: 200, json: { externalDealerId: 'adc-67890', binding } };
  const refused = refusal(401, 'login_required_at_chekt');

  it('makes the session ask the service at once whether another tab has connected the account', async () => {
    const page = await new Embed([dana, null], [said, refused, connected], { accountUrl }).start(clock);
    await clock.until(rejection(page.session.connect('Acme')));
    await clock.idle();
    assert.deepEqual(
      page.accounts.map(({ binding }) => binding?.dealerId),
      [undefined, 12345],
    );
    assert.equal(page.requests.at(-1)?.url, accountUrl.href);
  });

  it('keeps showing its error if the service has nothing new', async () => {
    const page = await new Embed([dana, null], [said, refused, said], { accountUrl }).start(clock);
    const error = await clock.until(rejection(page.session.connect('Acme')));
    await clock.idle();
    assert.equal(page.accounts.length, 2);
    assert.ok(page.state.name === 'unauthorized');
    assert.deepEqual([page.state.reason, page.state.failure?.error], ['rejected', error]);
  });

  it('causes no further request if the account does not come from the service', async () => {
    const page = await new Embed([dana, null], [refused]).start(clock);
    await clock.until(rejection(page.session.connect('Acme')));
    await clock.idle();
    assert.deepEqual(page.reasons, ['initial', 'rejected']);
    assert.equal(page.requests.length, 1);
  });
});
