import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { groups } from '../../demo/page/scenarios/scenarios.js';
import { startWorld, type Visit } from './support.js';

/** What a person does and then sees; what the log of events says and what the sandbox has recorded. */
export type Steps = Readonly<Record<string, (visit: Visit) => Promise<void>>>;

/** What a browser writes by itself about answers that a scenario is about. */
const ABOUT_THE_NETWORK = /Failed to load resource|blocked by CORS policy/;

/** Opens the link of each scenario of a group, and does what its sentence says. */
export function testScenarios(
  name: string,
  steps: Steps,
  complaints: Readonly<Record<string, RegExp>> = {},
): void {
  describe(name, { concurrency: 3 }, () => {
    const group = groups.find((candidate) => candidate.name === name);
    let world: Awaited<ReturnType<typeof startWorld>>;
    before(async () => void (world = await startWorld()));
    after(() => world.close());

    it('is tested whole', () => {
      assert.deepEqual(
        Object.keys(steps),
        group?.scenarios.map(({ id }) => id),
      );
    });

    for (const [id, step] of Object.entries(steps)) {
      const scenario = group?.scenarios.find((candidate) => candidate.id === id);
      it(`${id}: ${scenario?.expect}`, async () => {
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
              .locator('#events summary')
              .allTextContents()
              .catch(() => [])
          ).join('\n');
          throw new Error(`${error}\n${told}\n${visit.complaints.join('\n')}`, { cause: error });
        } finally {
          await visit.end();
        }
      });
    }
  });
}
