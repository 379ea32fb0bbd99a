import type { TestRunnerConfig } from '@web/test-runner';
import { ChromeLauncher } from '@web/test-runner-chrome';
import { WebKitLauncher } from './webkit-launcher.js';

type Plugin = NonNullable<TestRunnerConfig['plugins']>[number];

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** Resizes the page. The runner's own command does not support WebDriver, and so not WebKit. */
export function viewportPlugin(): Plugin {
  return {
    name: 'viewport',
    async executeCommand({ command, payload, session: { browser, id } }) {
      if (command !== 'viewport') return undefined;
      const { width, height } = payload as Viewport;
      if (browser instanceof WebKitLauncher) await browser.setViewport(width, height);
      else if (browser instanceof ChromeLauncher) await browser.getPage(id).setViewport({ width, height });
      else throw new Error(`The window of ${browser.name} cannot be resized.`);
      return true;
    },
  };
}
