import type { TestRunnerConfig } from '@web/test-runner';

type Plugin = NonNullable<TestRunnerConfig['plugins']>[number];

/** What replaces the source modules on the test pages, by path below `src`. */
const doors: Readonly<Record<string, string>> = {
  'define.ts': "import '/dist/chekt-connect.js';",
  'index.ts': `import '/dist/chekt-connect.js';
export const ChektConnectElement = customElements.get('chekt-connect');`,
};

/** Texts that tests compare with may be imported from the source. */
const isTexts = (path: string) => /(^|\/)i18n\/en\.ts$/.test(path);

/**
 * Runs tests that were written for the source against the built script-tag file. A test file that imports a
 * non-public module fails.
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
