import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { groups, scenarios } from '../../demo/page/scenarios/scenarios.js';
import { allSteps, stepsOf } from './steps/all.js';
import { startWorld, type Visit } from './support.js';

/** For each scenario: what a person does and sees, what the event log shows, and what the sandbox has recorded. */
export type Steps = Readonly<Record<string, (visit: Visit) => Promise<void>>>;

/** What the browser itself writes to the console about the faults of a scenario. */
const ABOUT_THE_NETWORK = /Failed to load resource|blocked by CORS policy/;

/**
 * The tests of a group of scenarios, for a suite in a file of its own: each opens the scenario's link, follows its steps and
 * checks what should be seen.
 */
export function scenarioTests(name: string, complaints: Readonly<Record<string, RegExp>> = {}): () => void {
  return () => {
    const steps = stepsOf(name);
    const group = groups.find((candidate) => candidate.name === name);
    let world: Awaited<ReturnType<typeof startWorld>>;
    before(async () => void (world = await startWorld()));
    after(() => world.close());

    it('has steps for every scenario', () => {
      assert.deepEqual(
        Object.keys(steps),
        group?.scenarios.map(({ id }) => id),
      );
      const known = new Set(scenarios.map(({ id }) => id));
      assert.deepEqual(
        Object.keys(allSteps).filter((id) => !known.has(id)),
        [],
        'steps without a scenario',
      );
    });

    for (const [id, step] of Object.entries(steps)) {
      const scenario = group?.scenarios.find((candidate) => candidate.id === id);
      it(`${id}: ${scenario?.steps}`, async () => {
        const visit = await world.visit(`?scenario=${id}`);
        try {
          await step(visit);
          const unexpected = visit.complaints.filter(
            (text) => !ABOUT_THE_NETWORK.test(text) && !complaints[id]?.test(text),
          );
          assert.deepEqual(unexpected, []);
        } catch (error) {
          const told = (
            await visit.page
              .locator('#timeline [data-source=page] summary')
              .allTextContents()
              .catch(() => [])
          ).join('\n');
          throw new Error(`${error}\n${told}\n${visit.complaints.join('\n')}`, { cause: error });
        } finally {
          await visit.end();
        }
      });
    }
  };
}
