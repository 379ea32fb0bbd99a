import { readdirSync, statSync } from 'node:fs';
import { createBuilder } from 'vite';
import { root } from '../dist/built.js';
import { banner, minifyTemplates } from '../../vite.config.js';

/** What runs in the pages of the bench, besides the widget: the floors and the code that measures both. */
export const pageScripts = ['bare-form', 'same-dom', 'bare-fetch', 'probe', 'leftovers'] as const;
export type PageScript = (typeof pageScripts)[number];

export const scriptFile = (name: PageScript) => `${root}.cache/bench/${name}.js`;

/** The templates of the floors are minified as those of the widget are. */
function minifyFloors() {
  const plugin = minifyTemplates();
  const { handler } = plugin.transform as { handler: () => void };
  return {
    ...plugin,
    name: 'minify-floors',
    transform: { filter: { id: /\/bench\/page\/.*\.ts$/, code: /\bhtml`/ }, handler },
  };
}

/** Builds them by the very configuration of the script-tag file. */
export async function buildPageScripts(): Promise<void> {
  for (const name of pageScripts) {
    const builder = await createBuilder({
      root,
      configFile: `${root}vite.config.ts`,
      logLevel: 'warn',
      plugins: [minifyFloors()],
      environments: {
        script: {
          build: {
            outDir: '.cache/bench',
            lib: { entry: `test/bench/page/${name}.ts`, formats: ['iife'], fileName: () => `${name}.js` },
            // without the compile hint, as such a page would be
            rolldownOptions: { output: { postBanner: banner } },
          },
        },
      },
    });
    await builder.build(builder.environments.script!);
  }
}

/** @throws when `dist` is not made of the source as it is now */
export function assertFreshBuild(): void {
  const builtAt = statSync(`${root}dist/integrity.json`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' });
  const newer = sources.find((file) => statSync(`${root}src/${file}`).mtimeMs > builtAt);
  if (newer || !builtAt) throw new Error(`dist is older than src (${newer}). Run: npm run build`);
}
