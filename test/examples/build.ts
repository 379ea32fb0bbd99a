import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { build, createServer, type Rolldown } from 'vite';
import type { Binding } from '../../src/index.js';
import config from '../../demo/examples/vite.config.js';

process.env['NODE_ENV'] = 'development';

/** Finds a module of a host page, whatever its extension. */
function moduleOf(host: string, name: string): string {
  const file = fileURLToPath(new URL(`hosts/${host}/${name}.ts`, import.meta.url));
  return existsSync(file) ? file : `${file}x`;
}

/**
 * Builds a host page like the examples, but with the frameworks' development checks.
 * @param like the page whose headers, such as the policy, it gets
 * @param html the server-rendered content
 * @returns a function that serves it at `/host/` in a browser context
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

/** Renders the same component on the server with each of these bindings, in Node through Vite. */
export async function renderOnServer(host: string, ...bindings: (Binding | null)[]): Promise<string[]> {
  const server = await createServer({
    configFile: fileURLToPath(new URL('../../demo/examples/vite.config.ts', import.meta.url)),
    logLevel: 'warn',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    appType: 'custom',
  });
  try {
    const { html } = await server.ssrLoadModule(moduleOf(host, 'server'));
    return await Promise.all(bindings.map(html));
  } finally {
    await server.close();
  }
}
