import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { memoryStore } from '../../src/service/store/memory.js';
import { judge } from './schedules/judge.js';
import { play } from './schedules/play.js';
import { schedules } from './schedules/schedule.js';

const { SERVICE_SCHEDULES, SEED, SCHEDULE_PATH } = process.env;
const RUNS = Number(SERVICE_SCHEDULES ?? 300);
const FIRST_SEED = Number(SEED ?? Date.now() % 2 ** 31);
/** Each lot has a seed of its own, so that a long run says how far it has come. */
const LOT = 500;
/**
 * Schedules that have once broken a guarantee. In the last five, the judge was wrong: it did not know what a misused key stands for,
 * which of two lost presses has connected or disconnected a dealer, and that `lost` is told once.
 */
const ONCE_BROKEN = [
  { seed: 7, path: '59' },
  { seed: 469097331, path: '107' },
  { seed: 471889920, path: '41' },
  { seed: 476882919, path: '5' },
  { seed: 511616419, path: '97' },
  { seed: 521109373, path: '459' },
  { seed: 521278450, path: '463' },
  { seed: 521424795, path: '266' },
] as const;

/** @param path of one schedule, as a failure names it */
async function keepsEveryGuarantee(seed: number, runs: number, path?: string): Promise<void> {
  const property = fc.asyncProperty(schedules, async (schedule) => {
    assert.deepEqual(await judge(await play(schedule, memoryStore())), []);
  });
  const which = path === undefined ? { numRuns: runs } : { path, numRuns: 1, endOnFailure: true };
  const result = await fc.check(property, { seed, ...which });
  if (!result.failed) return;
  const replay = `SEED=${seed} SCHEDULE_PATH=${result.counterexamplePath} npm test -- service/schedules`;
  assert.fail(`${String(result.errorInstance)}\n${fc.defaultReportMessage(result)}\nReplay: ${replay}`);
}

describe('the service under random schedules', () => {
  it(`keeps every guarantee in ${RUNS} of them, in memory (SEED=${FIRST_SEED})`, async () => {
    if (SCHEDULE_PATH !== undefined) return keepsEveryGuarantee(FIRST_SEED, 1, SCHEDULE_PATH);
    for (let [seed, left] = [FIRST_SEED, RUNS]; left > 0; seed += 1, left -= LOT) {
      const runs = Math.min(left, LOT);
      await keepsEveryGuarantee(seed, runs);
      console.log(`seed ${seed}: ${runs} schedules of the service, no violation`);
    }
  });

  for (const { seed, path } of ONCE_BROKEN) {
    it(`keeps them in one that has once broken one (seed ${seed}, ${path})`, () =>
      keepsEveryGuarantee(seed, 1, path));
  }

  it('is played the same way again', async () => {
    const [schedule] = fc.sample(schedules, { numRuns: 1, seed: FIRST_SEED });
    const [first, second] = [await play(schedule!, memoryStore()), await play(schedule!, memoryStore())];
    assert.deepEqual(first.trace, second.trace);
  });
});
