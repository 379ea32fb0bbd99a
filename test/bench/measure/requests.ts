import type { Measurement } from '../figure.js';
import { startPage } from '../pages.js';
import { whenReady } from './ready.js';

/** Counts what the page requests besides its own document until the element is ready and the network is idle. */
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
