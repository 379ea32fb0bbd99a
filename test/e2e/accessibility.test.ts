import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { startWorld } from './support.js';
import { words } from './words.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}

describe('axe finds no violation', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  before(async () => void (world = await startWorld()));
  after(() => world.close());

  for (const theme of ['light', 'dark'] as const) {
    for (const width of [320, 1440]) {
      it(`on the page in ${theme}, ${width} px wide, after a lost answer`, async () => {
        const visit = await world.visit('?scenario=lost-answer', {
          colorScheme: theme,
          viewport: { width, height: 900 },
        });
        await visit.connect();
        await visit.sees(words('connectedNow'));
        await visit.page.locator('#audit tr').first().waitFor();
        assert.deepEqual(await violations(visit.page), []);
        await visit.end();
      });
    }
  }

  it('in the gallery', async () => {
    const visit = await world.visit('?view=gallery');
    assert.deepEqual(await violations(visit.page), []);
    await visit.end();
  });
});
