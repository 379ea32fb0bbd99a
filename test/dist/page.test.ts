import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { chromium, type Browser } from 'playwright-core';
import { findBrowsers } from '../browsers/find.js';
import { built, languages, manifest } from './built.js';

const csp =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types chekt-connect";
const integrity = JSON.parse(built('integrity.json')) as Record<string, string>;
const element = '<chekt-connect external-dealer-id="adc-67890" token-url="/token"></chekt-connect>';
const tag = (file: string, attributes = '') => `<script src="/dist/${file}" ${attributes}></script>`;
const main = 'chekt-connect.js';

describe('a page with the script-tag file', () => {
  const pages = new Map<string, string>();
  const server = createServer(({ url = '/' }, response) => {
    const html = pages.get(url);
    if (url.startsWith('/token')) response.writeHead(204).end();
    else if (url === '/older.js')
      response.end(
        "customElements.define('chekt-connect', class extends HTMLElement {static version = '0.9.0'})",
      );
    else if (html === undefined) {
      response.setHeader('Content-Type', 'text/javascript').end(built(url.slice('/dist/'.length)));
    } else
      response.setHeader('Content-Type', 'text/html').setHeader('Content-Security-Policy', csp).end(html);
  });
  let browser: Browser;
  before(async () => {
    const { chromium: executablePath = '' } = findBrowsers();
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    await browser.close();
    server.close();
  });

  /** Opens the page and gives what its console said, in order. */
  async function open(html: string) {
    const path = `/page-${pages.size}`;
    pages.set(path, `<!doctype html><html lang="en"><meta charset="utf-8">${html}</html>`);
    const page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    return { page, said };
  }

  const tags = {
    'in the head': `<head>${tag(main)}</head><body>${element}`,
    'async, in the head': `<head>${tag(main, 'async')}</head><body>${element}`,
    'deferred, in the head': `<head>${tag(main, 'defer')}</head><body>${element}`,
    'as a module': `<head>${tag(main, 'type="module"')}</head><body>${element}`,
    'at the end of the body': `<body>${element}${tag(main)}`,
    'with its integrity': `<head>${tag(main, `integrity="${integrity[main]}" crossorigin="anonymous" defer`)}</head><body>${element}`,
  };
  for (const [place, html] of Object.entries(tags))
    it(`shows the element under a strict policy with the tag ${place}`, async () => {
      const { page, said } = await open(html);
      await page.getByText('Sign in with CHeKT').first().waitFor();
      const version = await page.evaluate(
        () => (customElements.get('chekt-connect') as { version?: string }).version,
      );
      assert.equal(version, manifest.version);
      assert.deepEqual(said, []);
      await page.close();
    });

  it('has no new global name', async () => {
    const all = [main, ...languages.map((language) => `lang/${language}.js`)];
    const [without, loaded] = [
      await open(''),
      await open(`${all.map((file) => tag(file)).join('')}${element}`),
    ];
    await loaded.page.getByText('Sign in with CHeKT').first().waitFor();
    const names = () => [...Object.getOwnPropertyNames(window), ...Object.getOwnPropertyNames(Symbol)].sort();
    assert.deepEqual(await loaded.page.evaluate(names), await without.page.evaluate(names));
    await Promise.all([loaded.page.close(), without.page.close()]);
  });

  it('says once that another version is there, and leaves it alone', async () => {
    const { page, said } = await open(
      `<head><script src="/older.js"></script>${tag(main)}</head><body>${element}`,
    );
    assert.equal(said.length, 1);
    assert.ok(said[0]?.includes('0.9.0') && said[0].includes(manifest.version), said[0]);
    const version = await page.evaluate(
      () => (customElements.get('chekt-connect') as { version?: string }).version,
    );
    assert.equal(version, '0.9.0');
    await page.close();
  });

  for (const language of languages)
    it(`speaks ${language} when the words come before or after the element, by any kind of tag`, async () => {
      const words = `lang/${language}.js`;
      const orders = [
        tag(words) + tag(main),
        tag(main) + tag(words),
        tag(main) + tag(words, 'type="module"'),
      ];
      const texts = await Promise.all(
        orders.map(async (scripts) => {
          const { page, said } = await open(`<head>${scripts}</head><body lang="${language}">${element}`);
          const shown = page
            .locator('chekt-connect [part~="authorize-button"], chekt-connect button')
            .first();
          await page.waitForFunction(() =>
            document.querySelector('chekt-connect')?.matches(':state(unauthorized)'),
          );
          const text = await shown.textContent();
          assert.deepEqual(said, []);
          await page.close();
          return text;
        }),
      );
      assert.equal(new Set(texts).size, 1);
      assert.doesNotMatch(texts[0] ?? '', /Sign in/);
    });
});
