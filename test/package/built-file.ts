import type { TestRunnerConfig } from '@web/test-runner';

type Plugin = NonNullable<TestRunnerConfig['plugins']>[number];

/** What the pages of the tests get in place of the source, by its path below `src`. */
const doors: Readonly<Record<string, string>> = {
  'define.ts': "import '/dist/chekt-connect.js';",
  'index.ts': `import '/dist/chekt-connect.js';
export const ChektConnectElement = customElements.get('chekt-connect');`,
};

/** Not code: the texts that a test looks for. */
const isTexts = (path: string) => /(^|\/)i18n\/en\.ts$/.test(path);

/**
 * Runs tests that were written for the source against the built script-tag file. Whatever looks behind the public doors finds
 * nothing there, and its test file fails.
 */
export function builtFile(): Plugin {
  return {
    name: 'built-file',
    serve({ path }) {
      const [, source] = /^\/src\/(.*)$/.exec(path) ?? [];
      if (source === undefined || isTexts(source)) return undefined;
      const body = doors[source] ?? `throw new Error('${path} is not published.');`;
      return { body, type: 'js' };
    },
  };
}
