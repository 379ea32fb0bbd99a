import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import type { Readable } from 'node:stream';
import type { BrowserLauncher, TestRunnerCoreConfig } from '@web/test-runner';
import { WebdriverLauncher } from '@web/test-runner-webdriver';
import { freePort, start, stop } from './processes.js';

interface WebKitPrograms {
  readonly webkitDriver: string;
  readonly miniBrowser: string;
  readonly xvfb: string;
}

/** The part of the driver that is used here; it has no types of its own. */
interface Driver {
  getWindowRect(): Promise<{ width: number; height: number }>;
  setWindowRect(x: null, y: null, width: number, height: number): Promise<unknown>;
  execute(script: string): Promise<[number, number]>;
}

type Options = ConstructorParameters<typeof WebdriverLauncher>[0];

/** Runs WebKitGTK's MiniBrowser on a display of its own, in one window, so that a test page is a top-level page. */
export class WebKitLauncher extends WebdriverLauncher implements BrowserLauncher {
  readonly #programs: WebKitPrograms;
  readonly #options: Options;
  #children: ChildProcess[] = [];
  #viewport = '';
  readonly concurrency = 1;

  constructor(programs: WebKitPrograms) {
    const options: Options = {
      automationProtocol: 'webdriver',
      hostname: '127.0.0.1',
      path: '/',
      logLevel: 'silent',
      connectionRetryCount: 0,
      capabilities: {
        browserName: 'MiniBrowser',
        // The runner hears from the page itself. Nobody catches a navigation that fails because a load event does not come in time.
        pageLoadStrategy: 'none',
        'wdio:enforceWebDriverClassic': true,
        'webkitgtk:browserOptions': {
          binary: programs.miniBrowser,
          args: ['--automation'],
        },
      } as Options['capabilities'],
    };
    super(options);
    this.#programs = programs;
    this.#options = options;
  }

  override async initialize(config: TestRunnerCoreConfig): Promise<void> {
    await super.initialize({ ...config, concurrency: 1 });
    this.name = 'webkit';
    const display = await this.#startDisplay();
    const port = await freePort();
    const env = {
      DISPLAY: display,
      GDK_BACKEND: 'x11',
      NO_AT_BRIDGE: '1',
      GTK_A11Y: 'none',
      LIBGL_ALWAYS_SOFTWARE: '1',
      // Without a GPU, compositing layers took two thirds of WebKit's processor time; no test depends on them.
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      // Otherwise the browser's language is "C", which nobody uses.
      LANG: 'en_US.UTF-8',
      LC_ALL: 'en_US.UTF-8',
    };
    this.#children.push(start(this.#programs.webkitDriver, [`--port=${port}`], { env }));
    await answering(`http://127.0.0.1:${port}/status`);
    this.#options.port = port;
  }

  override async startSession(id: string, url: string): Promise<void> {
    await this['ensureManagerInitialized']();
    if (this.#viewport !== '800 600') await this.setViewport(800, 600);
    await super.startSession(id, url);
  }

  /** Resizes the window so that the page in it has this size. */
  async setViewport(width: number, height: number): Promise<void> {
    const driver = this['driver'] as Driver | undefined;
    if (!driver) throw new Error('WebKit has not started yet.');
    const size = () => driver.execute('return [innerWidth, innerHeight]');
    const outer = await driver.getWindowRect();
    // after another file, the window may still be on its way to an empty page, which ends a script
    const [innerWidth, innerHeight] = await size().catch(size);
    const bars = { width: outer.width - innerWidth, height: outer.height - innerHeight };
    await driver.setWindowRect(null, null, width + bars.width, height + bars.height);
    const [reached] = await size();
    this.#viewport = `${reached} ${height}`;
    if (reached !== width) {
      throw new Error(
        `MiniBrowser's window cannot be narrower than ${reached} px; use a frame or a container.`,
      );
    }
  }

  override async stop(): Promise<void> {
    await super.stop();
    for (const child of this.#children.reverse()) stop(child);
    this.#children = [];
  }

  /** Xvfb chooses a free display itself and writes its number to file descriptor 3. */
  async #startDisplay(): Promise<string> {
    const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
    const child = start(this.#programs.xvfb, args, { extraPipe: true });
    this.#children.push(child);
    const [number] = (await Promise.race([
      once(child.stdio[3] as Readable, 'data'),
      once(child, 'exit').then(() => Promise.reject(new Error('Xvfb ended before it had a display.'))),
    ])) as [Buffer];
    return `:${number.toString().trim()}`;
  }
}

async function answering(url: string, deadline = Date.now() + 20_000): Promise<void> {
  const answered = await new Promise<boolean>((resolve) => {
    get(url, (response) => resolve(response.resume().statusCode !== undefined)).once('error', () =>
      resolve(false),
    );
  });
  if (answered) return;
  if (Date.now() > deadline) throw new Error('WebKitWebDriver does not answer.');
  await new Promise((resolve) => setTimeout(resolve, 50));
  return answering(url, deadline);
}
