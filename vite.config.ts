import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { defineConfig, type BuildEnvironmentOptions, type Plugin, type Rolldown } from 'vite';
import { scriptTags, writeIntegrity } from './demo/script-tags.js';
import manifest from './package.json' with { type: 'json' };

const { version } = manifest;
const LANGUAGES = 'src/element/i18n/lang';
const languages = readdirSync(LANGUAGES).map((file) => file.replace('.ts', ''));
const services = ['index', 'node', 'postgres', 'memory', 'store-tests'].map((name) => `service/${name}`);
const modules = ['index', 'define', 'testing', ...services].filter((name) => existsSync(`src/${name}.ts`));
const moduleEntries = Object.fromEntries(modules.map((name) => [name, `./src/${name}.ts`]));

/** The first line has Chromium compile all of the file while it loads: docs/decisions/compile-hint.md. */
const banner = `//# allFunctionsCalledOnLoad
/*! @license chekt-connect ${version}, MIT. Includes, with their texts in LICENSES.md:
lit, lit-html, lit-element, @lit/reactive-element: BSD-3-Clause, Copyright (c) 2017 Google LLC
zod: MIT, Copyright (c) 2025 Colin McDonnell */`;

/** Comes before all other code: a second copy of Lit would throw when it creates a policy of the same name. */
const guard = `const loaded = customElements.get('chekt-connect');
if (loaded) return console.warn(\`chekt-connect \${loaded.version} is already on this page; ${version} does nothing.\`);`;

/** The host may have its own Lit, and a strict Content Security Policy allows each policy name once. */
const renamePolicy: Plugin = {
  name: 'rename-policy',
  applyToEnvironment: ({ name }) => name === 'script',
  renderChunk(code) {
    const parts = code.split('createPolicy("lit-html"');
    if (parts.length !== 2) this.error(`Lit creates its policy ${parts.length - 1} times instead of once.`);
    return { code: parts.join('createPolicy("chekt-connect"'), map: null };
  },
};

/** In ASCII, so that the encoding of the host's page does not matter. The bench minifies its floors alike. */
export const minified: BuildEnvironmentOptions = {
  target: ['chrome125', 'firefox126', 'safari17.5'],
  minify: 'terser',
  terserOptions: { ecma: 2020, compress: { passes: 2 }, format: { ascii_only: true, comments: false } },
};

/** Source maps name no folder of the machine that built them. */
const sourcemapPathTransform = (path: string) => path.replace(/^.*?(node_modules\/|src\/)/, '$1');
const library = (build: BuildEnvironmentOptions, output: Rolldown.OutputOptions, external?: RegExp) => ({
  consumer: 'client' as const,
  build: {
    ...{ outDir: 'dist', emptyOutDir: false, ...build },
    rolldownOptions: { external, output: { sourcemapPathTransform, strict: true, ...output } },
  },
});
const iife = (entry: string, file: string): BuildEnvironmentOptions => ({
  ...minified,
  lib: { entry, formats: ['iife'], name: 'chektConnect', fileName: () => file },
});
const element = { ...iife('src/define.ts', 'chekt-connect.js'), license: { fileName: 'LICENSES.md' } };
const lang = (name: string) => library(iife(`${LANGUAGES}/${name}.ts`, `lang/${name}.js`), {});
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
    esm: library(
      { minify: false, sourcemap: true, lib: { entry: moduleEntries, formats: ['es'] } },
      { chunkFileNames: 'chunks/[name].js' },
      /^[@a-z]/, // every package, and what Node has
    ),
  },
  builder: {
    async buildApp({ build, environments }) {
      rmSync('dist', { recursive: true, force: true });
      for (const name of ['script', ...languages, 'esm']) await build(environments[name]!);
      writeIntegrity(['chekt-connect.js', ...languages.map((name) => `lang/${name}.js`)]);
      await build(environments['client']!);
    },
  },
});
