import type { Bench } from '../bench.js';
import type { Measurement, Side } from '../figure.js';
import { duringThread, mark, taskTimes } from '../trace.js';
import { mountPage, sameDomPage } from '../pages.js';
import { shapeOf } from './shape.js';

const MANY = 1_000;
/** As on a page where somebody navigates back and forth for a long time. */
const AGAIN = 300;
const floor = 'Lit elements that only render the same DOM';

/** The address of the side's page, on which the bench creates any number of elements. */
async function manyPage(bench: Bench, side: Side, extra?: 'leftovers'): Promise<string> {
  if (side === 'widget') return bench.site.page(mountPage(extra));
  return bench.site.page(sameDomPage(await shapeOf(bench), extra));
}

/** In CPU time of the page's main thread, so that other programs do not count. */
export const mount: Measurement = {
  figures: {
    mount: { title: `mount ${MANY} elements to ready`, unit: 'ms', of: 'ratio' },
  },
  floor,
  measure: async (bench, side) => {
    const address = await manyPage(bench, side);
    return bench.withPage(async (open) => {
      await open.page.goto(address);
      const events = await bench.trace(open, () => open.page.evaluate(`bench.mount(${MANY})`));
      const during = duringThread(events, mark(events, 'bench-start'), mark(events, 'bench-ready'));
      return { mount: taskTimes(during).reduce((sum, time) => sum + time, 0) };
    });
  },
};

/** What removed elements leave behind. A first batch warms up and is not counted. */
export const removal: Measurement = {
  figures: {
    heap: { title: `heap kept by ${AGAIN} mounts and removals`, unit: 'kB', of: 'value', must: 100, aim: 0 },
    listeners: { title: 'listeners left', unit: '', of: 'value', must: 0, aim: 0 },
    timers: { title: 'timers left', unit: '', of: 'value', must: 0, aim: 0 },
    nodes: { title: 'nodes left', unit: '', of: 'value', must: 0, aim: 0 },
  },
  floor,
  measure: async (bench, side) => {
    const address = await manyPage(bench, side, 'leftovers');
    return bench.withPage(async ({ page, devtools }) => {
      await page.goto(address);
      await devtools.send('Performance.enable');
      const count = async () => {
        // the first collection runs finalizers, and the next ones collect their garbage
        for (let time = 0; time < 3; time += 1) await devtools.send('HeapProfiler.collectGarbage');
        const { metrics } = await devtools.send('Performance.getMetrics');
        const metric = (name: string) => metrics.find((known) => known.name === name)?.value ?? NaN;
        const { timers, outside } = await page.evaluate<{ timers: number; outside: number }>('leftovers()');
        return {
          heap: metric('JSHeapUsedSize') / 1000,
          listeners: metric('JSEventListeners') + outside,
          timers,
          nodes: metric('Nodes'),
        };
      };
      await page.evaluate(`bench.comeAndGo(${AGAIN})`);
      const before = await count();
      await page.evaluate(`bench.comeAndGo(${AGAIN})`);
      const after = await count();
      return Object.fromEntries(
        Object.entries(before).map(([name, value]) => [name, after[name as keyof typeof after] - value]),
      );
    });
  },
};
