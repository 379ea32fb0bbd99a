import { duringThread, isScript, mark, outermost, taskTimes, threadTime } from '../trace.js';
import type { Measurement } from '../figure.js';
import { startCardPage, startPage } from '../pages.js';
import { whenReady } from './ready.js';
import { shapeOf } from './shape.js';

const floors = {
  'bare-form': 'Lit, zod/mini and a bare form',
  'bare-card': 'Lit, zod/mini and the same card',
} as const;
type Floor = keyof typeof floors;

/** From the start of the script to `ready`, in CPU time of the page's main thread, so that other programs do not count. */
const start = (throttle: number, floor: Floor, figures: Measurement['figures']): Measurement => ({
  figures,
  floor: floors[floor],
  measure: async (bench, side) => {
    const tag = side === 'widget' ? 'chekt-connect' : floor;
    const html = tag === 'bare-card' ? startCardPage(await shapeOf(bench)) : startPage(tag);
    return bench.withPage(async (open) => {
      await open.devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
      const load = async () => {
        await open.page.goto(bench.site.page(html));
        await open.page.evaluate(whenReady(tag));
      };
      const events = await bench.trace(open, load, 'devtools.timeline');
      const file = events.find(
        ({ name, args }) => name === 'EvaluateScript' && args.data?.url?.endsWith(`/${tag}.js`),
      );
      if (!file) throw new Error(`The trace does not show ${tag}.js.`);
      const during = duringThread(events, file, mark(events, 'bench-ready'));
      const tasks = taskTimes(during);
      return {
        script: threadTime(outermost(during, isScript)),
        longest: Math.max(...tasks),
      };
    });
  },
});

const script = { unit: 'ms', of: 'ratio', must: 1.6, aim: 1.3 } as const;

export const slowStart = start(4, 'bare-form', {
  script: { ...script, title: 'script time to ready, 4× throttle' },
  longest: { title: 'longest task until ready, 4× throttle', unit: 'ms', of: 'ratio', must: 1.25, aim: 1 },
});

/** The same without throttling: valid even on a machine so busy that the browser's throttle does not keep up. */
export const fullSpeedStart = start(1, 'bare-form', {
  script: { ...script, title: 'script time to ready, no throttle' },
});

/** What the element does beyond showing its card: docs/decisions/start-costs.md. */
export const cardStart = start(1, 'bare-card', {
  script: { ...script, title: 'script time to ready, against the same card' },
});
