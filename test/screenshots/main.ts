/** `npm run screenshots`: takes pictures of the page, the gallery and the end of each scenario. */
import { rmSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { groups } from '../../demo/page/scenarios/scenarios.js';
import { allSteps } from '../e2e/steps/all.js';
import { startWorld } from '../e2e/support.js';

const folder = new URL('../../screenshots/', import.meta.url).pathname;
/** `npm run screenshots -- technician slow` takes only these. */
const wanted = process.argv.slice(2);
const scenarios = groups
  .flatMap((group) => group.scenarios)
  .filter(({ id }) => wanted.length === 0 || wanted.includes(id));

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };

/** Takes four variants without a reload, which would lose the state. */
async function shoot(page: Page, name: string, subject: Locator): Promise<void> {
  const embed = page.locator('#embed:visible');
  if (await embed.count()) await embed.evaluate((node: HTMLDetailsElement) => (node.open = true));
  const take = (variant: string) => subject.screenshot({ path: `${folder}${name}.${variant}.png` });
  await page.setViewportSize(WIDE);
  await take('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await take('dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(NARROW);
  await take('320');
  await page.setViewportSize(WIDE);
  await page.locator('select[name=dir]:visible').selectOption('rtl');
  await take('rtl');
  await page.locator('select[name=dir]:visible').selectOption('ltr');
}

if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
const world = await startWorld();
try {
  for (const { id } of scenarios) {
    const visit = await world.visit(`?scenario=${id}`, { viewport: WIDE });
    const ended = await allSteps[id]?.(visit).then(
      () => true,
      () => false,
    );
    await shoot(visit.page, `scenarios/${id}`, visit.page.locator('.platform'));
    await visit.end();
    console.log(`${ended ? '✓' : '✗ does not end as its test says:'} ${id}`);
    if (!ended) process.exitCode = 1;
  }
  if (wanted.length === 0 || wanted.includes('page')) {
    const visit = await world.visit('?scenario=lost-answer');
    await allSteps['lost-answer']?.(visit);
    await shoot(visit.page, 'page', visit.page.locator('body'));
    await visit.end();
  }
  if (wanted.length === 0 || wanted.includes('gallery')) {
    const visit = await world.visit('?view=gallery', { viewport: WIDE });
    for (const group of await visit.page.locator('#cells > section').all()) {
      await shoot(visit.page, `gallery/${await group.getAttribute('id')}`, group);
    }
    await visit.end();
  }
} finally {
  await world.close();
}
