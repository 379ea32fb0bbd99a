import { esbuildPlugin } from '@web/dev-server-esbuild';
import type { TestRunnerConfig } from '@web/test-runner';
import { bundled } from './bundled.js';
import { viewportPlugin } from './viewport-plugin.js';
import { browserReport } from './report.js';
import { chosenEngines } from './engines.js';
import { plainLogger } from './logger.js';
import { launcher } from './launchers.js';
import { runsOnBuiltFile, testFiles } from '../run/files.js';
import { faultTable } from '../faults/table.js';
import { manifest } from '../package/built.js';
import { builtFile } from '../package/built-file.js';
import { pages } from '../security/pages-plugin.js';
import { scheduleModel } from '../schedules/plugin.js';
import { scheduleSettings } from '../schedules/settings.js';
import { wire } from '../wire/plugin.js';

/** Browser tests against the source, in each engine. */
export function sourceConfig(): TestRunnerConfig {
  return { ...pageConfig([]), files: testFiles('browser'), browsers: chosenEngines().map(launcher) };
}

/** The tests of the public contract and of faults, against the built file. */
export function builtFileConfig(only: readonly string[]): TestRunnerConfig {
  const files = testFiles('browser', only).filter(runsOnBuiltFile);
  return { ...pageConfig([builtFile()]), files, browsers: chosenEngines().map(launcher) };
}

/** One configuration for every engine: the same page, served from one origin. */
function pageConfig(plugins: NonNullable<TestRunnerConfig['plugins']>): TestRunnerConfig {
  const report = browserReport();
  const { plugin, middleware } = wire();
  const model = scheduleModel(() => scheduleSettings(chosenEngines().length));
  return {
    // One page at a time in each browser: several would take the focus from each other.
    concurrency: 1,
    concurrentBrowsers: 3,
    browserStartTimeout: 60_000,
    testsStartTimeout: 60_000,
    testsFinishTimeout: 300_000 + 1_000 * Number(process.env['SCHEDULES'] ?? 0),
    // Lit and zod as a host gets them, without the warnings of their development builds.
    nodeResolve: { exportConditions: ['browser', 'production'] },
    plugins: [
      ...plugins,
      esbuildPlugin({
        ts: true,
        target: 'auto',
        tsconfig: 'tsconfig.json',
        define: {
          __VERSION__: JSON.stringify(manifest.version),
          __ALL_FAULTS__: String(Boolean(process.env['ALL_FAULTS'])),
        },
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
