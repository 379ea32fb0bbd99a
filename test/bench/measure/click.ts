import type { Measurement } from '../figure.js';
import { clickPage } from '../pages.js';
import { ANSWER_TIME } from '../site.js';
import { median } from '../statistics.js';

const CLICKS = 15;

export const click: Measurement = {
  figures: {
    click: {
      title: `click to chekt-connected, server answers in ${ANSWER_TIME} ms`,
      unit: 'ms',
      of: 'ratio',
      must: 1.15,
      aim: 1.05,
    },
  },
  floor: 'a bare fetch of the same PUT',
  measure: (bench, side) =>
    bench.withPage(async ({ page }) => {
      await page.goto(bench.site.page(clickPage(side === 'widget' ? 'chekt-connect' : 'bare-fetch')));
      return { click: median(await page.evaluate<number[]>(`bench.clicks(${CLICKS})`)) };
    }),
};
