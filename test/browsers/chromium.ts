import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { findBrowsers } from './find.js';

/** Chromium that talks to nobody but the page's servers; as root it runs only without its own sandbox. */
export const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts this machine's Chromium. */
export function launchChromium(
  options: Pick<LaunchOptions, 'args' | 'ignoreDefaultArgs'> = {},
): Promise<Browser> {
  const args = [...chromiumArguments, ...(options.args ?? [])];
  return chromium.launch({ ...options, executablePath: findBrowsers().chromium, args });
}
