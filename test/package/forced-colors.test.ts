import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AxeResults, RunOptions } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { ChektConnectElement } from '../../src/index.js';
import { contrast, parse } from '../accessibility/contrast.js';
import { findBrowsers } from '../browsers/find.js';
import { built } from './built.js';

// Only the DevTools protocol of Chromium gives a page forced colours, so this is not among the tests of three engines.

const binding = {
  dealerId: 12345,
  externalDealerId: 'adc-67890',
  companyName: 'Acme Security Systems, Inc.',
};

/** Brings the element of the page to a state; runs in the page. */
const states: Readonly<Record<string, (element: ChektConnectElement) => unknown>> = {
  'not signed in': (element) => (element.getAccessToken = async () => null),
  authorized: (element) => (element.getAccessToken = async () => 'opaque'),
  'no name': async (element) => {
    element.getAccessToken = async () => 'opaque';
    await element.ready;
    await element.connect('').catch(() => {});
  },
  refused: async (element) => {
    element.getAccessToken = async () => 'opaque';
    element.fetch = async () => new Response('{"error":{"code":"permission_denied"}}', { status: 403 });
    await element.ready;
    await element.connect('Acme').catch(() => {});
  },
  connecting: async (element) => {
    element.getAccessToken = async () => 'opaque';
    element.fetch = () => new Promise(() => {});
    await element.ready;
    void element.connect('Acme');
  },
  confirming: async (element) => {
    await element.ready;
    await element.updateComplete;
    element.shadowRoot!.querySelector<HTMLElement>('[part~=disconnect-button]')!.click();
  },
};

for (const colorScheme of ['light', 'dark'] as const)
  describe(`in forced colours, ${colorScheme}`, () => {
    let browser: Browser;
    let page: Page;
    before(async () => {
      const { chromium: executablePath = '' } = findBrowsers();
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
      page = await browser.newPage({ forcedColors: 'active', colorScheme });
      await page.route('http://localhost/', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><html lang="en"><title>Page</title>',
        }),
      );
      await page.goto('http://localhost/');
      await page.addScriptTag({ content: built('chekt-connect.js') });
      await page.addScriptTag({ path: 'node_modules/axe-core/axe.min.js' });
    });
    after(() => browser.close());

    for (const [name, act] of Object.entries(states))
      it(`the element can be read, its edges be seen, and axe finds nothing: ${name}`, async () => {
        await page.evaluate(
          async ([code, given]) => {
            const element = document.createElement('chekt-connect') as ChektConnectElement;
            Object.assign(element, {
              externalDealerId: 'adc-67890',
              platformName: 'Northwind Cloud',
              authorizeUrl: '/authorize',
              disconnectBaseUrl: '/chekt',
              binding: given,
            });
            document.body.replaceChildren(element);
            // the function of the table, written out to reach the page
            await new Function(`return (${code})`)()(element);
            await element.ready;
            await element.updateComplete;
          },
          [act.toString(), name === 'confirming' ? binding : undefined] as const,
        );
        const invisible = await page.evaluate(() => {
          const root = document.querySelector('chekt-connect')!.shadowRoot!;
          return [...root.querySelectorAll('.base, section, .button, input')]
            .filter((node) => {
              const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } =
                getComputedStyle(node);
              return (
                borderTopStyle === 'none' || borderTopWidth === '0px' || borderTopColor === backgroundColor
              );
            })
            .map(({ outerHTML }) => outerHTML);
        });
        assert.deepEqual(invisible, []);
        const { surface, texts } = await page.evaluate(() => {
          const nodes = [
            ...document.querySelector('chekt-connect')!.shadowRoot!.querySelectorAll('.base, .base *'),
          ];
          const [base] = nodes.map((node) => getComputedStyle(node));
          return {
            surface: base!.backgroundColor,
            texts: nodes.map((node) => getComputedStyle(node).color),
          };
        });
        for (const text of new Set(texts))
          assert.ok(contrast(text, parse(surface)) >= 4.5, `${text} on ${surface}`);
        const { violations, incomplete } = await page.evaluate(() =>
          (
            globalThis as unknown as { axe: { run(node: string, options: RunOptions): Promise<AxeResults> } }
          ).axe.run('chekt-connect', {
            // it takes -webkit-text-fill-color for the colour of the text, which is not the forced one
            rules: { 'color-contrast': { enabled: false } },
          }),
        );
        const found = [...violations, ...incomplete].map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
        assert.deepEqual(found, []);
        assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches));
      });
  });
