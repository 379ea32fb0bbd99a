import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig, type BuildEnvironmentOptions, type Rolldown } from 'vite';
import { renamePolicy } from './src/build/rename-policy.js';
import { writeIntegrity } from './src/build/write-integrity.js';
import { writeMigrations } from './src/build/write-migrations.js';
import { scriptTags } from './demo/script-tags.js';
import manifest from './package.json' with { type: 'json' };

const { version } = manifest;
const LANGUAGES = 'src/element/i18n/lang';
const languages = readdirSync(LANGUAGES).map((file) => file.replace('.ts', ''));
const elementDoors = ['index', 'define', 'testing', 'bare'].filter((name) => existsSync(`src/${name}.ts`));
const serviceDoors = ['index', 'node', 'store/postgres', 'store/memory', 'store/store-tests'];
/** The first line makes Chromium compile the whole file while it loads: docs/decisions/compile-hint.md. */
const banner = `//# allFunctionsCalledOnLoad
/*! @license chekt-connect ${version}, MIT. Parts (LICENSES.md):
lit, lit-html, lit-element, @lit/reactive-element: BSD-3-Clause, Copyright (c) 2017 Google LLC
zod: MIT, Copyright (c) 2025 Colin McDonnell */`;

/** Comes before all other code: a second copy of Lit would throw when it creates a policy of the same name. */
const guard = `const loaded = customElements.get('chekt-connect');
if (loaded) return console.warn(\`chekt-connect \${loaded.version} is already on this page; ${version} does nothing.\`);`;

/** In ASCII, so that the encoding of the host's page does not matter. The bench minifies its floors in the same way. */
export const minified: BuildEnvironmentOptions = {
  target: ['chrome125', 'firefox126', 'safari17.5'],
  minify: 'terser',
  terserOptions: { module: true, compress: { passes: 2 }, format: { ascii_only: true, comments: false } },
};

/** Source maps name no folder of the machine that built them. */
const sourcemapPathTransform = (path: string) => path.replace(/^.*?(node_modules\/|src\/)/, '$1');
const library = (build: BuildEnvironmentOptions, output: Rolldown.OutputOptions, external?: RegExp) => ({
  consumer: 'client' as const,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    ...build,
    rolldownOptions: { external, output: { sourcemapPathTransform, strict: true, ...output } },
  },
});
const iife = (entry: string, file: string): BuildEnvironmentOptions => ({
  ...minified,
  lib: { entry, formats: ['iife'], name: 'chektConnect', fileName: () => file },
});
const element = { ...iife('src/define.ts', 'chekt-connect.js'), license: { fileName: 'LICENSES.md' } };
const lang = (name: string) => library(iife(`${LANGUAGES}/${name}.ts`, `lang/${name}.js`), {});
/** Not minified; packages and Node's own modules stay imports. */
const modules = (folder: string, names: readonly string[]) => {
  const entry = Object.fromEntries(
    names.map((name) => [folder + basename(name), `./src/${folder}${name}.ts`]),
  );
  const build = { minify: false, sourcemap: true, lib: { entry, formats: ['es' as const] } };
  return library(build, { chunkFileNames: `${folder}chunks/[name].js` }, /^[@a-z]/);
};
const platform = `http://localhost:${process.env['PLATFORM_PORT'] ?? 5173}`;
export default defineConfig({
  server: { port: 5175, proxy: { '/chekt': platform, '/runs': platform } },
  define: { __VERSION__: JSON.stringify(version) },
  build: { target: minified.target, outDir: '.cache/demo', modulePreload: false, assetsInlineLimit: 0 },
  plugins: [minifyTemplateLiterals(), renamePolicy, scriptTags(LANGUAGES)],
  environments: {
    client: { build: { rolldownOptions: { input: ['index.html', 'demo/page/other-build/frame.html'] } } },
    script: library({ ...element, sourcemap: true }, { intro: guard, postBanner: banner }),
    ...Object.fromEntries(languages.map((name) => [name, lang(name)])),
    esm: modules('', elementDoors),
    service: modules('service/', serviceDoors),
  },
  builder: {
    async buildApp({ build, environments }) {
      rmSync('dist', { recursive: true, force: true });
      for (const name of ['script', ...languages, 'esm', 'service']) await build(environments[name]!);
      writeIntegrity(['chekt-connect.js', ...languages.map((name) => `lang/${name}.js`)]);
      writeMigrations('dist/service/postgres');
      await build(environments['client']!);
    },
  },
});
