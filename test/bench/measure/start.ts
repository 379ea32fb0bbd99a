import { duringThread, isScript, mark, outermost, taskTimes, threadTime } from '../trace.js';
import type { Measurement } from '../figure.js';
import { startPage } from '../pages.js';
import { whenReady } from './ready.js';

/** From the start of the script to `ready`, in CPU time of the page's main thread, so that other programs do not count. */
const start = (throttle: number, figures: Measurement['figures']): Measurement => ({
  figures,
  floor: 'Lit, zod/mini and a bare form',
  measure: (bench, side) =>
    bench.withPage(async (open) => {
      const tag = side === 'widget' ? 'chekt-connect' : 'bare-form';
      await open.devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
      const load = async () => {
        await open.page.goto(bench.site.page(startPage(tag)));
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
    }),
});

const script = { unit: 'ms', of: 'ratio', must: 1.6, aim: 1.3 } as const;

export const slowStart = start(4, {
  script: { ...script, title: 'script time to ready, 4× throttle' },
  longest: { title: 'longest task until ready, 4× throttle', unit: 'ms', of: 'ratio', must: 1.25, aim: 1 },
});

/** The same without throttling: valid even on a machine so busy that the browser's throttle does not keep up. */
export const fullSpeedStart = start(1, { script: { ...script, title: 'script time to ready, no throttle' } });
