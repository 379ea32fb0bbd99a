import type { Measurement } from '../figure.js';
import { shiftPage } from '../pages.js';

const widths = [320, 768, 1280];
const answers = ['signed in', 'not signed in'] as const;

/** The worst of several widths and answers, with the page's own text below the element. */
export const shift: Measurement = {
  figures: {
    shift: { title: 'layout shift from first render to ready', unit: '', of: 'value', must: 0.01, aim: 0 },
  },
  steady: true,
  measure: async (bench) => {
    const shifts: number[] = [];
    for (const width of widths) {
      for (const answer of answers) {
        const value = bench.withPage(async ({ page }) => {
          await page.setViewportSize({ width, height: 800 });
          await page.goto(bench.site.page(shiftPage(answer)));
          return page.evaluate<number>('bench.shift()');
        });
        shifts.push(await value);
      }
    }
    return { shift: Math.max(...shifts) };
  },
};
