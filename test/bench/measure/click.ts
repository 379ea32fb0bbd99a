import type { Measurement } from '../figure.js';
import { clickPage } from '../pages.js';
import { ANSWER_TIME } from '../site.js';
import { quantile } from '../statistics.js';

const CLICKS = 24;
/** Of the clicks on a page: what other programs delay is in the slow ones. */
const QUICK = 0.25;

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
      return { click: quantile(await page.evaluate<number[]>(`bench.clicks(${CLICKS})`), QUICK) };
    }),
};
