import { build, type Rolldown } from 'vite';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { built } from '../package/built.js';

const page =
  '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Page</title>';

/** Bundles the scenes into a script with the global `looks`. */
async function bundle(): Promise<string> {
  const entry = new URL('scenes.ts', import.meta.url).pathname;
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'looks' } },
  });
  const [{ output }] = result as Rolldown.RolldownOutput[] as [Rolldown.RolldownOutput];
  return output[0].code.replace(/^var looks|^const looks/, 'globalThis.looks');
}

/** Opens a page with the built element, on which `looks.play(name, place)` plays scenes. */
export async function openScenes(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const opened = await browser.newPage(options);
  await opened.route('http://localhost/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: page }),
  );
  await opened.goto('http://localhost/');
  await opened.addScriptTag({ content: built('chekt-connect.js') });
  await opened.addScriptTag({ content: await bundle() });
  return opened;
}
