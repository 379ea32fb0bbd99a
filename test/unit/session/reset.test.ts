import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { nodeClock, type NodeClock } from '../../support/node-clock.js';
import { Embed, dana, mira, recorded, refusal, rejection, type Said } from './embed.js';

let clock: NodeClock;
const withClock = () => {
  beforeEach(() => (clock = nodeClock()));
  afterEach(() => clock.restore());
};

const embed = (...says: Said[]) => new Embed(says).start(clock);
const shownAgain = async (page: Embed) => {
  page.session.recheck();
  await clock.advance(6_000);
};
const denied = Object.assign(new Error('denied'), { error: 'access_denied' });
const otherAccount = Object.assign(new Error('other'), { error: 'other_account' });

describe('reset', () => {
  withClock();

  it('drops the authorization and the error, and asks again at once', async () => {
    const page = await embed(dana);
    page.replies(refusal(422, 'invalid'));
    await clock.until(rejection(page.session.connect('Acme')));
    page.session.reset();
    assert.equal(page.state.name, 'authorizing');
    await clock.idle();
    assert.deepEqual([page.state.name, page.state.failure], ['authorized', undefined]);
    assert.equal(page.questions.length, 2);
  });

  it('allows a token that CHeKT has refused to be used again', async () => {
    const page = await embed(dana);
    page.replies(refusal(401, 'invalid_api_key'), refusal(401, 'invalid_api_key'));
    await clock.until(rejection(page.session.connect('Acme')));
    page.session.reset();
    await clock.idle();
    assert.equal(page.state.name, 'authorized');
  });

  it('drops an open question, whose answer would be out of date', async () => {
    let answer!: (said: typeof dana) => void;
    const page = await embed(new Promise((resolve) => (answer = resolve)), mira);
    page.session.reset();
    assert.ok(page.questions[0]!.signal.aborted);
    await clock.idle();
    answer(dana);
    await clock.idle();
    assert.equal(page.state.name === 'authorized' && page.state.signIn.identity.name, 'Mira Lindqvist');
  });

  it('is ignored while an operation runs', async () => {
    const page = await embed(dana);
    page.replies('lost', recorded);
    const promise = page.session.connect('Acme');
    page.session.reset();
    assert.equal(page.state.name, 'connecting');
    await clock.until(promise);
  });

  it('leaves a binding connected, without its error', async () => {
    const page = await embed(dana);
    page.replies(recorded, refusal(403, 'permission_denied'));
    await clock.until(page.session.connect('Acme'));
    await clock.until(rejection(page.session.disconnect()));
    assert.notEqual(page.state.failure, undefined);
    page.session.reset();
    assert.deepEqual([page.state.name, page.state.failure], ['connected', undefined]);
  });
});

describe('the source, asked again when the page is shown', () => {
  withClock();

  it('keeps draft and error and fires no event if the same person is signed in', async () => {
    const page = await embed(dana);
    page.replies(refusal(422, 'invalid'));
    page.session.type('Acm');
    await clock.until(rejection(page.session.connect('Acm')));
    const [failure, told] = [page.state.failure, page.notifications.length];
    page.says({ ...dana, access_token: 'token-of-dana-2', company_name: 'Acme' });
    await shownAgain(page);
    assert.equal(page.state.name === 'authorized' && page.state.signIn.identity.companyName, 'Acme');
    assert.equal(page.state.failure, failure);
    assert.equal(page.state.draft?.companyName, 'Acm');
    assert.equal(page.notifications.length, told);
  });

  it('shows another person without the draft and the error of the first one', async () => {
    const page = await embed(dana, mira);
    page.replies(refusal(422, 'invalid'));
    page.session.type('Acm');
    await clock.until(rejection(page.session.connect('Acm')));
    await shownAgain(page);
    assert.equal(page.state.name === 'authorized' && page.state.signIn.identity.name, 'Mira Lindqvist');
    assert.deepEqual([page.state.failure, page.state.draft], [undefined, undefined]);
  });

  for (const [what, said] of [
    ['cannot be reached', new Error('down')],
    ['answers with something that is not a token', 5 as never],
  ] as const) {
    it(`changes nothing and fires no event if it ${what}, and the next press asks first`, async () => {
      const page = await embed(dana, said);
      const before = page.state;
      await shownAgain(page);
      assert.equal(page.questions.length, 2);
      assert.equal(page.state, before);
      assert.deepEqual(page.notifications, []);
      page.says(dana);
      page.replies(recorded);
      await clock.until(page.session.connect('Acme'));
      assert.equal(page.questions.length, 3);
    });
  }

  it('removes the sign-in if nobody is signed in any more', async () => {
    const page = await embed(dana, null);
    await shownAgain(page);
    assert.equal(page.state.name, 'unauthorized');
    assert.deepEqual(page.notifications, [{ type: 'authorization-required', reason: 'missing' }]);
  });

  it('leads to unavailable if the platform has another account', async () => {
    const page = await embed(dana, otherAccount);
    await shownAgain(page);
    assert.equal(page.state.name === 'unavailable' && page.state.failure.error.apiCode, 'other_account');
  });

  it('reports a denied access once, however often it is asked', async () => {
    const page = await embed(denied);
    await shownAgain(page);
    await shownAgain(page);
    assert.deepEqual(
      page.notifications.map(({ type }) => type),
      ['authorization-required', 'error'],
    );
    assert.equal(page.state.name, 'unauthorized');
  });

  it('leaves `unavailable` without a press once the source answers', async () => {
    const page = await embed(new Error('down'), dana);
    assert.equal(page.state.name, 'unavailable');
    await shownAgain(page);
    assert.equal(page.state.name, 'authorized');
  });

  it('is not asked in `connected`', async () => {
    const page = await embed(dana);
    page.replies(recorded);
    await clock.until(page.session.connect('Acme'));
    await shownAgain(page);
    assert.equal(page.questions.length, 1);
  });
});

describe('a replaced source', () => {
  withClock();

  it('is asked at once, and the old source’s token is discarded', async () => {
    const page = await embed(dana);
    const never = new Promise<never>(() => {});
    page.session.configure({ ...page.options, source: () => never, timeout: 1_000 }, true);
    await clock.until(rejection(page.session.connect('Acme')));
    assert.equal(page.requests.length, 0);
  });
});
