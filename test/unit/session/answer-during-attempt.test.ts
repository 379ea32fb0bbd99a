import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import type { TokenResponse } from '../../../src/authorization/token-response.js';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';
import { Embed, dana, mira, recorded, rejection } from './embed.js';

let clock: NodeClock;
const withClock = () => {
  beforeEach(() => (clock = nodeClock()));
  afterEach(() => {
    clock.restore();
    mock.restoreAll();
  });
};

/** An answer that the test gives later. */
function openQuestion() {
  let answer!: (said: TokenResponse) => void;
  const said = new Promise<TokenResponse>((resolve) => (answer = resolve));
  return { said, answer };
}

/** Dana is displayed, the page is shown again, and the question is open. */
async function asking(said: Promise<TokenResponse>) {
  const page = await new Embed([dana], [recorded]).start(clock);
  await clock.advance(6_000);
  page.says(said);
  page.session.recheck();
  await clock.idle();
  assert.equal(page.questions.length, 2);
  return page;
}

describe('an answer of the source while the page holds an attempt that is then vetoed', () => {
  withClock();

  for (const [who, nextPress] of [
    [mira, 'shows another person, with whose token nothing is sent before a new press'],
    [dana, 'keeps showing the same person, and the next press connects'],
  ] as const)
    it(nextPress, async () => {
      const { said, answer } = openQuestion();
      const page = await asking(said);
      page.page = { isPrevented: false, held: new Promise((_, reject) => setTimeout(reject, 1_000)) };
      const attempt = rejection(page.session.connect('Acme'));
      answer(who);
      await clock.idle();
      await clock.advance(1_100);
      assert.equal(((await clock.until(attempt)) as { code: string }).code, 'vetoed');
      assert.deepEqual(page.requests, []);
      assert.equal(page.state.name, 'authorized');
      assert.equal(page.state.name === 'authorized' && page.state.signIn.authorization.name, who.name);
      page.page = { isPrevented: false };
      page.says(who);
      await clock.until(page.session.connect('Acme'));
      assert.deepEqual(page.header('Authorization'), [`Bearer ${who.access_token}`]);
    });

  it('leads to `unauthorized` if nobody is signed in any more', async () => {
    const page = await new Embed([dana], [recorded]).start(clock);
    await clock.advance(6_000);
    let answer!: (said: null) => void;
    page.says(new Promise<never>((resolve) => (answer = resolve as never)));
    page.session.recheck();
    page.page = { isPrevented: false, held: new Promise((_, reject) => setTimeout(reject, 1_000)) };
    const attempt = rejection(page.session.connect('Acme'));
    answer(null);
    await clock.advance(1_100);
    await clock.until(attempt);
    assert.equal(page.state.name, 'unauthorized');
  });
});

describe('the held token', () => {
  withClock();

  it('is only sent for the person it belongs to', async () => {
    const page = await new Embed([dana], [recorded]).start(clock);
    // however that may have happened
    const { credentials } = page.session;
    const { generation } = credentials;
    const identity = { name: mira.name, email: mira.email };
    credentials.hold(mira, { identity, apiBaseUrl: page.options.apiBaseUrl, generation });
    await clock.until(page.session.connect('Acme'));
    assert.deepEqual(page.reasons, ['initial', 'initial']);
    assert.deepEqual(page.header('Authorization'), ['Bearer token-of-dana-1']);
  });
});

describe('the error of an operation', () => {
  withClock();

  it('contains no token, not even in its cause', async () => {
    mock.method(Math, 'random', () => 0); // no backoff, so that the timeout is what ends the attempt
    const echo = { status: 503, json: { error: { code: 'busy', request_id: dana.access_token } } };
    const page = await new Embed([dana], [echo, 'never'], { timeout: 7_000 }).start(clock);
    const attempt = rejection(page.session.connect('Acme'));
    await clock.advance(30_000);
    const error = (await clock.until(attempt)) as Error;
    assert.ok(error.cause instanceof Error, 'there is a cause');
    assert.doesNotMatch(JSON.stringify(error), /token-of-dana/);
  });
});

describe("a platform's session for another account", () => {
  withClock();

  it('is shown after the next quiet question, even if an attempt has already failed because of it', async () => {
    const otherAccount = Object.assign(new Error('no'), { error: 'other_account' });
    const page = await new Embed([dana], [recorded]).start(clock);
    await clock.advance(6_000);
    page.says(otherAccount);
    page.session.credentials.markStale();
    await clock.until(rejection(page.session.connect('Acme')));
    page.session.recheck();
    await clock.advance(6_000);
    assert.equal(page.state.name, 'unavailable');
  });
});
