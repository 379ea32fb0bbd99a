import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchChromium } from '../browsers/chromium.js';
import { built } from './built.js';

const csp =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types chekt-connect";
const older =
  "customElements.define('chekt-connect', class extends HTMLElement { static version = '0.9.0' })";

/** A partner's site under the policy of SECURITY.md, with the built files and a browser to open it in. */
export async function openSite() {
  const files = new Map([['/older.js', older]]);
  const server = createServer(({ url = '/' }, response) => {
    const [path = '/'] = url.split('?');
    const content = files.get(path);
    response.setHeader('Content-Security-Policy', csp);
    if (path.startsWith('/dist/')) {
      response.setHeader('Content-Type', 'text/javascript').end(built(path.slice('/dist/'.length)));
    } else if (content === undefined) response.writeHead(204).end();
    else response.setHeader('Content-Type', contentType(content)).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  return {
    /** The site's answer for each path; 204 if none is set. */
    files,
    /** Opens a page and returns its console messages in order. */
    async open(html: string) {
      const path = `/page-${files.size}`;
      files.set(path, `<!doctype html><html lang="en"><meta charset="utf-8">${html}</html>`);
      const page = await browser.newPage();
      page.setDefaultTimeout(15_000);
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(String(error)));
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
      return { page, said };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

function contentType(content: string) {
  if (content.startsWith('<')) return 'text/html';
  return content.startsWith('{') ? 'application/json' : 'text/javascript';
}
