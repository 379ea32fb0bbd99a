import type { Measurement } from '../figure.js';
import { clickPage, type Mode } from '../pages.js';
import { ANSWER_TIME } from '../site.js';
import { quantile } from '../statistics.js';

const CLICKS = 24;
/** The quantile of a page's clicks that counts: the slow clicks contain delays by other programs. */
const QUICK = 0.25;

const click = (mode: Mode): Measurement => ({
  figures: {
    click: {
      title: `click to chekt-connected, ${mode} mode, server answers in ${ANSWER_TIME} ms`,
      unit: 'ms',
      of: 'ratio',
      must: 1.1,
      aim: 1.05,
    },
  },
  floor: 'a bare fetch of the same PUT',
  measure: (bench, side) =>
    bench.withPage(async ({ page }) => {
      const tag = side === 'widget' ? 'chekt-connect' : 'bare-fetch';
      await page.goto(bench.site.page(clickPage(tag, mode, bench.site.api)));
      return { click: quantile(await page.evaluate<number[]>(`bench.clicks(${CLICKS})`), QUICK) };
    }),
});

/** The Partner API is on another origin; the browser caches its preflight. */
export const browserClick = click('browser');
/** With `sign_in_id`, so that the source is not asked before each request. */
export const serviceClick = click('service');
