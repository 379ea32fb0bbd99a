import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { memoryStore } from '../../src/service/store/memory.js';
import { judge } from './schedules/judge.js';
import { play } from './schedules/play.js';
import { schedules } from './schedules/schedule.js';

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const RUNS = number('SERVICE_SCHEDULES', 300);
const SEED = number('SEED', Date.now() % 2 ** 31);

describe('the service under random schedules', () => {
  it(`keeps every guarantee in ${RUNS} of them, in memory (SEED=${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        assert.deepEqual(await judge(await play(schedule, memoryStore())), []);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it('plays the same schedule the same way again', async () => {
    const [schedule] = fc.sample(schedules, { numRuns: 1, seed: SEED });
    const [first, second] = [await play(schedule!, memoryStore()), await play(schedule!, memoryStore())];
    assert.deepEqual(first.trace, second.trace);
  });
});
