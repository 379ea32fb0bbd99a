import type { TestRunnerConfig } from '@web/test-runner';
import { build, type Rolldown } from 'vite';

type Plugin = NonNullable<TestRunnerConfig['plugins']>[number];

const prefix = '/__bundled/';

/** Serves each of these packages as one file; otherwise every test page would load all of their many small modules. */
export function bundled(packages: readonly string[]): Plugin {
  const files = new Map<string, string>();
  const pathOf = (name: string) => `${prefix}${name.replaceAll('/', '-')}.js`;
  return {
    name: 'bundled',
    async serverStart() {
      for (const name of packages) files.set(pathOf(name), await bundle(name));
    },
    resolveImport: ({ source }) => (packages.includes(source) ? pathOf(source) : undefined),
    serve(context) {
      const body = files.get(context.path);
      return body === undefined ? undefined : { body, type: 'js' };
    },
  };
}

async function bundle(name: string): Promise<string> {
  const entry = '\0entry';
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? `export * from '${name}';` : undefined),
      },
    ],
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: 'strict',
        output: { format: 'es', codeSplitting: false },
      },
    },
  })) as Rolldown.RolldownOutput;
  return built.output[0].code;
}
