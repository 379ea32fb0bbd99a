import type { Bench } from '../bench.js';
import { shownPage } from '../pages.js';

/** What the widget has rendered once it is ready, as JSON for the pages of the floors that render the same. */
export function shapeOf(bench: Bench): Promise<string> {
  return bench.withPage(async ({ page }) => {
    await page.goto(bench.site.page(shownPage()));
    return JSON.stringify(await page.evaluate<unknown>('bench.shape()'));
  });
}
