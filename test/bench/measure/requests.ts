import type { Measurement } from '../figure.js';
import { startPage } from '../pages.js';
import { whenReady } from './ready.js';

/** All that the page asks for besides itself, until the element is ready and nothing is under way any more. */
export const requests: Measurement = {
  figures: { requests: { title: 'requests until usable', unit: '', of: 'value', must: 1, aim: 1 } },
  floor: 'Lit, zod/mini and a bare form',
  steady: true,
  measure: (bench, side) =>
    bench.withPage(async ({ page }) => {
      const urls: string[] = [];
      page.on('request', (request) => urls.push(request.url()));
      const tag = side === 'widget' ? 'chekt-connect' : 'bare-form';
      const address = bench.site.page(startPage(tag));
      await page.goto(address);
      await page.evaluate(whenReady(tag));
      await page.waitForLoadState('networkidle');
      return { requests: urls.filter((url) => url !== address && !url.startsWith('data:')).length };
    }),
};
