/** `tsx test/screenshots/themes.ts`: the pictures of docs/themes, each theme in light and in dark, of the built file. */
import { readFileSync } from 'node:fs';
import { launchChromium } from '../browsers/chromium.js';
import { openScenes } from '../looks/scene-page.js';
import type * as Scenes from '../looks/scenes.js';

const folder = new URL('../../docs/themes/', import.meta.url).pathname;
const page = `body { margin: 0; padding: 12px; display: grid; grid-template-columns: 1fr 1fr; gap: 12px; align-items: start;
  background: #f4f5f7; font-family: system-ui, "Liberation Sans", sans-serif }`;

const browser = await launchChromium();
try {
  for (const theme of ['material', 'shadcn', 'bootstrap']) {
    const opened = await openScenes(browser, { viewport: { width: 840, height: 300 } });
    await opened.addStyleTag({ content: page + readFileSync(`${folder}${theme}.css`, 'utf8') });
    await opened.evaluate(async () => {
      const { play } = (globalThis as unknown as { looks: typeof Scenes }).looks;
      for (const scheme of ['light', 'dark']) {
        const place = document.createElement('div');
        place.style.colorScheme = scheme;
        document.body.append(place);
        await play('ready', place);
      }
    });
    await opened.screenshot({ path: `${folder}${theme}.png`, fullPage: true });
    await opened.close();
  }
} finally {
  await browser.close();
}
