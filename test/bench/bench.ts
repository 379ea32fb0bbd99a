import { type CDPSession, type Page } from 'playwright-core';
import { launchChromium } from '../browsers/chromium.js';
import type { TraceEvent } from './trace.js';
import { startSite, type Site } from './site.js';

const flags = [
  // the browser throttles frames and timers of a page in the background
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
];

export interface OpenPage {
  readonly page: Page;
  readonly devtools: CDPSession;
}

/** One browser and one server for all measurements. */
export interface Bench {
  readonly site: Site;
  readonly version: string;
  /** Opens a blank page with an empty cache, and closes it after the work. */
  withPage<T>(work: (open: OpenPage) => Promise<T>): Promise<T>;
  /** Traces tasks and marks during the work, and the categories in `more`. Each category slows the page a little. */
  trace(open: OpenPage, work: () => Promise<unknown>, ...more: string[]): Promise<TraceEvent[]>;
  close(): Promise<void>;
}

const categories = ['-*', 'toplevel', 'blink.user_timing', '__metadata'];

export async function startBench(): Promise<Bench> {
  const site = await startSite();
  const browser = await launchChromium({ isWhole: true, args: flags });
  return {
    site,
    version: browser.version(),
    async withPage(work) {
      const context = await browser.newContext();
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(60_000);
        return await work({ page, devtools: await context.newCDPSession(page) });
      } finally {
        await context.close();
      }
    },
    async trace({ page }, work, ...more) {
      await browser.startTracing(page, { categories: [...categories, ...more] });
      await work();
      const trace = await browser.stopTracing();
      return (JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }).traceEvents;
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}
