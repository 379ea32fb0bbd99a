/** `tsx test/screenshots/looks.ts [variants] [scenes]`: takes a picture of all states of the built element in each variant. */
import { mkdirSync, readFileSync } from 'node:fs';
import { type BrowserContextOptions } from 'playwright-core';
import { launchChromium } from '../browsers/chromium.js';
import { openScenes } from '../looks/scene-page.js';
import { scenes } from '../looks/scenes.js';
import type * as Scenes from '../looks/scenes.js';

const folder = new URL('../../screenshots/looks/', import.meta.url).pathname;
const theme = (name: string) =>
  readFileSync(new URL(`../../docs/themes/${name}.css`, import.meta.url), 'utf8');

interface Variant {
  readonly options?: BrowserContextOptions;
  readonly width?: number;
  readonly css?: string;
  readonly dir?: 'rtl';
}
const variants: Readonly<Record<string, Variant>> = {
  light: {},
  dark: { options: { colorScheme: 'dark' } },
  narrow: { width: 320 },
  rtl: { dir: 'rtl' },
  'text-200': { css: 'html { font-size: 200% }', width: 640 },
  'forced-colors': { options: { forcedColors: 'active' } },
  ...Object.fromEntries(
    ['material', 'shadcn', 'bootstrap'].flatMap((name) => [
      [
        name,
        {
          get css() {
            return theme(name);
          },
        },
      ],
      [
        `${name}-dark`,
        {
          options: { colorScheme: 'dark' },
          get css() {
            return theme(name);
          },
        },
      ],
    ]),
  ),
};
const page = (width: number) => `
  :root { color-scheme: light dark }
  body { margin: 0; padding: 16px; background: light-dark(#f4f5f7, #0d0f12); color: light-dark(#1a1f2c, #f0f2f6);
    font-family: system-ui, "Liberation Sans", sans-serif; display: grid; align-items: start; gap: 20px;
    grid-template-columns: repeat(auto-fill, ${width}px) }
  figure { margin: 0; min-width: 0 } figcaption { font-size: 13px; opacity: .7; margin-block-end: 4px }`;

const [wanted, only] = process.argv.slice(2);
const browser = await launchChromium();
mkdirSync(folder, { recursive: true });
try {
  for (const [name, { options, width = 430, css = '', dir = 'ltr' }] of Object.entries(variants)) {
    if (wanted && !wanted.split(',').includes(name)) continue;
    const columns = width === 320 ? 4 : 3;
    const viewport = { width: columns * (width + 20) + 12, height: 900 };
    const opened = await openScenes(browser, { viewport, ...options });
    await opened.addStyleTag({ content: page(width) + css });
    const names = Object.keys(scenes).filter((scene) => !only || only.split(',').includes(scene));
    await opened.evaluate(
      async ([names, dir]) => {
        document.documentElement.dir = dir as string;
        const { play } = (globalThis as unknown as { looks: typeof Scenes }).looks;
        for (const name of names as string[]) {
          const figure = document.createElement('figure');
          const caption = document.createElement('figcaption');
          caption.textContent = name;
          figure.append(caption);
          document.body.append(figure);
          await play(name, figure);
        }
      },
      [names, dir] as const,
    );
    await opened.screenshot({ path: `${folder}${name}.png`, fullPage: true });
    await opened.close();
    console.log(`${folder}${name}.png`);
  }
} finally {
  await browser.close();
}
