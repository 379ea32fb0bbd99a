import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { LimitReached, Limits } from '../../src/service/limits.js';
import { ACCOUNT, DANA, MIRA, OTHER_ACCOUNT, startWorld, until, type World } from './world.js';

describe('limits', () => {
  let world: World;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  it('allows one person in one account 30 calls a minute, and says when to try again', async () => {
    let now = Date.now();
    const platform = await world.platform({ clock: () => now });
    const person = platform.person();
    await person.signIn(DANA);
    const signInId = (await person.token()).sign_in_id;
    let answer: Response | undefined;
    for (let put = 0; put < 16; put++) answer = await person.connect({ signInId: `${signInId}x` }); // two calls each
    assert.equal(answer?.status, 429);
    assert.equal((await answer.json()).error.code, 'rate_limited');
    assert.equal(answer.headers.get('Retry-After'), '4');
    assert.equal((await person.get('/token?reason=rejected')).status, 429); // counts, too
    assert.equal((await person.get('/token?reason=initial')).status, 200); // asks nobody
    const colleague = platform.person({ sessionId: 'b', actor: 'u2' });
    assert.equal((await colleague.connect({ signInId: 'any' })).status, 401);
    now += 4_000;
    assert.equal((await person.connect({ signInId })).status, 200);
    assert.equal((await platform.calls(/connect$/)).length, 1);
  });

  it('counts what CHeKT is asked, whatever session the requests say they are of', async () => {
    const now = Date.now();
    const platform = await world.platform({ clock: () => now });
    await platform.person({ sessionId: 'a' }).signIn(DANA);
    const dana = platform.person({ sessionId: undefined });
    await dana.signIn(DANA);
    assert.equal((await dana.connect()).status, 200);
    await until(async () => (await platform.calls(/dealers\/\d+$/, 'GET')).length === 1); // looked at afterwards
    const other = { status: 500, code: 'server_error', times: null };
    await platform.fault({ on: 'disconnect', kind: 'status', ...other });
    const answers = [];
    for (let put = 0; put < 20; put++) {
      const session = platform.person({ sessionId: `another-${put}` });
      answers.push((await session.disconnect(12345)).status);
    }
    assert.deepEqual(answers, [...Array(14).fill(500), ...Array(6).fill(429)]);
    assert.equal((await platform.calls(/partner\/v1\/dealers/)).length, 30);
  });

  it('is configurable', async () => {
    const platform = await world.platform({ limits: { perMinute: 1 } });
    const person = platform.person();
    assert.equal((await person.disconnect(1)).status, 403);
    assert.equal((await person.disconnect(1)).status, 429);
  });

  it("passes CHeKT's 429 on with its wait, holds all calls until then, and lets the same key settle the operation", async () => {
    let now = Date.now();
    const platform = await world.platform({ clock: () => now });
    const [dana, mira] = [platform.person(), platform.person({ actor: 'u2', accounts: [OTHER_ACCOUNT] })];
    await dana.signIn(DANA);
    await mira.signIn(MIRA);
    const key = randomUUID();
    await platform.fault({ on: 'connect', kind: 'status', status: 429, code: 'slow_down', retryAfter: 7 });
    const answer = await dana.connect({ key });
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get('Retry-After'), '7');
    assert.equal((await answer.json()).error.code, 'slow_down');
    const held = await mira.connect({ account: OTHER_ACCOUNT });
    assert.equal(held.status, 429);
    assert.equal(held.headers.get('Retry-After'), '7');
    assert.equal((await platform.calls(/connect$/)).length, 1);
    now += 7_000;
    assert.equal((await dana.connect({ key })).status, 200);
    assert.deepEqual(
      (await platform.chekt.audit()).items.map(({ action }) => action),
      ['connect.recorded'],
    );
  });

  it("compares the date of a 429 with CHeKT's own clock", async () => {
    let now = Date.now() - 2 * 60 * 60_000; // ours is two hours slow
    const platform = await world.platform({ clock: () => now });
    const person = platform.person();
    await person.signIn(DANA);
    const retryAfter = new Date(Date.now() + 5_000).toUTCString();
    await platform.fault({ on: 'connect', kind: 'status', status: 429, retryAfter });
    const { sign_in_id: signInId } = await person.token();
    assert.equal((await person.connect({ signInId })).status, 429);
    now += 6_000;
    assert.equal((await person.connect({ signInId })).status, 200);
  });

  it("reserves the last fifth of CHeKT's budget for connects, following its headers", async () => {
    let now = Date.now();
    const store = await world.newStore();
    const start = () => new Limits({ store, perMinute: 30, clock: () => now, environment: 'e' });
    const [limits, otherProcess] = [start(), start()];
    const answer = (remaining: number) => ({
      status: 200,
      body: '',
      rateLimit: { limit: 60, remaining, resetAt: now + 60_000 },
    });
    await limits.applyHeaders(answer(13));
    await otherProcess.applyHeaders(answer(50));
    await otherProcess.spendPlatform('other');
    await assert.rejects(limits.spendPlatform('other'), { name: 'LimitReached', retryAfterMs: 1_000 });
    for (let connect = 0; connect < 12; connect++) await otherProcess.spendPlatform('connect');
    await assert.rejects(limits.spendPlatform('connect'), LimitReached);
    now += 1_000;
    await limits.spendPlatform('connect');
  });

  for (const [name, fault] of [
    ['419 in HTML', { kind: 'status', status: 419, shape: 'html' }],
    ['405 in text', { kind: 'status', status: 405, shape: 'text' }],
    ['422 without a body', { kind: 'status', status: 422, shape: 'empty' }],
  ] as const) {
    it(`does not pass ${name} on as CHeKT's answer, and lets the same key try again`, async () => {
      const platform = await world.platform();
      await platform.switch({ storeErrors: 'none' });
      const person = platform.person();
      await person.signIn(DANA);
      const key = randomUUID();
      await platform.fault({ on: 'connect', ...fault });
      const answer = await person.connect({ key });
      assert.equal(answer.status, fault.status);
      assert.match(answer.headers.get('Content-Type') ?? '', /^application\/json/);
      assert.equal((await answer.json()).error.code, 'foreign_answer');
      assert.deepEqual((await platform.chekt.audit()).items, []);
      assert.equal((await person.connect({ key })).status, 200);
    });
  }

  for (const kind of ['invalid-json', 'truncated', 'redirect', 'endless'] as const) {
    it(`answers 502 if CHeKT's answer is ${kind}`, async () => {
      const platform = await world.platform();
      const person = platform.person();
      await person.signIn(DANA);
      const fault = {
        'invalid-json': { kind },
        truncated: { kind },
        redirect: { kind, location: `${world.sandbox.origin}/elsewhere`, status: 307 },
        endless: { kind: 'body', status: 400, body: 'x'.repeat(300_000) },
      }[kind];
      await platform.fault({ on: 'connect', ...fault });
      assert.equal((await person.connect()).status, 502);
      assert.equal(await platform.chekt.bindings.get(ACCOUNT), null);
      assert.deepEqual(await platform.calls(/elsewhere/), []);
    });
  }
});
