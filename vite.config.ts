import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { transform as transformCss } from 'lightningcss';
import MagicString from 'magic-string';
import { en } from './src/i18n/en.js';
import { defineConfig, Visitor, type EnvironmentOptions, type Plugin, type Rolldown } from 'vite';
import { compileTemplates, isolateLibraries } from './libraries.config.js';

/**
 * One `vite build --app` makes, in this order: the script-tag file, one file a language, the ESM entries, and the
 * demo page, which carries the integrity of the script-tag file that was just built.
 */
const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };
const languages = readdirSync(new URL('src/i18n/lang', import.meta.url)).map((file) =>
  file.replace('.ts', ''),
);
const scripts = ['chekt-connect.js', ...languages.map((language) => `lang/${language}.js`)];

/** Stands before all other code: Lit's own start (its Trusted Types policy) would throw in a second copy. */
const guard = `const loaded = customElements.get('chekt-connect');
if (loaded) {
  console.warn(\`chekt-connect \${loaded.version} is already on this page; ${version} does nothing.\`);
  return;
}`;

/** A run of white space, as HTML means it, becomes one space, which shows the same; CSS has a real minifier. */
export function minifyTemplates(): Plugin {
  return {
    name: 'minify-templates',
    apply: 'build',
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: /\b(html|svg|css)`/ },
      handler(code, id) {
        const text = new MagicString(code);
        const replace = (part: { start: number; end: number }, minified: string) => {
          if (part.end > part.start) text.update(part.start, part.end, minified);
        };
        new Visitor({
          TaggedTemplateExpression: ({ tag, quasi: { quasis } }) => {
            if (tag.type !== 'Identifier' || !/^(html|svg|css)$/.test(tag.name)) return;
            if (tag.name !== 'css') {
              for (const part of quasis) replace(part, part.value.raw.replace(/[ \t\r\n\f]+/g, ' '));
            } else if (quasis.length === 1 && quasis[0]) {
              const css = Buffer.from(quasis[0].value.cooked ?? '');
              const minified = transformCss({ filename: id, code: css, minify: true }).code.toString();
              replace(quasis[0], minified.replace(/[`\\]|\$\{/g, '\\$&'));
            } else this.error('css`` with an expression is not minified: join an array of sheets instead');
          },
        }).visit(this.parse(code));
        return { code: text.toString(), map: text.generateMap({ hires: true }) };
      },
    },
  };
}

/**
 * A built language holds its version and its texts in the order of the English ones, and leaves the keys to the script-tag file,
 * which has them already: they would be a third of each file.
 */
function packLanguages(): Plugin {
  return {
    name: 'pack-languages',
    apply: 'build',
    transform: {
      filter: { id: /\/src\/i18n\/lang\/.*\.ts$/ },
      handler(code) {
        const text = new MagicString(code);
        new Visitor({
          VariableDeclarator: ({ init }) => {
            if (init?.type !== 'ObjectExpression') return;
            const texts = new Map(
              init.properties.map((property) => {
                if (property.type !== 'Property') return this.error('a text is a key and a string');
                const { key, value } = property;
                return [
                  text.slice(key.start, key.end).replace(/^["']|["']$/g, ''),
                  text.slice(value.start, value.end),
                ];
              }),
            );
            for (const key of texts.keys()) {
              if (!(key in en)) this.error(`${key} is no text that English has, and would be lost`);
            }
            text.update(
              init.start,
              init.end,
              `['${version}',${Object.keys(en).map((key) => texts.get(key))}]`,
            );
          },
        }).visit(this.parse(code));
        return { code: text.toString(), map: text.generateMap({ hires: true }) };
      },
    },
  };
}

const sha384 = (file: string) => `sha384-${createHash('sha384').update(read(file)).digest('base64')}`;

/** In development the page takes the element from its source; built, the script-tag file by its hash. */
function scriptTag(): Plugin {
  const source = (file: string) =>
    file === 'chekt-connect.js' ? '/src/define.ts' : `/src/i18n/${file.replace('.js', '.ts')}`;
  return {
    name: 'script-tag',
    transformIndexHtml: {
      order: 'pre',
      handler: (page, { server }) =>
        page.replace(/<script src="\/dist\/([^"]+)"/g, (_, file: string) =>
          server
            ? `<script type="module" src="${source(file)}"`
            : `<script vite-ignore src="/dist/${file}" integrity="${sha384(`dist/${file}`)}"`,
        ),
    },
  };
}

