import { esbuildPlugin } from '@web/dev-server-esbuild';
import type { TestRunnerConfig } from '@web/test-runner';
import { bundled } from './bundled.js';
import { viewportPlugin } from './viewport-plugin.js';
import { browserReport } from './report.js';
import { chosenEngines } from './engines.js';
import { plainLogger } from './logger.js';
import { launcher } from './launchers.js';
import { testFiles } from '../run/files.js';
import { faultTable } from '../faults/table.js';
import { pages } from '../security/pages-plugin.js';
import { scheduleModel } from '../schedules/plugin.js';
import { scheduleSettings } from '../schedules/settings.js';
import { wire } from '../wire/plugin.js';

/** The configuration of the browser tests: the same page, in three engines, served from one origin. */
export function browserConfig(): TestRunnerConfig {
  const report = browserReport();
  const { plugin, middleware } = wire();
  const model = scheduleModel(scheduleSettings);
  return {
    files: testFiles('browser'),
    // A page of its own window has the focus; several in one browser would take it from each other.
    concurrency: 1,
    concurrentBrowsers: 3,
    browsers: chosenEngines().map(launcher),
    browserStartTimeout: 60_000,
    testsStartTimeout: 60_000,
    testsFinishTimeout: 180_000 + 1_000 * Number(process.env['SCHEDULES'] ?? 0),
    // Lit and zod as a host gets them, without the warnings of their development builds.
    nodeResolve: { exportConditions: ['browser', 'production'] },
    plugins: [
      esbuildPlugin({
        ts: true,
        target: 'auto',
        tsconfig: 'tsconfig.json',
        define: { __VERSION__: '"0.0.0-test"' },
      }),
      plugin,
      model.plugin,
      bundled(['zod/mini', 'zod/v4/core', 'fast-check']),
      viewportPlugin(),
    ],
    middleware: [middleware, model.middleware, pages(), report.middleware],
    logger: plainLogger,
    reporters: [faultTable(), report.reporter],
    testFramework: { config: { ui: 'bdd', timeout: 10_000 } },
  };
}
