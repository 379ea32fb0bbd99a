import { createRequire } from 'node:module';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';

const integrity: Record<string, string> = createRequire(import.meta.url)('chekt-connect/integrity.json');

/** The hash that a partner copies from the README together with the script tag. */
const withIntegrity: Plugin = {
  name: 'with-integrity',
  transformIndexHtml: (page) =>
    page.replace(/src="\/dist\/([^"]+)"/g, (tag, file: string) => `${tag} integrity="${integrity[file]}"`),
};

/** Every example in one build. React needs no plugin here: Vite compiles JSX by itself. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/examples/',
  build: {
    target: ['chrome125', 'firefox126', 'safari17.5'],
    outDir: '../../.cache/demo/examples',
    emptyOutDir: true,
    // these two would be inline scripts and data: URLs, which a strict policy refuses
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ['html', 'react', 'vue', 'svelte'].map((name) => `${import.meta.dirname}/${name}/index.html`),
      checks: { pluginTimings: false },
    },
  },
  plugins: [
    withIntegrity,
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'chekt-connect' } } }),
    svelte({ configFile: false }),
  ],
});