/** The packages whose code is in a chunk, with what their licences say. */
function packagesOf({ moduleIds }: { moduleIds: readonly string[] }) {
  const names = moduleIds.flatMap((id) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? []);
  return [...new Set(names)].sort().map((name) => {
    const { version, license } = JSON.parse(read(`node_modules/${name}/package.json`)) as {
      [key: string]: string;
    };
    const text = read(`node_modules/${name}/LICENSE`).trim();
    const notice = `${license}, ${/^Copyright .*?(?=\. | <|$)/m.exec(text)?.[0]}`;
    return { title: `${name} ${version}`, notice, text };
  });
}

/** Chromium compiles all of a file that starts with this ahead, while it loads in another thread: nearly all of it runs at once. */
const COMPILE_HINT = '//# allFunctionsCalledOnLoad';

/** Packages of one owner share a line, which keeps the notice short. */
export function banner(chunk: Rolldown.RenderedChunk) {
  const titles = new Map<string, string[]>();
  for (const { title, notice } of packagesOf(chunk))
    titles.set(notice, [...(titles.get(notice) ?? []), title]);
  const lines = [...titles].map(([notice, names]) => `${names.join(', ')}: ${notice}`);
  return ['/*! @license', `chekt-connect ${version}: MIT`, ...lines, 'Texts: LICENSES.txt */'].join('\n');
}

function licences(): Plugin {
  return {
    name: 'licences',
    applyToEnvironment: ({ name }) => name === 'script',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const texts = chunks
        .flatMap(packagesOf)
        .map(({ title, notice, text }) => `${title}: ${notice}\n\n${text}\n`);
      const first = `Inside chekt-connect.js ${version}, besides its own code:\n`;
      const source = [first, ...texts].join(`\n${'-'.repeat(80)}\n`);
      this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source });
    },
  };
}

/** No path of the machine in a source map, wherever the packages are installed. */
const sourcemapPathTransform = (path: string) => path.replace(/^.*?(node_modules\/|src\/)/, '$1');

const library = (build: EnvironmentOptions['build'], output: Rolldown.OutputOptions): EnvironmentOptions => ({
  consumer: 'client',
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    sourcemap: true,
    ...build,
    rolldownOptions: {
      checks: { pluginTimings: false },
      ...build?.rolldownOptions,
      output: { sourcemapPathTransform, ...output },
    },
  },
});

const script = (entry: string, file: string, output: Rolldown.OutputOptions = {}) =>
  library(
    { minify: 'terser', lib: { entry, formats: ['iife'], name: 'chektConnect', fileName: () => file } },
    { strict: true, comments: { legal: false }, minify: true, ...output },
  );

/** In development the platform of `npm start` answers; after signing in there, come back and reload. */
const platform = `http://localhost:${process.env['PLATFORM_PORT'] ?? 5173}`;

export default defineConfig({
  server: { port: 5175, proxy: { '/chekt': platform, '/runs': platform } },
  define: { __VERSION__: JSON.stringify(version) },
  build: {
    target: ['chrome125', 'firefox126', 'safari17.5'],
    outDir: '.cache/demo',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Script-tag files go through Terser and then through Vite's own minifier: smaller than either alone.
    terserOptions: { safari10: false, ecma: 2020, compress: { passes: 2 } },
  },
  plugins: [
    isolateLibraries(),
    minifyTemplates(),
    compileTemplates(),
    packLanguages(),
    scriptTag(),
    licences(),
  ],
  environments: {
    client: { build: { rolldownOptions: { input: ['index.html', 'demo/page/other-build/frame.html'] } } },
    script: script('src/define.ts', 'chekt-connect.js', {
      intro: guard,
      postBanner: (chunk) => `${COMPILE_HINT}\n${banner(chunk)}`,
    }),
    ...Object.fromEntries(
      languages.map((name) => [name, script(`src/i18n/lang/${name}.ts`, `lang/${name}.js`)]),
    ),
    esm: library(
      {
        minify: false,
        lib: { entry: ['src/index.ts', 'src/define.ts'], formats: ['es'] },
        rolldownOptions: { external: /^(lit|zod)(\/|$)/ },
      },
      { chunkFileNames: '[name].js', postBanner: banner },
    ),
  },
  builder: {
    async buildApp(builder) {
      rmSync(new URL('dist', import.meta.url), { recursive: true, force: true });
      for (const name of ['script', ...languages, 'esm']) await builder.build(builder.environments[name]!);
      const hashes = Object.fromEntries(scripts.map((file) => [file, sha384(`dist/${file}`)]));
      writeFileSync(new URL('dist/integrity.json', import.meta.url), `${JSON.stringify(hashes, null, 2)}\n`);
      await builder.build(builder.environments.client!);
    },
  },
});
