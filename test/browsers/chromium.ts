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

interface Options extends Pick<LaunchOptions, 'args' | 'ignoreDefaultArgs'> {
  /** The browser that people have. Its shell, which is quicker, lacks the back/forward cache. */
  readonly isWhole?: boolean;
}

/** Starts this machine's Chromium. */
export function launchChromium({ isWhole = false, args = [], ...options }: Options = {}): Promise<Browser> {
  const executablePath = isWhole ? findBrowsers().chromium : chromiumForPages();
  return chromium.launch({ ...options, executablePath, args: [...chromiumArguments, ...args] });
}

/** The quickest Chromium of this machine. */
export function chromiumForPages(): string | undefined {
  const { chromiumShell, chromium: whole } = findBrowsers();
  return chromiumShell ?? whole;
}
