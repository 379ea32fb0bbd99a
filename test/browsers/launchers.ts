import type { BrowserLauncher } from '@web/test-runner';
import { type ChromeLauncher, chromeLauncher } from '@web/test-runner-chrome';
import { chromiumArguments, chromiumForPages } from './chromium.js';
import type { Engine } from './engines.js';
import { findBrowsers, programsOf } from './find.js';
import { WebKitLauncher } from './webkit-launcher.js';

// A test that navigates away by mistake then fails at once, not after the timeout of its whole file.
const forTestPages = ['--disable-features=BackForwardCache'];

const firefoxPreferences = {
  // Firefox repeats a GET up to ten times after a reset connection; a fault must occur once, as in the other engines.
  'network.http.request.max-attempts': 1,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  // Without it, a page in a headless window never has the focus.
  'focusmanager.testmode': true,
  'dom.min_background_timeout_value': 4,
};

export function launcher(engine: Engine): BrowserLauncher {
  const browsers = findBrowsers();
  const missing = programsOf[engine].filter((program) => browsers[program] === undefined);
  if (missing.length > 0) {
    throw new Error(`No ${engine} on this machine (missing: ${missing.join(', ')}). "npm test" installs it.`);
  }
  const path = (program: keyof typeof browsers) => browsers[program] ?? '';
  if (engine === 'webkit') {
    return new WebKitLauncher({
      webkitDriver: path('webkitDriver'),
      miniBrowser: path('miniBrowser'),
      xvfb: path('xvfb'),
    });
  }
  const started =
    engine === 'chromium'
      ? chromeLauncher({
          launchOptions: {
            executablePath: chromiumForPages(),
            args: [...chromiumArguments, ...forTestPages],
          },
        })
      : chromeLauncher({
          launchOptions: {
            browser: 'firefox',
            // the tests watch no network, and the events of each request were 40 % of the work of Firefox's main process
            networkEnabled: false,
            executablePath: path('firefox'),
            extraPrefsFirefox: firefoxPreferences,
          },
        });
  started.name = engine;
  process.once('exit', () => endBrowser(started));
  return started;
}

/** With two browsers, Puppeteer ends only the first one when the process is interrupted. */
function endBrowser(launcher: ChromeLauncher): void {
  const pid = launcher['browser']?.process()?.pid;
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}
