import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { build, createServer, type Rolldown } from 'vite';
import type { Binding } from '../../src/index.js';
import config from '../../demo/examples/vite.config.js';

process.env['NODE_ENV'] = 'development';

/** A module of a host page of these tests, whatever its language. */
function moduleOf(host: string, name: string): string {
  const file = fileURLToPath(new URL(`hosts/${host}/${name}.ts`, import.meta.url));
  return existsSync(file) ? file : `${file}x`;
}

/**
 * Builds a host page as the examples are built, but with what the frameworks check in development.
 * @param like the page whose policy and other headers it has
 * @param html what a server has rendered
 * @returns what makes a browser find it at `/host/`, though not by way of a redirect
 */
export async function buildHost(host: string, like: string, html = '') {
  const { output } = (await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    build: {
      ...config.build,
      write: false,
      minify: false,
      rolldownOptions: { ...config.build?.rolldownOptions, input: moduleOf(host, 'client') },
    },
  })) as Rolldown.RolldownOutput;
  const [{ code }] = output;
  return (context: BrowserContext) =>
    context.route('**/host/**', async (route) => {
      const { origin, pathname } = new URL(route.request().url());
      if (pathname.endsWith('.js')) return route.fulfill({ contentType: 'text/javascript', body: code });
      const response = await route.fetch({ url: origin + like });
      const page = (await response.text())
        .replace(/^ *<(script|link rel="modulepreload").*\n/gm, '')
        .replace('</head>', '<script type="module" src="/host/client.js"></script></head>')
        .replace('<div id="app">', `$&${html}`);
      return route.fulfill({ response, body: page });
    });
}

/** What a server makes of the same component, run in Node by Vite. */
export async function renderOnServer(host: string, binding: Binding | null): Promise<string> {
  const server = await createServer({
    configFile: fileURLToPath(new URL('../../demo/examples/vite.config.ts', import.meta.url)),
    logLevel: 'warn',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    appType: 'custom',
  });
  try {
    const { html } = await server.ssrLoadModule(moduleOf(host, 'server'));
    return await html(binding);
  } finally {
    await server.close();
  }
}
