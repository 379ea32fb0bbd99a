import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../browsers/chromium.js';

/** A page that can display Mira, and then keep the browser busy, in one long task. */
const page = `<!doctype html><html lang="en"><title>Platform</title><script src="/chekt-connect.js"></script>
<chekt-connect external-dealer-id="adc-67890" account-name="Acme"></chekt-connect>
<script>
  const element = document.querySelector('chekt-connect');
  const puts = [];
  element.fetch = async (url, { headers }) => {
    puts.push(headers.Authorization);
    return Response.json({ dealer_id: 23456, external_dealer_id: 'adc-67890', company_name: 'Harbor' });
  };
  const person = (name) => ({ access_token: 'token-of-' + name, name });
  element.companyName = 'Acme';
  element.getAccessToken = async () => person('Dana');
  const work = (ms) => { for (const end = performance.now() + ms; performance.now() < end; ); };
  const texts = () => [...element.shadowRoot.querySelectorAll('*')].map((node) => node.textContent).join();
  let done = false;
  const longTask = async ([before, after]) => {
    work(before);
    element.getAccessToken = async () => person('Mira');
    for (let turn = 0; turn < 200 && !texts().includes('Mira'); turn++) await 0;
    work(after);
    done = texts().includes('Mira');
  };
</script></html>`;

const server = createServer((request, response) => {
  const isScript = request.url === '/chekt-connect.js';
  response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
  response.end(isScript ? readFileSync('dist/chekt-connect.js', 'utf8') : page);
});

describe('a real press while the page is busy', () => {
  let browser: Browser;
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    server.close();
  });

  async function opened(): Promise<{ page: Page; devtools: CDPSession }> {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.locator('chekt-connect:state(authorized)').waitFor();
    return { page, devtools: await context.newCDPSession(page) };
  }
  const puts = (page: Page) => page.evaluate('puts');

  for (const [what, work, press] of [
    ['Connect, made before the other person was rendered', [600, 1_300], 'mouse'],
    ['Connect, made before the first frame with the other person', [50, 1_200], 'mouse'],
    ['Enter in the field, made before the first frame with the other person', [50, 1_200], 'Enter'],
  ] as const) {
    it(`does not connect as a person who was not on the screen: ${what}`, async () => {
      const { page, devtools } = await opened();
      const button = page.locator('chekt-connect [part~=connect-button]');
      const { x, y } = (await button.boundingBox())!;
      if (press === 'Enter') await page.locator('chekt-connect input').focus();
      await page.evaluate(`setTimeout(longTask, 50, ${JSON.stringify(work)}); 0`);
      await new Promise((resolve) => setTimeout(resolve, 400)); // in the long task: the page cannot tell
      const mouse = { x: x + 9, y: y + 9, button: 'left', clickCount: 1 } as const;
      const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
      const sent =
        press === 'mouse'
          ? [
              devtools.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...mouse }),
              devtools.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...mouse }),
            ]
          : [
              devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, text: '\r' }),
              devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }),
            ];
      await Promise.all(sent);
      await page.waitForFunction('done');
      assert.deepEqual(await puts(page), []);

      await button.click(); // Mira is on the screen now
      await page.locator('chekt-connect:state(connected)').waitFor();
      assert.deepEqual(await puts(page), ['Bearer token-of-Mira']);
      await page.close();
    });
  }
});
