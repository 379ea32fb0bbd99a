import type { Bench } from '../bench.js';
import type { Measurement } from '../figure.js';
import { type Answer, shiftPage } from '../pages.js';

const widths = [320, 360, 768, 1280];

/** The worst layout shift of several widths and answers, with text of the page below the element. */
async function worst(bench: Bench, answers: readonly Answer[]): Promise<number> {
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
  return Math.max(...shifts);
}

const limits = { unit: '', of: 'value', must: 0.01, aim: 0 } as const;

export const shift: Measurement = {
  figures: {
    shift: { ...limits, title: 'layout shift from first render to ready' },
    late: { ...limits, title: 'the same, getAccessToken set after the first paint' },
  },
  steady: true,
  measure: async (bench) => ({
    shift: await worst(bench, ['signed in', 'not signed in']),
    late: await worst(bench, ['late']),
  }),
};
