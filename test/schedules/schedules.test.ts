import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { schedules } from './arbitrary/schedules.js';
import { openStage, run, type Stage } from './page/run.js';
import type { Schedule } from './schedule.js';
import type { Settings } from './settings.js';

/** Milliseconds for finding a shorter schedule that still fails. */
const SHRINK_LIMIT = 30_000;

interface Violation {
  readonly index: number;
  readonly found: readonly string[];
  readonly schedule: Schedule;
}

describe('schedules of two people, two accounts and two tabs', () => {
  let stage: Stage;
  let settings: Settings;

  before(async () => {
    settings = (await (await fetch('/__schedules/settings')).json()) as Settings;
    stage = await openStage();
  });

  it('connect and disconnect only what was on the screen at a press', async function () {
    const { count, seed, path } = settings;
    this.timeout(count * 2_000 + 2 * SHRINK_LIMIT);
    const started = performance.now();
    const violations: Violation[] = [];
    let index = 0;
    const all = fc.asyncProperty(schedules, async (schedule) => {
      const found = await run(stage, schedule);
      if (found.length > 0) violations.push({ index, found, schedule });
      index += 1;
    });
    await fc.assert(all, { seed, ...(path ? { path, numRuns: 1, endOnFailure: true } : { numRuns: count }) });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const reached = Object.entries(stage.reached);
    const far = reached.map(([mode, { bound, gone }]) => `${mode} ${bound} connected, ${gone} disconnected`);
    console.log(
      `seed ${seed}: ${violations.length} of ${index} schedules violate the property (${seconds} s; ${far.join('; ')})`,
    );
    if (violations.length > 0) expect.fail(await explain(violations, settings));
    for (const [mode, { schedules, bound }] of reached) {
      if (schedules >= 10) expect(bound, `connected in the mode ${mode}`).to.be.greaterThan(schedules / 5);
    }
  });

  /** The first three violations, and the first schedule made as short as it still fails. */
  async function explain(violations: readonly Violation[], { seed, path }: Settings): Promise<string> {
    const first = violations[0]!;
    const lines = violations.slice(0, 3).map(({ index, found }) => `schedule ${index}: ${found.join('; ')}`);
    const property = fc.asyncProperty(
      schedules,
      async (schedule) => (await run(stage, schedule)).length === 0,
    );
    const { counterexample, counterexamplePath } = await fc.check(property, {
      seed,
      path: path ?? `${first.index}`,
      numRuns: 1,
      interruptAfterTimeLimit: SHRINK_LIMIT,
    });
    const [shortest = first.schedule] = counterexample ?? [];
    return [
      ...lines,
      `Replay: SEED=${seed} SCHEDULE_PATH=${counterexamplePath ?? path ?? first.index}`,
      JSON.stringify(shortest.world),
      ...shortest.steps.map((step) => JSON.stringify(step)),
      ...(await run(stage, shortest)),
    ].join('\n');
  }
});
