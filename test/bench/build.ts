import { readdirSync, statSync } from 'node:fs';
import { build } from 'vite';
import { minified } from '../../vite.config.js';
import { root } from '../package/built.js';

/** The scripts of the bench's pages besides the widget: the floors, and the code that measures both. */
export const pageScripts = [
  'bare-form',
  'bare-card',
  'same-dom',
  'bare-fetch',
  'probe',
  'leftovers',
] as const;
export type PageScript = (typeof pageScripts)[number];

export const scriptFile = (name: PageScript) => `${root}.cache/bench/${name}.js`;

/** Minifies them with the settings of the script-tag file. */
export async function buildPageScripts(): Promise<void> {
  for (const name of pageScripts)
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      build: {
        ...minified,
        outDir: '.cache/bench',
        emptyOutDir: false,
        lib: {
          entry: `test/bench/page/${name}.ts`,
          formats: ['iife'],
          name: 'bench',
          fileName: () => `${name}.js`,
        },
      },
    });
}

/** @throws if `dist` is older than the source */
export function assertFreshBuild(): void {
  const builtAt = statSync(`${root}dist/integrity.json`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' });
  const newer = sources.find((file) => statSync(`${root}src/${file}`).mtimeMs > builtAt);
  if (newer || !builtAt) throw new Error(`dist is older than src (${newer}). Run: npm run build`);
}
