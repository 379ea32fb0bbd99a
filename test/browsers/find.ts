import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the programs of the three engines are on this machine; `undefined` means not found. */
export interface Browsers {
  readonly chromium: string | undefined;
  /** The same browser without windows, which needs half of the processor for the same page. The tests can do without it. */
  readonly chromiumShell: string | undefined;
  readonly firefox: string | undefined;
  readonly webkitDriver: string | undefined;
  readonly miniBrowser: string | undefined;
  readonly xvfb: string | undefined;
}

export type Program = Exclude<keyof Browsers, 'chromiumShell'>;

const candidates: Record<Exclude<keyof Browsers, 'miniBrowser'>, readonly string[]> = {
  chromium: [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  chromiumShell: ['/usr/bin/chromium-headless-shell'],
  firefox: [
    '/usr/bin/firefox-esr',
    '/snap/bin/firefox',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ],
  webkitDriver: ['/usr/bin/WebKitWebDriver'],
  xvfb: ['/usr/bin/Xvfb'],
};

/** MiniBrowser lies in a folder named after the processor and the version of WebKitGTK. */
function miniBrowsers(): string[] {
  const libraries = ['/usr/lib', '/usr/libexec'].filter((folder) => existsSync(folder));
  const folders = libraries.flatMap((folder) => [folder, ...subfolders(folder)]);
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap(subfolders)
    .filter((folder) => /\/webkit2?gtk-[\d.]+$/.test(folder))
    .sort()
    .reverse()
    .map((folder) => join(folder, 'MiniBrowser'));
}

function subfolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
}

export function findBrowsers(exists: (path: string) => boolean = existsSync): Browsers {
  const find = (paths: readonly string[]) => paths.find((path) => exists(path));
  return {
    chromium: find([process.env['CHROMIUM_PATH'] ?? '', ...candidates.chromium].filter(Boolean)),
    // a chosen Chromium is used for everything
    chromiumShell: process.env['CHROMIUM_PATH'] ? undefined : find(candidates.chromiumShell),
    firefox: find([process.env['FIREFOX_PATH'] ?? '', ...candidates.firefox].filter(Boolean)),
    webkitDriver: find(candidates.webkitDriver),
    miniBrowser: find(miniBrowsers()),
    xvfb: find(candidates.xvfb),
  };
}

export const programsOf = {
  chromium: ['chromium'],
  firefox: ['firefox'],
  webkit: ['webkitDriver', 'miniBrowser', 'xvfb'],
} as const satisfies Record<string, readonly Program[]>;
