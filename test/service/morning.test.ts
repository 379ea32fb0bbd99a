import assert from 'node:assert/strict';
import { mock, describe, it } from 'node:test';
import { createChektService } from '../../src/service/index.js';
import { memoryStore } from '../../src/service/store/memory.js';
import { answering } from './schedules/model/answering.js';
import { Chekt, error } from './schedules/model/chekt.js';
import { Issuer } from './schedules/model/issuer.js';
import { Visitor } from './schedules/model/visitor.js';
import { modelOptions } from './schedules/platform.js';

const DEALERS = 1_000;
/** The Pro plan. */
const PER_MINUTE = 600;
const PER_SECOND = 30;
const START = Date.parse('2026-11-02T08:00:00Z');
const TICK = 100;

/**
 * What was being sealed or opened by now is done. That takes real time, in threads of its own, and a clock that ran on
 * meanwhile would let requests run into their time limit.
 */
async function untilSealed(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await crypto.subtle.digest('SHA-256', new Uint8Array(1));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** CHeKT's rate limit: the calls in this minute and in this second. */
class Plan {
  readonly #used = new Map<number, number>();
  refused = 0;

  take(now: number): Response | undefined {
    const [minute, second] = [Math.floor(now / 60_000), -Math.floor(now / 1_000)];
    const [inMinute, inSecond] = [this.#used.get(minute) ?? 0, this.#used.get(second) ?? 0];
    if (inMinute < PER_MINUTE && inSecond < PER_SECOND) {
      this.#used.set(minute, inMinute + 1).set(second, inSecond + 1);
      return undefined;
    }
    this.refused += 1;
    const wait = inMinute < PER_MINUTE ? 1 : Math.ceil(((minute + 1) * 60_000 - now) / 1_000);
    return new Response(error(429, 'rate_limited').body, {
      status: 429,
      headers: { 'Retry-After': String(wait), 'Content-Type': 'application/json', ...this.headers(now) },
    });
  }

  headers(now: number): Record<string, string> {
    const minute = Math.floor(now / 60_000);
    return {
      'X-RateLimit-Limit': String(PER_MINUTE),
      'X-RateLimit-Remaining': String(PER_MINUTE - (this.#used.get(minute) ?? 0)),
      'X-RateLimit-Reset': String((minute + 1) * 60),
    };
  }
}

describe('a thousand dealers connect in one morning, under the Pro plan', () => {
  it('connects all of them, tells nobody anything false, and answers 429 only with a wait', async () => {
    const plan = new Plan();
    const issuer = new Issuer();
    const chekt = new Chekt({
      ...{ keys: 'remembered', unboundDealer: 'not-connected', sameId: 'ok' },
      ...{ otherId: 'conflict', idTaken: 'conflict' },
    });
    const restore = answering(issuer, {
      answer(...request) {
        const now = Date.now();
        const refused = plan.take(now);
        if (refused) return refused;
        const answer = chekt.answer(...request);
        for (const [name, value] of Object.entries(plan.headers(now))) answer.headers.set(name, value);
        return answer;
      },
    });
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: START });
    const store = memoryStore();
    const heard: string[] = [];
    const service = createChektService({
      ...modelOptions(store),
      clock: () => Date.now(),
      on: { connected: ({ externalDealerId }) => void heard.push(externalDealerId) },
    });
    const statuses = new Map<number, number>();

    async function connect(dealer: number): Promise<void> {
      const visitor = new Visitor(service, dealer);
      const admin = { sub: `admin-${dealer}`, name: `Admin ${dealer}`, dealerId: dealer };
      const headers = await visitor.signIn(issuer, admin);
      for (;;) {
        const answer = await visitor.connect(headers);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.status !== 429) {
          const said = await answer.text();
          assert.equal(answer.status, 200, said);
          assert.equal((JSON.parse(said) as { dealer_id: number }).dealer_id, dealer);
          return;
        }
        const seconds = Number(answer.headers.get('Retry-After'));
        assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 600, `${seconds}`);
        await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
      }
    }

    try {
      let left = DEALERS;
      // All start within the first minute, which is the worst case.
      const all = Promise.all(
        Array.from({ length: DEALERS }, async (_, index) => {
          await new Promise((resolve) => setTimeout(resolve, index * 60));
          await connect(index + 1);
          left -= 1;
        }),
      );
      void all.catch(() => (left = 0));
      while (left > 0) {
        mock.timers.tick(TICK);
        await untilSealed();
      }
      await all;
      const minutes = (Date.now() - START) / 60_000;
      await service.runDue();
      await service.stop();
      assert.equal(chekt.bindings.size, DEALERS);
      for (const [dealer, account] of chekt.bindings) assert.equal(account, `adc-${dealer}`);
      const { items } = await store.listAudit({ limit: 2 * DEALERS });
      assert.equal(items.filter(({ action }) => action === 'connect.recorded').length, DEALERS);
      assert.equal(items.length, DEALERS);
      assert.equal(new Set(heard).size, DEALERS);
      assert.deepEqual([...statuses.keys()].toSorted(), [200, 429]);
      assert.ok(plan.refused > 0 && minutes < 60, `${plan.refused} refused, ${minutes} minutes`);
      console.log(
        `${DEALERS} dealers in ${minutes.toFixed(1)} minutes: ${statuses.get(429)} waits, ${plan.refused} 429s of CHeKT`,
      );
    } finally {
      restore();
      mock.timers.reset();
    }
  });
});
