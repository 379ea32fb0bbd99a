import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { DANA, refused, startSandbox, type Tester } from './support.js';

describe('the rate limit', () => {
  let now: number;
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let run: Tester;
  let platform: string;
  before(async () => void (sandbox = await startSandbox({ now: () => now })));
  after(() => sandbox.close());
  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1);
    run = sandbox.run();
    platform = await run.machineToken();
    await run.switch({ rateLimit: 'free' });
  });
  const get = (token: string | undefined) => run.call('GET', '/dealers/12345', { token });
  const remaining = (response: Response) => Number(response.headers.get('X-RateLimit-Remaining'));
  async function use(count: number) {
    for (let i = 0; i < count; i++) assert.equal((await get(platform)).status, 403);
  }

  it('is in the headers of every answer, errors included', async () => {
    const first = await get(platform);
    assert.equal(first.headers.get('X-RateLimit-Limit'), '60');
    assert.equal(remaining(first), 59);
    assert.equal(first.headers.get('X-RateLimit-Reset'), String(now / 1000 + 1));
    assert.equal(remaining(await get(platform)), 58);
    const nobody = await get(undefined);
    assert.equal(nobody.status, 401);
    assert.equal(remaining(nobody), 59);
  });

  it('refuses a sixth request within a second, with the time to wait', async () => {
    await use(5);
    const response = await get(platform);
    assert.equal(response.headers.get('Retry-After'), '1');
    assert.equal(remaining(response), 55);
    await refused(response, 429, 'rate_limited');
    now += 200;
    await use(1);
  });

  it("allows in 20 seconds what the minute's bucket holds, plus what is refilled", async () => {
    let allowed = 0;
    for (let request = 0; request < 100; request++) {
      if ((await get(platform)).status === 403) allowed++;
      now += 200;
    }
    assert.ok(allowed >= 79 && allowed <= 80, `${allowed}`);
    assert.equal((await get(platform)).status, 403);
    const refusal = await get(platform);
    assert.equal(refusal.headers.get('Retry-After'), '1');
    await refused(refusal, 429, 'rate_limited');
  });

  it('is separate for each app', async () => {
    await use(5);
    await refused(await run.connect(await run.token(DANA)), 429, 'rate_limited');
    const app = await run.machineToken('dealer-app');
    assert.equal((await get(app)).status, 200);
  });

  it('gives the wait as a date if the switch says so', async () => {
    await run.switch({ retryAfter: 'date' });
    await use(5);
    const date = (await get(platform)).headers.get('Retry-After') ?? '';
    assert.equal(Date.parse(date), now + 1000);
  });

  it('is higher for a platform than for a dealer app', async () => {
    await run.switch({ rateLimit: 'plan' });
    assert.equal((await get(platform)).headers.get('X-RateLimit-Limit'), '6000');
    const app = await get(await run.machineToken('dealer-app'));
    assert.equal(app.headers.get('X-RateLimit-Limit'), '600');
  });
});
